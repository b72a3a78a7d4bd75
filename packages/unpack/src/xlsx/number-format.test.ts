import { parseMoney } from '@pledgeline/csv-core/map';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNumberFormatter } from './number-format.js';
import { plainNumber } from './number-text.js';
import { LOCAL_DATE } from './styles.js';

const show = (code: string, raw: string, is1904 = false) =>
  createNumberFormatter(code, is1904)(raw, () => undefined);

describe('A number in a cell without a format', () => {
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
    ['99.9999999999986', '100'],
    ['59.970000000000006', '59.97'],
    ['12345678.1234567', '12345678.1234567'],
    ['0.00000000012', '0.00000000012'],
    ['5.551115123125783E-17', '0'],
    ['1.234', '1.2340'],
    ['-12.345', '-12.3450'],
    ['0.125', '0.125'],
    ['1234.567', '1234.567'],
    ['1E-7', '0.0000001'],
    ['-1.5E-7', '-0.00000015'],
    ['1.5E+22', '15000000000000000000000'],
    ['1E+100', '1E+100'],
    ['not a number', 'not a number'],
    ['1E+999', '1E+999'],
  ])('is written in full: %s is %s', (raw, text) => {
    expect(plainNumber(raw)).toBe(text);
    expect(show('General', raw)).toBe(text);
    expect(show('@', raw)).toBe(text);
  });
});

describe('A number in a cell with a number format', () => {
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
    ['[=1]"Yes";[=0]"No"', '1', 'Yes'],
    ['General" pcs"', '5', '5 pcs'],
    ['"General" 0', '5', 'General 5'],
    ['General" pcs"', '123456789012', '123456789012 pcs'],
  ])('is written as the cell shows it: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it('has American separators whatever the locale of its format, because "1.234" would be another amount', () => {
    expect(show('[$€-407]#,##0', '1234')).toBe('€1,234');
    expect(show('#,##0.00\\ [$€-407]', '1234.5')).toBe('1,234.50 €');
    expect(show('[$-414]#,##0.00', '1234.5')).toBe('1,234.50');
    expect(show('[$CHF] #,##0.00', '1234.5')).toBe('CHF 1,234.50');
  });

  it('is written in full when the cell shows nothing of it', () => {
    expect(show(';;;', '1234')).toBe('1234');
    expect(show(';;;', '-2.6')).toBe('-2.6');
    expect(show('0;;', '-5')).toBe('-5');
    expect(show('0;-0;;@', '0')).toBe('0');
    expect(show('#', '0')).toBe('0');
    expect(show('_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)', '0')).toBe('$0');
    expect(show('[>100]0.0', '5')).toBe('5');
  });

  it('is written in full when an exponent hides digits, and with the exponent when the digits were lost', () => {
    expect(show('0.00E+00', '123456789012')).toBe('123456789012');
    expect(show('0.00E+00', '1500')).toBe('1500');
    expect(show('0.00E+00', '123000000000')).toBe('1.23E+11');
  });

  it('is written in full, with the currency, when the format is invalid', () => {
    expect(show('"unclosed', '1.50')).toBe('1.5');
    expect(show('0.00 EUR', '1.5')).toBe('EUR 1.5');
    expect(show('[$€-407]0.00_', '-1.5')).toBe('-€1.5');
    expect(show('[Foo]0"', 'x')).toBe('x');
  });

  it('is written without the modifiers of its format that only LibreOffice knows', () => {
    expect(show('[NatNum1]#,##0.0', '1234.5')).toBe('1,234.5');
    expect(show('[$-41E][~buddhist]d/m/yyyy', '45355')).toBe('2024-03-04');
  });
});

