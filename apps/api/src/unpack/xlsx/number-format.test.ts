import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNumberFormatter } from './number-format.js';
import { plainNumber } from './number-text.js';
import { LOCAL_DATE } from './styles.js';

const show = (code: string, raw: string, is1904 = false) => createNumberFormatter(code, is1904)(raw);

describe('a number without a format', () => {
  it.each([
    ['123456789012', '123456789012'],
    ['123456789012345678901', '123456789012345678901'],
    ['1.23456789012E+11', '123456789012'],
    ['-42', '-42'],
    ['-0', '0'],
    ['12.5', '12.5'],
    ['0.30000000000000004', '0.3'],
    ['19.989999999999998', '19.99'],
    ['1.1000000000000001', '1.1'],
    ['1E-7', '0.0000001'],
    ['-1.5E-7', '-0.00000015'],
    ['1.5E+22', '15000000000000000000000'],
    ['1E+100', '1E+100'],
    ['not a number', 'not a number'],
    ['1E+999', '1E+999'],
  ])('%s comes in full: %s', (raw, text) => {
    expect(plainNumber(raw)).toBe(text);
    expect(show('General', raw)).toBe(text);
    expect(show('@', raw)).toBe(text);
  });
});

describe('a number with a format', () => {
  it.each([
    ['00000', '501', '00501'],
    ['00000-0000', '123456789', '12345-6789'],
    ['0.00', '12.5', '12.50'],
    ['#,##0', '1234567', '1,234,567'],
    ['0%', '0.25', '25%'],
    ['"$"#,##0.00', '1234.5', '$1,234.50'],
    ['#,##0.00\\ "€"', '1234.5', '1,234.50 €'],
    ['_-* #,##0.00\\ "kr"_-', '1234.5', '1,234.50 kr'],
    ['#,##0.00_);[Red](#,##0.00)', '-12', '(12.00)'],
    ['_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', '1234.5', '$1,234.50'],
    ['# ?/?', '1.5', '1 1/2'],
    ['[=1]"Yes";[=0]"No"', '1', 'Yes'],
    ['General" pcs"', '5', '5 pcs'],
    ['"General" 0', '5', 'General 5'],
    ['General" pcs"', '123456789012', '123456789012 pcs'],
  ])('%s comes as the cell shows it: %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it('has American separators whatever country its currency is from: "1.234" would be another amount', () => {
    expect(show('[$€-407]#,##0', '1234')).toBe('€1,234');
    expect(show('#,##0.00\\ [$€-407]', '1234.5')).toBe('1,234.50 €');
    expect(show('[$-414]#,##0.00', '1234.5')).toBe('1,234.50');
    expect(show('[$CHF] #,##0.00', '1234.5')).toBe('CHF 1,234.50');
  });

  it('comes in full when the cell shows nothing of it', () => {
    expect(show(';;;', '1234')).toBe('1234');
    expect(show('#', '0')).toBe('0');
    expect(show('_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', '0')).toBe('0');
  });

  it('comes in full when an exponent hides digits, and as shown when they are gone', () => {
    expect(show('0.00E+00', '123456789012')).toBe('123456789012');
    expect(show('0.00E+00', '1500')).toBe('1500');
    expect(show('0.00E+00', '123000000000')).toBe('1.23E+11');
  });

  it('comes in full when the format is none', () => {
    expect(show('"unclosed', '1.50')).toBe('1.5');
  });
});

describe('a date', () => {
  it.each([
    ['m/d/yyyy', '45355', '2024-03-04'],
    ['dd/mm/yy', '45355', '2024-03-04'],
    ['d-mmm', '45355', '2024-03-04'],
    ['mmm-yy', '45352', '2024-03-01'],
    ['[$-409]d\\-mmm\\-yyyy;@', '45355', '2024-03-04'],
    ['[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '45355', '2024-03-04'],
    ['yyyy"年"m"月"d"日"', '45355', '2024-03-04'],
    ['m/d/yyyy', '45355.528472222226', '2024-03-04'],
    ['m/d/yyyy h:mm', '45355.528472222226', '2024-03-04 12:41:00'],
    ['m/d/yy h:mm AM/PM', '45355', '2024-03-04 00:00:00'],
    ['yyyy-mm-dd hh:mm:ss', '45355.99999999', '2024-03-05 00:00:00'],
    ['h:mm', '0.528472222226', '12:41:00'],
    ['mm:ss.0', '0.5', '12:00:00'],
    ['[$-F400]h:mm:ss\\ AM/PM', '45355.75', '18:00:00'],
    ['m/d/yyyy', '1', '1900-01-01'],
    ['m/d/yyyy', '59', '1900-02-28'],
    ['m/d/yyyy', '60', '1900-02-29'],
    ['m/d/yyyy', '61', '1900-03-01'],
    ['m/d/yyyy', '0', '1900-01-00'],
    ['m/d/yyyy', '2958465', '9999-12-31'],
  ])('in the format %s is ISO: %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it('may count from 1904', () => {
    expect(show('m/d/yyyy', '0', true)).toBe('1904-01-01');
    expect(show('m/d/yyyy h:mm', '43893.5', true)).toBe('2024-03-04 12:00:00');
    expect(show('[$-409]yyyy', '43893', true)).toBe('2024');
  });

  it('of which the cell shows one part is that part', () => {
    expect(show('yyyy', '45355')).toBe('2024');
    expect(show('dddd', '45355')).toBe('Monday');
  });

  it('may be a length of time', () => {
    expect(show('[h]:mm:ss', '1.25')).toBe('30:00:00');
    expect(show('[h]:mm:ss', '1.25', true)).toBe('30:00:00');
  });

  it('is what its number says when the format is left to the language of Excel', () => {
    expect(show(LOCAL_DATE, '45355')).toBe('2024-03-04');
    expect(show(LOCAL_DATE, '0.5')).toBe('12:00:00');
    expect(show(LOCAL_DATE, '45355.5')).toBe('2024-03-04 12:00:00');
  });

  it('that is in no calendar is the number', () => {
    expect(show('m/d/yyyy', '-1')).toBe('-1');
    expect(show('m/d/yyyy', '99999999')).toBe('99999999');
    expect(show('m/d/yyyy', 'x')).toBe('x');
  });
});

it('is a text whatever the format, and never an error', () => {
  const marks = [
    ...'0#?.,%E+-/@_*\\ ;"$()€:',
    'General',
    'y',
    'm',
    'd',
    'h',
    's',
    'AM/PM',
    '[h]',
    '[$€-407]',
    '[$-F800]',
    '[Red]',
    '[>5]',
    '[DBNum1]',
    'E+0',
    'mmm',
    'ddd',
    'yyyy',
    'e',
    'b',
    'g',
  ];
  const codes = fc.array(fc.constantFrom(...marks), { maxLength: 12 }).map((parts) => parts.join(''));
  const numbers = fc.oneof(fc.double(), fc.integer(), fc.double({ min: 0, max: 60_000 })).map(String);
  fc.assert(
    fc.property(codes, fc.oneof(numbers, fc.string()), fc.boolean(), (code, raw, is1904) => {
      expect(typeof show(code, raw, is1904)).toBe('string');
    }),
    { numRuns: 2_000 },
  );
});
