import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processorTime } from '../processor-time.testing.js';
import { anyString } from './any-string.testing.js';
import { parsePhone } from './phone.js';

describe('parsePhone', () => {
  it.each([
    ['+44 20 7946 0958', '+44 20 7946 0958'],
    ['="00971501234568"', '00971501234568'],
    ["'6175550199900", '6175550199900'],
    [' (07) 5550 0100 ', '(07) 5550 0100'],
    ['+1 (617) 253-1000 ext. 12', '+1 (617) 253-1000 ext. 12'],
    ['0049.30.2312518', '0049.30.2312518'],
    ['+46 8 555 0100', '+46 8 555 0100'],
    ['81-3-5159-8200', '81-3-5159-8200'],
    ['20347', '20347'],
    ['+290 22371', '+290 22371'],
    ['１２３－４５６８', '１２３－４５６８'],
    ['٠١٢٣٤', '٠١٢٣٤'],
    ['', ''],
  ])('keeps %j as %j', (text, value) => {
    expect(parsePhone(text)).toEqual({ ok: true, value });
  });

  it.each([
    '0000000000',
    '111-111-1111',
    '+1 999 999 9999',
    '99999',
    '1234567890',
    '0123456789',
    '+44 1234567890',
    '12345',
    '9876543210',
    '987-654-321',
    '+1 617 555 0100',
    '(617) 555-0199',
    '1-212-555-0123 x4',
    '555-0123',
    '１１１１１１',
  ])('warns that %j is invented and keeps it', (text) => {
    expect(parsePhone(text)).toMatchObject({
      ok: true,
      value: text,
      warning: { code: 'fake_phone', message: expect.stringContaining('invented') },
    });
  });

  it.each(['1234', '0', 'n/a', 'none', '-', 'xxx', 'ask me', '+'])(
    'warns that %j is not a phone number',
    (text) => {
      expect(parsePhone(text)).toMatchObject({
        ok: true,
        value: text,
        warning: { code: 'fake_phone', message: expect.stringContaining('not a phone number') },
      });
    },
  );

  it.each([
    ['1.23E+11', 'scientific_notation'],
    ['4,4E+11', 'scientific_notation'],
    ['06\0', 'control_character'],
  ])('refuses %j as %s', (text, code) => {
    expect(parsePhone(text)).toMatchObject({ ok: false, problem: { code } });
  });

  it('warns of a lost character first, and then not of a fake number', () => {
    expect(parsePhone('06\ufffd')).toMatchObject({ ok: true, warning: { code: 'lost_character' } });
  });

  it('keeps every phone number as it is written, in any notation', () => {
    const groups = fc.array(fc.stringMatching(/^\d{2,4}$/), { minLength: 3, maxLength: 4 });
    fc.assert(
      fc.property(
        groups,
        fc.constantFrom(' ', '-', '.', ''),
        fc.constantFrom('', '+', '00'),
        (parts, separator, prefix) => {
          const text = `${prefix}${parts.join(separator)}`;
          expect(parsePhone(text)).toMatchObject({ ok: true, value: text });
        },
      ),
    );
  });

  it('never throws and never takes long', () => {
    fc.assert(fc.property(anyString, (text) => void parsePhone(text)));
    const time = processorTime(() => {
      parsePhone('1x'.repeat(200_000));
      parsePhone('+'.repeat(400_000));
    });
    expect(time).toBeLessThan(1_000);
  });
});