describe('A number with decimals that its format hides', () => {
  it.each([
    ['$#,##0', '19.99', '$19.99'],
    ['$#,##0', '1234567.891', '$1,234,567.891'],
    ['0', '2.6', '2.6'],
    ['0', '19.989999999999998', '19.99'],
    ['0', '0.30000000000000004', '0.3'],
    ['0.0', '12.34', '12.34'],
    ['"$"#,##0_);[Red]\\("$"#,##0\\)', '-19.99', '($19.99)'],
    ['#,##0 "kr"', '99.5', '99.5 kr'],
    ['[$€-407] #,##0', '99.5', '€ 99.5'],
    ['[$USD]\\ #,##0', '99.5', 'USD 99.5'],
    ['0 "pcs"', '2.6', '2.6 pcs'],
    ['00000', '501.5', '00501.5'],
  ])('is written with them: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it.each([
    ['#,##0,', '1234567.891', '1,234,567.891'],
    ['0.0,,"M"', '1234567.891', '1234567.891'],
    ['#,##0.0,"K"', '-1500', '-1,500.0'],
    ['0,.0"K"', '1500', '1500.0'],
    ['$0.0,,"M"', '1500000', '$1500000.0'],
    ['0.0,,"Mio. €"', '1500000', '1500000.0€'],
    ['0,"k€"', '1500', '1500€'],
    ['[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', '1234', '1234.0'],
    ['[>=1000000]0.0,,"M";[>=1000]0.0,"K";0', '999.5', '999.5'],
  ])('is written in its full size when the format scales it: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it.each([
    ['# ?/?', '1.5', '1.5'],
    ['# ?/?', '19.99', '19.99'],
    ['# ??/16 "in"', '2.0625', '2.0625 in'],
    ['?/?', '-0.25', '-0.25'],
    ['0/4', '2', '2'],
  ])('is written as a decimal when the format shows a fraction: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it.each([
    ['0%', '0.125', '12.5%'],
    ['0.00%', '0.07', '7.00%'],
    ['0.0%;(0.0%)', '-0.125', '(12.5%)'],
    ['0%', '25', '2500%'],
    ['0%', '0.123456789', '12.3456789%'],
  ])('keeps its percent sign, so that it is not read as an amount: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
    expect(parseMoney(text).ok).toBe(false);
  });

  it.each([
    ['#,##0.00', '33.3333333333333', '33.3333'],
    ['$#,##0', '12.6050420168067', '$12.6050'],
    ['0.00', '-0.00001', '0.00'],
    ['0.00000', '1.23456789', '1.23457'],
  ])('is rounded to the decimals of an amount, which is reported: %s of %s is %s', (code, raw, text) => {
    let isRounded = false;
    const format = createNumberFormatter(code, false);
    expect(format(raw, () => (isRounded = true))).toBe(text);
    expect(isRounded).toBe(true);
  });

  it.each(['General', '@', '0.00E+00', '0.000000', '0%'])('is not rounded by the format %s', (code) => {
    expect(createNumberFormatter(code, false)('1.234567', expect.unreachable)).toContain('4567');
  });
});

describe('A number whose digits are no amount, such as a phone number,', () => {
  it.each([
    ['00000', '501', '00501'],
    ['(000) 000-0000', '5551234567', '(555) 123-4567'],
    ['[<=9999999]###-####;(###) ###-####', '5551234567', '(555) 123-4567'],
    ['000-00-0000', '12345678', '012-34-5678'],
    ['00\\.00\\.00\\.00\\.00', '123456789', '01.23.45.67.89'],
    ['0#" "##" "##" "##" "##', '123456789', '01 23 45 67 89'],
    ['"ORD-"00000', '42', 'ORD-00042'],
    ['0000\\-00\\-00', '20240304', '2024-03-04'],
    ['"2024/"000', '7', '2024/007'],
    ['0', '1234567890123456', '1234567890123456'],
  ])('is written as the cell shows it: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it('is written without its format where that would split decimals', () => {
    expect(show('(000) 000-0000', '5551234567.5')).toBe('5551234567.5');
  });
});

