import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsvRow } from '../../src/csv/format-csv.js';
import { readCommand } from './answers.js';
import { chooseRows } from './choose-rows.js';
import { inventRows } from './invent-rows.js';
import { proposeColumns } from './propose-columns.js';
import { readSample } from './sample.js';

function invent(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  args: readonly string[] = [],
) {
  const csv = [headers, ...rows].map((cells) => formatCsvRow(cells)).join('');
  const sample = readSample(new TextEncoder().encode(csv));
  const columns = proposeColumns(sample, readCommand(['some-shop', 'file.csv', ...args]).answers);
  return { columns, ...inventRows(sample, columns, chooseRows(sample, columns)) };
}

const headers = [
  'Order ID',
  'Customer',
  'Email',
  'Phone',
  'Address',
  'City',
  'Zip',
  'Country',
  'Status',
  'Total',
  'Date',
  'Notes',
  'Gift for',
  'Company',
  'Handled by',
  'Shipping Method',
  'Card Number',
  'Link',
];
const rows = [
  [
    'A-1',
    'Zaphod Beeblebrox',
    'zaphod@heartofgold.org',
    '+1 617 431 8877',
    '42 Improbability Road',
    'Betelgeuse',
    '90210',
    'Germany',
    'Paid',
    '$42.42',
    '2024-03-09',
    'Call Trillian',
    'Trillian Astra',
    'Sirius',
    'Marvin',
    'Flat Rate',
    '4111111111111111',
    'https://heartofgold.org/z',
  ],
  [
    'A-2',
    'Arthur Dent',
    'arthur@cottington.co.uk',
    '+44 1632 960077',
    '155 Country Lane',
    'Cottington',
    'SW1A 1AA',
    'United Kingdom',
    'Refunded',
    '$13.37',
    '2024-04-27',
    'Towel please',
    'Tricia',
    'Magrathea',
    'Marvin',
    'Flat Rate',
    '5500005555555559',
    'https://towel.org/a',
  ],
];

describe('invented rows', () => {
  const { rows: invented, kept } = invent(headers, rows);
  const text = invented.flat().join('\n');

  it('contain no personal data of the file', () => {
    const real = rows.flatMap((row) =>
      row.filter((_, position) => !['Country', 'Status'].includes(headers[position] ?? '')),
    );
    const words = real.flatMap((cell) => cell.toLowerCase().match(/[\p{L}\d]{4,}/gu) ?? []);
    const found = words.filter((word) => text.toLowerCase().includes(word));
    // Years, parts of links, and texts that two people share in a column without a personal header.
    expect(new Set(found)).toEqual(new Set(['2024', 'flat', 'https', 'marvin', 'rate']));
    expect(text).not.toMatch(/@(?!example\.com)/);
  });

  it('keep the words of the platform, and report them', () => {
    expect(Object.fromEntries(kept)).toEqual({
      Country: ['Germany', 'United Kingdom'],
      Status: ['Paid', 'Refunded'],
      'Handled by': ['Marvin'],
      'Shipping Method': ['Flat Rate'],
    });
  });

  it('have invented secrets where the file has secrets', () => {
    expect(invented.map((row) => row[headers.indexOf('Card Number')])).toEqual(['SECRET', 'SECRET']);
  });

  it('do not keep a word that contains a name', () => {
    const shared = [...rows, ...rows].map((row, index) => {
      const ofPerson = [`B-${index}`, row[1] ?? '', `p${index}@hell.org`, ...row.slice(3)];
      return ofPerson.map((cell, position) =>
        headers[position] === 'Shipping Method' ? 'For Zaphod' : cell,
      );
    });
    expect(invent(headers, shared).rows.flat().join(' ')).not.toContain('Zaphod');
  });

  it('have the same person where the file has, and blank cells where the file has', () => {
    const { rows: orders } = invent(
      ['Order ID', 'Email', 'Product', 'Total'],
      [
        ['1', 'a@x.org', 'Tea', '5.00'],
        ['1', '', 'Milk', ''],
        ['2', 'b@x.org', 'Tea', '7.00'],
        ['3', 'a@x.org', 'Tea', '7.00'],
      ],
    );
    const column = (position: number) => orders.map((row) => row[position]);
    expect(column(1)).toEqual(['ada@example.com', '', 'bo@example.com', 'ada@example.com']);
    expect(column(0)[0]).toBe(column(0)[1]);
    expect(new Set(column(0)).size).toBe(3);
    expect(column(2)).toEqual(['Lantern', 'Compass', 'Lantern', 'Lantern']);
    expect(column(3)[1]).toBe('');
  });

  it('never have a text of the file that is not reported', () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.emailAddress(), fc.webUrl());
    const row = fc.array(cell, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (table) => {
        const filled = table.map((cells, index) => [String(1000 + index), ...cells]);
        const { rows: out, kept: words } = invent(['Order ID', 'Name', 'Email', 'Anything', 'Else'], filled);
        const reported = new Set([...words.values()].flat());
        const real = new Set(filled.flat().map((each) => each.trim()));
        const same = out.flat().filter((each) => /\p{L}{3}/u.test(each) && real.has(each.trim()));
        expect(same.filter((each) => !reported.has(each.trim()) && !each.endsWith('@example.com'))).toEqual(
          [],
        );
      }),
    );
  });
});
