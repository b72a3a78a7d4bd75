import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readableHead } from './attempt-result.js';

it('The head of an answer keeps the readable text of the first 1,024 bytes', () => {
  expect(readableHead(Buffer.from('no such order'))).toBe('no such order');
  expect(readableHead(Buffer.from('x'.repeat(5_000)))).toBe('x'.repeat(1_024));
  expect(readableHead(Buffer.from(''))).toBeNull();
});

it('The head of an answer never ends in the middle of a character', () => {
  expect(readableHead(Buffer.from(`x${'€'.repeat(1_000)}`))).toBe(`x${'€'.repeat(341)}`);
});

it('The head of an answer is a text that Postgres can store, whatever the bytes', () => {
  expect(readableHead(Buffer.from('a\0b'))).toBe('a\u2400b');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      const head = readableHead(bytes) ?? '';
      expect(head.isWellFormed()).toBe(true);
      expect(head).not.toContain('\0');
      expect(head.length).toBeLessThanOrEqual(1_024);
    }),
  );
});
