import { describe, expect, it } from 'vitest';
import { keepCells, type RowChunk } from '../csv/row-chunk.js';
import { mapKeys } from '../map-keys.js';
import { mapOptions } from './map-options.js';
import { openTextImport } from './table-import.js';

const core = { 'Order ID': 'B-1', Email: 'ada@example.com' };

/** Imports rows of a file with these columns beside an order number and an e-mail address. */
function importRows(
  rows: readonly Readonly<Record<string, string>>[],
  { repair }: { repair?: boolean } = {},
) {
  const headers = [...new Set([...Object.keys(core), ...rows.flatMap((row) => Object.keys(row))])];
  const line = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  const lines = rows.map((row, index) => {
    const cells: Readonly<Record<string, string>> = { ...core, 'Order ID': `B-${index}`, ...row };
    return line(headers.map((header) => cells[header] ?? ''));
  });
  const chunks: RowChunk[] = [];
  const table = openTextImport({ packer: keepCells, onChunk: (chunk) => chunks.push(chunk), repair });
  table.push(new TextEncoder().encode([line(headers), ...lines].join('\n')));
  const report = table.end();
  const mapped = chunks.map((chunk) =>
    mapKeys(chunk.headers, chunk.rows, { ...mapOptions(report), lines: chunk.lines }),
  );
  return {
    report,
    records: mapped.flatMap(({ records }) => records),
    issues: mapped.flatMap(({ issues }) => issues),
    repairs: mapped.flatMap((one) => one.repairs),
  };
}

const codesOf = (issues: readonly { readonly code: string; readonly column: string | null }[]) =>
  issues.map(({ code, column }) => `${column}: ${code}`);

describe('a word for a missing value', () => {
  it('is blank in an optional cell, with a warning', () => {
    const row = {
      Date: '0000-00-00 00:00:00',
      City: 'NULL',
      Zip: 'nan',
      Phone: 'None',
      Shipping: '-',
      Country: 'N/A',
    };
    const { records, issues } = importRows([row]);
    expect(records[0]?.pledge).toMatchObject({
      pledgedAt: null,
      shippingCity: null,
      shippingPostalCode: null,
      shippingPhone: null,
      shippingAmount: null,
      shippingCountry: null,
      shippingCountryRaw: null,
    });
    expect(new Set(codesOf(issues))).toEqual(
      new Set(Object.keys(row).map((column) => `${column}: null_word`)),
    );
    expect(issues).toHaveLength(Object.keys(row).length);
  });

  it('is missing in an order number, and in an SKU that nothing stands in for', () => {
    const { records, issues } = importRows([
      { 'Order ID': 'NULL' },
      { SKU: 'nan', Qty: '2' },
      { SKU: 'nan', Qty: '0' },
      { SKU: 'N/A', Item: 'Mug', Qty: '1' },
    ]);
    expect(records.map(({ line, products }) => [line, products.map(({ key }) => key)])).toEqual([
      [4, []],
      [5, ['Mug']],
    ]);
    const errors = issues.filter(({ severity }) => severity === 'error');
    expect(codesOf(errors)).toEqual(['Order ID: missing_value', 'SKU: missing_value']);
  });

  it('does not make one unit of a quantity, nor a collected pledge of a status', () => {
    const { issues } = importRows([{ SKU: 'MUG', Qty: 'nan' }, { Status: 'NULL' }]);
    expect(codesOf(issues)).toEqual(['Qty: invalid_quantity', 'Status: unknown_status']);
  });

  it.each([
    [{ 'First Name': 'Ada', 'Last Name': 'Null' }, 'Ada Null'],
    [{ 'First Name': 'ada', 'Last Name': 'null' }, 'ada null'],
    [{ 'First Name': 'ADA', 'Last Name': 'NULL' }, 'ADA NULL'],
    [{ 'First Name': 'Nan', 'Last Name': 'None' }, 'Nan None'],
    [{ Name: 'None' }, 'None'],
    [{ Name: 'Ada Null' }, 'Ada Null'],
  ])('stays where it is the name of a person: %j', (row, name) => {
    const { records, issues } = importRows([row, { ...row, 'First Name': '', 'Last Name': '', Name: 'Bo' }]);
    expect(records[0]?.backer.name).toBe(name);
    expect(issues).toEqual([]);
  });

  it.each([
    ['the case differs from the other name', [{ 'First Name': 'Ada', 'Last Name': 'NULL' }]],
    ['the program writes it elsewhere too', [{ 'First Name': 'Ada', 'Last Name': 'None', Phone: 'None' }]],
    ['it is in many rows', Array.from({ length: 4 }, () => ({ 'First Name': 'Ada', 'Last Name': 'None' }))],
  ])('is no name where %s', (_, rows) => {
    const { records } = importRows(rows);
    expect(records.map(({ backer }) => backer.name)).toEqual(rows.map(() => 'Ada'));
  });

  it('stays where it is an answer', () => {
    const { records, issues } = importRows([
      { Notes: 'None', 'Allergies?': 'None', Colour: 'N/A', Gift: '-' },
    ]);
    expect(records[0]?.pledge?.notes).toBe('None');
    expect(records[0]?.pledge?.extra).toEqual({ Colour: 'N/A', Gift: '-' });
    expect(records[0]?.survey?.answers).toEqual([{ position: 3, question: 'Allergies?', answer: 'None' }]);
    expect(issues).toEqual([]);
  });
});

