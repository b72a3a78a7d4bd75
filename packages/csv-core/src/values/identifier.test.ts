import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyString } from './any-string.testing.js';
import { parseCode, parseIdentifier } from './identifier.js';

describe('parseIdentifier', () => {
  it.each([
    ['00123', '00123'],
    [' 00123 ', '00123'],
    ['="00123"', '00123'],
    [`'01234`, '01234'],
    [`'s-Gravenhage`, `'s-Gravenhage`],
    ['SW1A 1AA', 'SW1A 1AA'],
    ['1E5', '1E5'],
    ['1E11', '1E11'],
    ['12E+34', '12E+34'],
    ['+44 20 7946 0000', '+44 20 7946 0000'],
  ])('reads %j as %j', (text, value) => {
    expect(parseIdentifier(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['1.23E+11', 'scientific_notation'],
    ['9,25e+11', 'scientific_notation'],
    ['1E+11', 'scientific_notation'],
    ['a\0', 'control_character'],
    ['A\ufffd1', 'lost_character'],
    ["'1\ufffd", 'lost_character'],
  ])('refuses %j as %s', (text, code) => {
    expect(parseIdentifier(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('refuses an id with a lost character, where parseCode only warns', () => {
    expect(parseCode("'1\ufffd")).toMatchObject({
      ok: true,
      value: '1\ufffd',
      warning: { code: 'lost_character' },
    });
    expect(parseCode('1.23E+11')).toMatchObject({ ok: false, problem: { code: 'scientific_notation' } });
    fc.assert(
      fc.property(anyString, (text) => {
        const code = parseCode(text);
        if (!code.ok || code.warning === undefined) expect(parseIdentifier(text)).toEqual(code);
        else expect(parseIdentifier(text)).toEqual({ ok: false, problem: code.warning });
      }),
    );
  });

  it('keeps any digits and letters as they are, with or without a spreadsheet guard', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z-]{1,20}$/), (id) => {
        expect(parseIdentifier(id)).toEqual({ ok: true, value: id });
        expect(parseIdentifier(`="${id}"`)).toEqual({ ok: true, value: id });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(anyString, (text) => void parseIdentifier(text)));
  });
});
