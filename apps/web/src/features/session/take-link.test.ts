import { expect, it } from 'vitest';
import { tokenIn } from './take-link.js';

it('Only the fragment of a link to sign in is a token', () => {
  expect(tokenIn('#link=Abc-1_2')).toBe('Abc-1_2');
  expect(['', '#', '#link=', '#rejects'].map(tokenIn)).toEqual([null, null, null, null]);
});