describe('an error of a spreadsheet', () => {
  it('is never text', () => {
    const row = { Name: '#N/A', City: '#BEZUG!', Phone: '########', Notes: 'Err:508', Colour: '#NAME?' };
    const { records, issues } = importRows([row]);
    expect(records[0]?.backer.name).toBeNull();
    expect(records[0]?.pledge).toMatchObject({
      shippingCity: null,
      shippingPhone: null,
      notes: null,
      extra: null,
    });
    expect(new Set(codesOf(issues))).toEqual(
      new Set(Object.keys(row).map((column) => `${column}: spreadsheet_error`)),
    );
    expect(issues).toHaveLength(Object.keys(row).length);
  });

  it.each(['Order ID', 'SKU', 'Total', 'Qty'])('rejects the row in %s', (column) => {
    const { records, issues } = importRows([{ [column]: '#REF!' }]);
    expect(records).toEqual([]);
    expect(issues).toMatchObject([{ column, code: 'spreadsheet_error', severity: 'error', value: '#REF!' }]);
  });
});

describe('text that was decoded twice', () => {
  it('is repaired in a column where all letters beyond ASCII decode back', () => {
    const { records, repairs } = importRows([
      { Name: 'JosÃ© MartÃ­n', City: 'MÃ¼nster' },
      { Name: 'Bo', City: 'Bremen' },
    ]);
    expect(records[0]?.backer.name).toBe('José Martín');
    expect(records[0]?.pledge?.shippingCity).toBe('Münster');
    expect(repairs.map(({ column, kind, count }) => [column, kind, count]).sort()).toEqual([
      ['City', 'decoded_twice', 1],
      ['Name', 'decoded_twice', 1],
    ]);
  });

  it('is kept and named once where other cells of the column are right', () => {
    const { records, report } = importRows([{ City: 'MÃ¼nster' }, { City: 'Köln' }, { City: 'ZÃ¼rich' }]);
    expect(records.map(({ pledge }) => pledge?.shippingCity)).toEqual(['MÃ¼nster', 'Köln', 'ZÃ¼rich']);
    expect(report.damage.garbled).toEqual({ position: 2, text: 'MÃ¼nster', meant: 'Münster' });
  });

  it('leaves right letters alone, also those that a code page could explain', () => {
    const names = ['MUÍÑOS', 'Zoë', 'Paris–Évry', '山田', 'Рёв', 'JOÃO'];
    const { records, report } = importRows(names.map((Name) => ({ Name })));
    expect(records.map(({ backer }) => backer.name)).toEqual(names);
    expect(report.damage).toMatchObject({ decodedTwice: [], garbled: null });
  });
});

