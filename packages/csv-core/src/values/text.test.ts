import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processorTime } from '../processor-time.testing.js';
import { anyString } from './any-string.testing.js';
import { cleanText } from './text.js';

describe('cleanText', () => {
  it.each([
    ['plain text', 'plain text'],
    ['', ''],
    ['  both ends\t', 'both ends'],
    ['\u00a0nbsp\u00a0', 'nbsp'],
    ['="00971"', '00971'],
    [' ="a ""b""" ', 'a "b"'],
    ['=""', ''],
    ['="', '="'],
    ['=1+1', '=1+1'],
    ['="a"&"b"', 'a"&"b'],
    ['e\u0301', 'é'],
    ['two\nlines', 'two\nlines'],
    ['bell\u0007', 'bell\u0007'],
    ['日本 😀', '日本 😀'],
  ])('reads %j as %j', (text, value) => {
    expect(cleanText(text)).toEqual({ ok: true, value });
  });

  it.each(['a\0b', '\0', 'x\ud83d', '\ude00x'])('refuses %j, which cannot be stored', (text) => {
    expect(cleanText(text)).toMatchObject({ ok: false, problem: { code: 'control_character' } });
  });

  it.each(['caf\ufffd', '\ufffd', ' ="\ufffd" '])('warns that %j has lost a character', (text) => {
    expect(cleanText(text)).toMatchObject({
      ok: true,
      value: expect.stringContaining('\ufffd'),
      warning: { code: 'lost_character' },
    });
  });

  it('gives text that can be stored, or a problem, for any string', () => {
    fc.assert(
      fc.property(anyString, (text) => {
        const result = cleanText(text);
        if (!result.ok) return;
        expect(new TextDecoder().decode(new TextEncoder().encode(`|${result.value}`))).toBe(
          `|${result.value}`,
        );
        expect(result.value).not.toContain('\0');
        expect(result.warning !== undefined).toBe(text.includes('\ufffd'));
        expect(result.value).toBe(result.value.normalize('NFC'));
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const time = processorTime(() => {
      cleanText(`a${' '.repeat(500_000)}é`);
      cleanText(`="${'"'.repeat(500_000)}`);
    });
    expect(time).toBeLessThan(1_000);
  });
});