describe('A number that reads as another one in its format', () => {
  it.each([
    ['#,##0;[Red]#,##0', '-12', '-12'],
    ['[Red]0.00;[Red]0.00', '-12', '-12.00'],
    ['[<0]0;0', '-5', '-5'],
    ['"-"0', '5', '5'],
    ['(0)', '5', '5'],
    ['0"."00', '1999', '1999'],
    ['0",000"', '12', '12'],
    ['#\\,##0', '5', '5'],
    ['$0"."00', '1999', '$1999'],
    ['"1"00', '5', '5'],
    ['0.00" CR";0.00" DR"', '-5', '-5.00 DR'],
    ['0.00 "pre-tax";0.00 "pre-tax"', '-5', '-5.00 pre-tax'],
    ['0.00-;0.00-', '-5', '5.00-'],
  ])('keeps its value: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });
});

describe('Words that a format shows in place of a number', () => {
  it.each([
    ['[=1]"Yes";[=0]"No"', '0', 'No'],
    ['[=7]"seven";0', '7', 'seven'],
    ['"Yes";"Yes";"No"', '1', 'Yes'],
    ['"Yes";"Yes";"No"', '0', 'No'],
    ['$#,##0;-$#,##0;"free"', '0', 'free'],
  ])('are kept where they stand for one number only: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it.each([
    ['"Yes";"Yes";"No"', '19.99', '19.99'],
    ['[>100]"many";0', '150', '150'],
    ['0;0;"$10"', '0', '$0'],
    ['"$"', '7', '$7'],
  ])('are replaced by the number where they stand for many: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });
});

describe('An amount in one of the usual formats for amounts', () => {
  const formats = [
    ...[
      'General',
      '0',
      '0.0',
      '0.00',
      '0.000',
      '0.0000',
      '#,##0',
      '#,##0.00',
      '#',
      '#.##',
      '?0.0?',
      '.00',
      '# ??/??',
    ],
    ...['$#,##0', '$#,##0.00', '"$"#,##0_);\\("$"#,##0\\)', '"$"#,##0.00_);[Red]\\("$"#,##0.00\\)'],
    ...['#,##0;[Red]#,##0', '#,##0.00;[Red]-#,##0.00', '#,##0.00_);(#,##0.00)', '0;-0;;@', '#,##0 ;-#,##0 '],
    '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    '_-* #,##0.00\\ "kr"_-;\\-* #,##0.00\\ "kr"_-;_-* "-"??\\ "kr"_-;_-@_-',
    '_-[$£-809]* #,##0.00_-;\\-[$£-809]* #,##0.00_-;_-[$£-809]* "-"??_-;_-@_-',
    '_ [$¥-804]* #,##0.00_ ;_ [$¥-804]* \\-#,##0.00_ ;_ [$¥-804]* "-"??_ ;_ @_ ',
    ...[
      '[$€-407]#,##0',
      '#,##0.00\\ [$€-407]',
      '#,##0\\ "€"',
      '[$CHF]\\ #,##0.00',
      '"USD" 0',
      '0.00" EUR"',
      '€0',
    ],
    ...['#,##0,', '0.0,,"M"', '$#,##0.0,"k"', '[>=1000]#,##0.0,"K";0', ';;;'],
    '[>=10000000]##\\,##\\,##\\,##0;[>=100000]##\\,##\\,##0;##,##0',
    '[Blue][>0]#,##0.00;[Red][<0]-#,##0.00;0',
    '[Green]$0;[Red]$0;[Blue]$0',
  ];
  const amounts = fc
    .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 4 }))
    .map(([digits, decimals]) => Number((digits / 10 ** decimals).toFixed(decimals)) + 0);

  it('is read back as the same amount, whatever the format hides', () => {
    fc.assert(
      fc.property(fc.constantFrom(...formats), amounts, (code, amount) => {
        const read = parseMoney(show(code, String(amount)));
        expect(read).toMatchObject({ ok: true });
        expect(read.ok && Number(read.value.amount)).toBe(amount);
      }),
      { numRuns: 5_000 },
    );
  });

  it('is read back without the binary noise of a calculation', () => {
    fc.assert(
      fc.property(fc.constantFrom(...formats), fc.integer({ min: -99_999, max: 99_999 }), (code, cents) => {
        const noisy = cents / 100 + 0.1 + 0.2 - 0.3;
        const read = parseMoney(show(code, String(noisy)));
        expect(read.ok && Number(read.value.amount)).toBe(cents / 100 + 0);
      }),
      { numRuns: 5_000 },
    );
  });

  it('keeps the currency that its format shows', () => {
    const withCurrency = formats.filter((code) => /€|£|CHF|USD|EUR/.test(code));
    fc.assert(
      fc.property(fc.constantFrom(...withCurrency), amounts, (code, amount) => {
        const read = parseMoney(show(code, String(amount)));
        const [sign = ''] = /€|£|CHF|USD|EUR/.exec(code) ?? [];
        expect(read.ok && read.value.currency).toBe({ '€': 'EUR', '£': 'GBP' }[sign] ?? sign);
      }),
    );
  });
});

