import { expect, it } from 'vitest';
import { isSecretHeader } from '../header/secret-headers.js';
import { recognizeColumns } from './recognize-columns.js';

it('The names of columns are looked at one by one, with a step for each', () => {
  const headers = Array.from({ length: 100 }, (_, n) => `${n} `.padEnd(2_400, 'x'));
  const steps = [...recognizeColumns(headers, undefined, new Map())];
  expect(steps.length).toBeGreaterThan(headers.length);
});

it('A name is secret for one list of secrets and not for another, whatever was asked before', () => {
  const first = [/\bcode\b/];
  const second = [/\bname\b/];
  const ask = (secrets: readonly RegExp[]) => isSecretHeader('secret code', 'Secret Code', secrets);
  expect([ask(first), ask(second), ask(first)]).toEqual([true, false, true]);
});
