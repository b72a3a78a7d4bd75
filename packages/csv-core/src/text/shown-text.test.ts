import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownName, shownText, storableText } from './shown-text.js';

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({ unit: fc.constantFrom('\0', '\ud83d', '\ude00', '\n', '\u202e', '😀', 'a'), maxLength: 400 }),
);

describe('a text that is stored', () => {
  it('is well-formed, has no NUL, and keeps its length', () => {
    expect(storableText('a\0b\ud800\n\u202e')).toBe('a\u2400b\ufffd\n\u202e');
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = storableText(text);
        expect(stored).toHaveLength(text.length);
        expect(stored.isWellFormed()).toBe(true);
        expect(stored).not.toContain('\0');
      }),
    );
  });
});

describe('a text that is shown', () => {
  it('is in one line', () => {
    expect(shownText('a\r\nb\u2028c\u0085d\te')).toBe('a b c d e');
  });

  it('shows where a control character was', () => {
    expect(shownText('a\0\u001b[31m')).toBe('a\ufffd\ufffd[31m');
    expect(shownText('a\0\u202eb', '·')).toBe('a··b');
  });

  it.each([
    '\u061c',
    '\u200e',
    '\u200f',
    '\u202a',
    '\u202b',
    '\u202c',
    '\u202d',
    '\u202e',
    '\u2066',
    '\u2069',
  ])('has no direction mark (%j)', (mark) => {
    expect(shownText(`invoice${mark}gpj.exe`)).toBe('invoice\ufffdgpj.exe');
    expect(shownName(`invoice${mark}gpj.exe`)).toBe('invoice\ufffdgpj.exe');
  });

  it('keeps letters of every script, and the joiners that emoji are made with', () => {
    const text = 'Bestellungen 最新 שלום مرحبا 👩‍🚀';
    expect(shownText(text)).toBe(text);
  });
});

describe('a name that is shown', () => {
  it('has no control character, no direction mark, no half of a pair, and 255 units at most', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const shown = shownName(name);
        expect(shown.length).toBeLessThanOrEqual(255);
        expect(shown.isWellFormed()).toBe(true);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
      }),
    );
  });

  it('may leave out what cannot be shown', () => {
    expect(shownName('back\u0007ers\u202e.csv', '')).toBe('backers.csv');
  });

  it('keeps the beginning and the end of a long path, which say what it is', () => {
    const shown = shownName(`__MACOSX/${'x'.repeat(5_000)}/Thumbs.db`);
    expect(shown).toHaveLength(255);
    expect(shown).toMatch(/^__MACOSX\/x+…x+\/Thumbs\.db$/);
  });
});