describe('text that was escaped for a web page', () => {
  it('is resolved in cells, keys and headers, also where it was escaped twice', () => {
    const { records, report } = importRows([
      { Item: 'Salt &amp;amp; Pepper &#8211; Set', 'R&eacute;f&eacute;rence &amp; note': 'A &lt; B' },
    ]);
    expect(records[0]?.products[0]).toMatchObject({
      key: 'Salt & Pepper – Set',
      name: 'Salt & Pepper – Set',
    });
    expect(records[0]?.pledge?.extra).toEqual({ 'Référence & note': 'A < B' });
    expect(report.headers).toContain('Référence & note');
  });

  it('leaves an ampersand alone, and a link', () => {
    const row = { Item: 'Salt & Pepper;', Name: 'A&B', Site: 'https://example.com/?a=1&copy=2' };
    const { records, issues, repairs } = importRows([row]);
    expect(records[0]?.products[0]?.name).toBe('Salt & Pepper;');
    expect(records[0]?.pledge?.extra).toEqual({ Site: row.Site });
    expect([issues, repairs]).toEqual([[], []]);
  });
});

describe('a guard against formulas', () => {
  it('comes off in every text', () => {
    const row = {
      Phone: "'+4930123456",
      Notes: "'-call first",
      City: "'=Boston",
      Handle: "'@ada",
      Tel: "'0042",
    };
    const { records, issues } = importRows([row, { Phone: '=+4930123456' }, { Phone: 'tel:+4930123456' }]);
    expect(records.map(({ pledge }) => pledge?.shippingPhone)).toEqual(Array(3).fill('+4930123456'));
    expect(records[0]?.pledge).toMatchObject({ notes: '-call first', shippingCity: '=Boston' });
    expect(records[0]?.pledge?.extra).toEqual({ Handle: '@ada', Tel: '0042' });
    expect(issues).toEqual([]);
  });

  it('is not an apostrophe that somebody wrote', () => {
    const { records } = importRows([{ Name: "'t Hart", City: "'s-Hertogenbosch", Notes: "'-' or '+'" }]);
    expect(records[0]?.backer.name).toBe("'t Hart");
    expect(records[0]?.pledge).toMatchObject({ shippingCity: "'s-Hertogenbosch", notes: "'-' or '+'" });
  });
});

describe('a zip without its zeros', () => {
  it.each([
    [{ Zip: '2108', State: 'MA', Country: 'US' }, '02108'],
    [{ Zip: '7102', Country: 'United States' }, '07102'],
    [{ Zip: '901', State: 'PR', Country: 'US' }, '00901'],
    [{ Zip: '901', Country: 'Puerto Rico' }, '00901'],
    [{ Zip: '2108-1234', State: 'Massachusetts' }, '02108-1234'],
    [{ Zip: '21081234', State: 'MA', Country: 'US' }, '02108-1234'],
    [{ Zip: '2108.0', State: 'MA', Country: 'US' }, '02108'],
  ])('gets them back: %j', (row, zip) => {
    const { records, issues } = importRows([row]);
    expect(records[0]?.pledge?.shippingPostalCode).toBe(zip);
    expect(issues.length).toBeGreaterThan(0);
    expect(new Set(codesOf(issues))).toEqual(new Set(['Zip: repaired_value']));
  });

  it.each([
    { Zip: '9021', State: 'CA', Country: 'US' },
    { Zip: '1067', Country: 'Germany' },
  ])('is kept with a warning where nothing proves them: %j', (row) => {
    const { records, issues } = importRows([row]);
    expect(records[0]?.pledge?.shippingPostalCode).toBe(row.Zip);
    expect(codesOf(issues)).toEqual(['Zip: damaged_value']);
  });

  it.each([
    { Zip: '2000', State: 'NSW', Country: 'AU' },
    { Zip: '1010', Country: 'Austria' },
    { Zip: '2108' },
    { Zip: '8001', State: 'ZH' },
    { Zip: '90210', State: 'CA', Country: 'US' },
  ])('is not every short code: %j', (row) => {
    const { records, issues } = importRows([row]);
    expect(records[0]?.pledge?.shippingPostalCode).toBe(row.Zip);
    expect(issues).toEqual([]);
  });
});