describe('A date in a workbook', () => {
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
  ])('is written in ISO 8601: %s of %s is %s', (code, raw, text) => {
    expect(show(code, raw)).toBe(text);
  });

  it('may be counted from 1904', () => {
    expect(show('m/d/yyyy', '0', true)).toBe('1904-01-01');
    expect(show('m/d/yyyy h:mm', '43893.5', true)).toBe('2024-03-04 12:00:00');
    expect(show('[$-409]yyyy', '43893', true)).toBe('2024');
  });

  it('is one part of it when the cell shows only that part', () => {
    expect(show('yyyy', '45355')).toBe('2024');
    expect(show('dddd', '45355')).toBe('Monday');
  });

  it('may be a duration', () => {
    expect(show('[h]:mm:ss', '1.25')).toBe('30:00:00');
    expect(show('[h]:mm:ss', '1.25', true)).toBe('30:00:00');
  });

  it('has the parts that its number has when the format depends on the language of Excel', () => {
    expect(show(LOCAL_DATE, '45355')).toBe('2024-03-04');
    expect(show(LOCAL_DATE, '0.5')).toBe('12:00:00');
    expect(show(LOCAL_DATE, '45355.5')).toBe('2024-03-04 12:00:00');
  });

  it('is written as a number where the format cannot show it', () => {
    expect(show('m/d/yyyy;;"-"', '0')).toBe('0');
    expect(show('m/d/yyyy;;"-"', '45355')).toBe('2024-03-04');
    expect(show('[<1]0.00;m/d/yyyy', '0.5')).toBe('0.50');
  });

  it.each(['B2yyyy', 'B2mmmm', 'b2mmmmm', '[$-60401]yyyy', '[$-1060401]mmmm'])(
    'is written as a number where the library does not know its Hijri year: %s',
    (code) => {
      expect(show(code, '60')).toBe('60');
      expect(show(code, '60.5')).toBe('60.5');
      expect(show(code, '45355')).not.toBe('45355');
    },
  );

  it('is written as a number when it is negative or after the year 9999', () => {
    expect(show('m/d/yyyy', '-1')).toBe('-1');
    expect(show('m/d/yyyy', '99999999')).toBe('99999999');
    expect(show('m/d/yyyy', 'x')).toBe('x');
  });
});

describe('Any number format', () => {
  const fragments = [
    ...'0#?.,%E+-/@_*\\ ;"$()€:1597[]<>=!^&\'~{}xMKTÄé年',
    ...[
      'General',
      'y',
      'yyyy',
      'm',
      'mmm',
      'mmmmm',
      'd',
      'ddd',
      'dddd',
      'h',
      'hh',
      's',
      'ss',
      'ss.000',
      'e',
      'b',
      'g',
      'aaa',
    ],
    ...[
      'AM/PM',
      'A/P',
      '[h]',
      '[mm]',
      '[ss]',
      '[$€-407]',
      '[$-F800]',
      '[$-F400]',
      '[$-60409]',
      '[$-D000409]',
      '[$USD]',
    ],
    ...[
      '[$-x-sysdate]',
      '[$-ja-JP-x-gannen,80]',
      '[Red]',
      '[Color 7]',
      '[>5]',
      '[<=-1]',
      '[=0]',
      '[<>3]',
      '[DBNum1]',
    ],
    ...[
      '[NatNum1]',
      '[ENG]',
      '[~hijri]',
      'B1',
      'B2',
      'E+0',
      'E-00',
      '#,##0',
      '0.00',
      '0,,',
      '# ?/?',
      '??/100',
      '"x"',
      '\\"',
    ],
    ...['_)', '* ', '_-', '\ud83d\ude00', '\n', '\0'],
  ];
  const codes = fc.array(fc.constantFrom(...fragments), { maxLength: 12 }).map((parts) => parts.join(''));
  const numbers = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.double({ min: -100, max: 60_000 }),
    fc.constantFrom(0, 60, -0, 1e-300, 5e-324, -1e-9, 1e15, 1e21, -1e300, 2_958_465.999_999, 2_958_466),
  );

  it('yields a text and never throws', () => {
    fc.assert(
      fc.property(codes, fc.oneof(numbers.map(String), fc.string()), fc.boolean(), (code, raw, is1904) => {
        expect(typeof show(code, raw, is1904)).toBe('string');
      }),
      { numRuns: 5_000 },
    );
  });

  it('never yields another amount', () => {
    const amounts = fc.integer({ min: -9_999_999, max: 9_999_999 }).map((cents) => cents / 100);
    const modifiers = /general|\[(?:\$|Red|Color|DBNum|NatNum|ENG|~)[^\]]*\]/gi;
    const numeric = codes.filter((code) => !/[ymdhsegbat:]/i.test(code.replace(modifiers, '')));
    fc.assert(
      fc.property(numeric, amounts, (code, amount) => {
        const read = parseMoney(show(code, String(amount)));
        if (read.ok) expect(Number(read.value.amount)).toBe(amount + 0);
      }),
      { numRuns: 5_000 },
    );
  });
});
