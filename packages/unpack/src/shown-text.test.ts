import fc from 'fast-check';
import { expect, it } from 'vitest';
import { showName, showText } from './shown-text.js';

it('A shown name has no NUL, no control character, no half of a surrogate pair, and 255 characters at most', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', '\n', '\u202e', '😀', 'a'), maxLength: 400 }),
  );
  fc.assert(
    fc.property(names, (name) => {
      const shown = showName(name);
      expect(shown.length).toBeLessThanOrEqual(255);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).not.toMatch(/\p{Cc}|\u202e/u);
    }),
  );
});

it('A shown name that is too long keeps its beginning and its end', () => {
  const shown = showName(`__MACOSX/${'x'.repeat(5_000)}/Thumbs.db`);
  expect(shown).toHaveLength(255);
  expect(shown).toMatch(/^__MACOSX\/x+…x+\/Thumbs\.db$/);
});

it('A shown text keeps its length', () => {
  expect(showText(`a\0\n${'x'.repeat(1_000)}`)).toBe(`a\ufffd\ufffd${'x'.repeat(1_000)}`);
});