describe('a number that was written as a decimal', () => {
  it('loses its decimal in ids and phones, where the whole column has it', () => {
    const { records } = importRows([
      { 'Order ID': '1001.0', 'Customer ID': '77.0', SKU: '4006381333931.0', Phone: '4930123456.0' },
    ]);
    expect(records[0]?.pledge).toMatchObject({ externalId: '1001', shippingPhone: '4930123456' });
    expect(records[0]?.products[0]?.sku).toBe('4006381333931');
  });

  it('keeps it where other cells of the column are decimals', () => {
    const { records, issues } = importRows([{ SKU: '1.0' }, { SKU: '1.5' }]);
    expect(records.map(({ products }) => products[0]?.key)).toEqual(['1.0', '1.5']);
    expect(issues).toEqual([]);
  });
});

describe('an e-mail address with debris', () => {
  it.each([
    'bo@example.com.',
    'bo@example.com,',
    '“bo@example.com”',
    "'bo@example.com'",
    '(bo@example.com);',
  ])('is cleaned: %s', (Email) => {
    const { records, issues } = importRows([{ Email }]);
    expect(records[0]?.backer.email).toBe('bo@example.com');
    expect(codesOf(issues)).toEqual(['Email: repaired_value']);
  });

  it.each([
    'bo@example.com; cy@example.com',
    'bo@example.com, cy@example.com',
    'Bo <bo@example.com>, <cy@example.com>',
  ])('counts as the first of two: %s', (Email) => {
    const { records, issues } = importRows([{ Email }]);
    expect(records[0]?.backer.email).toBe('bo@example.com');
    expect(issues).toMatchObject([{ code: 'several_emails', severity: 'warning', value: Email }]);
  });

  it.each(['bo@example.com or so', 'bo@', 'bo at example.com', 'bo@example.com @home'])(
    'is refused: %s',
    (Email) => {
      expect(codesOf(importRows([{ Email }]).issues)).toEqual(['Email: invalid_email']);
    },
  );
});

describe('a question mark in place of a letter', () => {
  it.each([
    { Name: 'Zo?' },
    { City: 'M?nster' },
    { Item: 'Pok?mon' },
    { 'Last Name': '?berg' },
    { Email: 'm?ller@example.com' },
  ])('is warned of: %j', (row) => {
    expect(importRows([row]).issues).toMatchObject([{ code: 'lost_character', severity: 'warning' }]);
  });

  it.each([
    { Name: 'Guess Who?' },
    { Item: 'What now?' },
    { Notes: 'Why?Because' },
    { Item: 'https://example.com/a?b=1' },
  ])('is not every question: %j', (row) => {
    expect(importRows([row]).issues).toEqual([]);
  });
});

describe('the repairs of an import', () => {
  const rows = Array.from({ length: 10 }, (_, index) => ({
    City: 'NULL',
    Zip: `210${index}`,
    Country: 'US',
  }));

  it('are counted for every cell, with warnings and examples of the first three', () => {
    const { issues, repairs } = importRows(rows);
    expect(codesOf(issues).filter((code) => code === 'City: null_word')).toHaveLength(3);
    expect(repairs).toContainEqual({
      file: null,
      column: 'City',
      kind: 'null_word',
      repaired: true,
      count: 10,
      examples: [2, 3, 4].map((line) => ({ line, before: 'NULL', after: null })),
    });
    expect(repairs).toContainEqual(
      expect.objectContaining({ column: 'Zip', kind: 'cut_postal_code', count: 10 }),
    );
  });

  it('are warnings only where they are switched off', () => {
    const row = {
      City: 'NULL',
      Zip: '2108',
      Country: 'US',
      Name: 'ZoÃ«',
      Item: 'A &amp; B',
      'A &amp; B': 'x',
    };
    const { records, issues, repairs, report } = importRows([row], { repair: false });
    expect(records[0]?.backer.name).toBe('ZoÃ«');
    expect(records[0]?.products[0]?.key).toBe('A &amp; B');
    expect(records[0]?.pledge).toMatchObject({
      shippingCity: 'NULL',
      shippingPostalCode: '2108',
      extra: { 'A &amp; B': 'x' },
    });
    expect(new Set(codesOf(issues))).toEqual(
      new Set(['City: damaged_value', 'Zip: damaged_value', 'Name: damaged_value', 'Item: damaged_value']),
    );
    expect(repairs.every(({ repaired }) => !repaired)).toBe(true);
    expect(report.repair).toBe(false);
  });
});
