import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxIssueValueLength } from './issue.js';
import { type MapKeysOptions, type MappedRows, mapKeys, UnknownPlatformError } from './map-keys.js';
import { findOrderGrouping } from './mapping/find-order-grouping.js';
import { orderEnd } from './mapping/group-orders.js';
import { importedRowsOf } from './mapping/imported-rows.testing.js';
import { findPlatform, platforms } from './platforms/index.js';
import { maxKeyLength, maxLineLength, maxTextLength } from './schemas/lengths.js';
import { anyString } from './values/any-string.testing.js';

const core = { 'Order ID': '1', Email: 'ada@example.com' };

/** Maps a file of one row, given as header to cell. */
function mapOne(cells: Readonly<Record<string, string>>, options: MapKeysOptions = {}): MappedRows {
  return mapKeys(Object.keys(cells), [Object.values(cells)], options);
}

function issuesOf(mapped: MappedRows): readonly (readonly [string, string, string | null])[] {
  return mapped.issues.map(({ severity, code, column }) => [severity, code, column]);
}

describe('mapKeys', () => {
  it('detects the platform, or takes the one that is named', () => {
    expect(mapOne(core).platform).toBe('generic');
    const headers = ['Backer Number', 'Pledged Status', 'Pledge Amount'];
    expect(mapKeys(headers, [['1', 'collected', '$1']], { platform: 'kickstarter' }).records).toHaveLength(1);
  });

  it('throws for a platform that is not known', () => {
    expect(() => mapKeys(['Lorem'], [['ipsum']])).toThrow(UnknownPlatformError);
    expect(() => mapKeys(['Order ID'], [], { platform: 'atlantis' })).toThrow('no platform named "atlantis"');
  });

  it('numbers rows and lines by their place in the file', () => {
    const rows = [
      ['1', 'ada@example.com'],
      ['', 'bob@example.com'],
    ];
    const headers = Object.keys(core);
    const first = mapKeys(headers, rows);
    expect(first.records[0]).toMatchObject({ row: 1, line: 2 });
    expect(first.rejects[0]).toMatchObject({ row: 2, line: 3, cells: rows[1] });
    const later = mapKeys(headers, rows, { firstRow: 101, lines: [140, 150] });
    expect(later.records[0]).toMatchObject({ row: 101, line: 140 });
    expect(later.rejects[0]?.issues).toMatchObject([{ row: 102, line: 150, column: 'Order ID' }]);
  });

  it('imports a row with warnings and refuses a row with errors', () => {
    const warned = mapOne({ ...core, Email: '', Country: 'Atlantis' });
    expect(warned.records).toHaveLength(1);
    expect(issuesOf(warned)).toEqual([
      ['warning', 'unknown_country', 'Country'],
      ['warning', 'missing_email', 'Email'],
    ]);
    const refused = mapOne({ ...core, Country: 'Atlantis', Total: 'lots' });
    expect(refused.records).toEqual([]);
    expect(issuesOf(refused)).toContainEqual(['error', 'invalid_money', 'Total']);
    expect(refused.rejects[0]?.issues).toEqual(refused.issues);
  });

  it('reports every wrong cell of a row at once', () => {
    const mapped = mapOne({
      'Order ID': '1E+05',
      Email: 'ada',
      Total: 'lots',
      Date: '2024-02-30',
      Status: '?',
    });
    expect(mapped.issues.map((issue) => issue.code).sort()).toEqual([
      'invalid_date',
      'invalid_email',
      'invalid_money',
      'scientific_notation',
      'unknown_status',
    ]);
  });

  it('names the missing column when the file lacks it', () => {
    const mapped = mapKeys(['Backer UID', 'Pledge Amount'], [['1', '$5.00 USD']], {
      platform: 'kickstarter',
    });
    expect(mapped.rejects[0]?.issues.map(({ column, code }) => [column, code])).toEqual([
      ['Backer Number', 'missing_value'],
      ['Pledged Status', 'missing_value'],
    ]);
    expect(mapped.issues[0]?.message).toContain('no column "Backer Number"');
  });

  it('warns when two rows are one pledge, naming the earlier row', () => {
    const rows = [
      ['1', 'ada@example.com'],
      ['2', 'bob@example.com'],
      ['1', 'ada@example.com'],
    ];
    const mapped = mapKeys(Object.keys(core), rows);
    expect(mapped.records).toHaveLength(3);
    expect(mapped.issues).toMatchObject([
      { row: 3, code: 'repeated_pledge', column: 'Order ID', value: '1' },
    ]);
    expect(mapped.issues[0]?.message).toContain('Row 1');
  });

  it('does not count a rejected row as the earlier one', () => {
    const rows = [
      ['1', 'ada'],
      ['1', 'ada@example.com'],
    ];
    expect(mapKeys(Object.keys(core), rows).issues.map((issue) => issue.code)).toEqual(['invalid_email']);
  });

  it('refuses two currencies in one row and quotes the cell', () => {
    const mapped = mapOne({ ...core, Total: '$5.00 USD', Shipping: '£1.00' });
    expect(mapped.issues).toMatchObject([{ code: 'mixed_currencies', column: 'Shipping', value: '£1.00' }]);
    const byColumn = mapOne({ ...core, Total: '5.00 EUR', Currency: 'USD' });
    expect(byColumn.issues).toMatchObject([{ code: 'mixed_currencies', column: 'Total' }]);
  });

  it("takes the row's currency first, then the amount's own, then the file's", () => {
    const currencyOf = (cells: Readonly<Record<string, string>>) =>
      mapOne({ ...core, ...cells }, { currency: 'AUD' }).records[0]?.pledge?.currency;
    expect(currencyOf({ Total: '5', Currency: 'USD' })).toBe('USD');
    expect(currencyOf({ Total: '5 EUR', Currency: '' })).toBe('EUR');
    expect(currencyOf({ Total: '5' })).toBe('AUD');
    expect(currencyOf({ Total: '$5' })).toBe('AUD');
    const other = mapOne({ ...core, Total: '¥5' }, { currency: 'AUD' });
    expect(other.issues).toMatchObject([{ code: 'mixed_currencies', severity: 'error', value: '¥5' }]);
  });

  it('reads 03/04/2024 only with a given order of day and month', () => {
    const cells = { ...core, Date: '03/04/2024' };
    expect(issuesOf(mapOne(cells))).toEqual([['error', 'ambiguous_date', 'Date']]);
    expect(mapOne(cells, { dateOrder: 'dmy' }).records[0]?.pledge?.pledgedAt).toBe(
      '2024-04-03T00:00:00.000Z',
    );
    expect(mapOne(cells, { dateOrder: 'mdy' }).records[0]?.pledge?.pledgedAt).toBe(
      '2024-03-04T00:00:00.000Z',
    );
  });

  it('reads 03/04/2024 by the order of its column, unless an order is given for the file', () => {
    const cells = {
      'Backer Number': '1',
      'Pledged Status': 'collected',
      'Pledge Amount': '$5',
      Email: 'ada@example.com',
      'Pledged At': '03/04/2024',
      'Survey Response': '03/04/2024',
    };
    const read = (options: MapKeysOptions) => {
      const { records, issues } = mapOne(cells, { ...options, platform: 'kickstarter' });
      const dates = records.map((one) =>
        [one.pledge?.pledgedAt, one.survey?.answeredAt].map((at) => at?.slice(0, 10)),
      );
      return dates[0] ?? issues.map(({ code, column }) => [code, column]);
    };
    const dmy = { position: 4, order: 'dmy' } as const;
    const mdy = { position: 5, order: 'mdy' } as const;
    expect(read({ dateOrders: [mdy, dmy] })).toEqual(['2024-04-03', '2024-03-04']);
    expect(read({ dateOrders: [dmy] })).toEqual([['ambiguous_date', 'Survey Response']]);
    expect(read({ dateOrders: [] })).toEqual([
      ['ambiguous_date', 'Pledged At'],
      ['ambiguous_date', 'Survey Response'],
    ]);
    expect(read({ dateOrders: [mdy, dmy], dateOrder: 'mdy' })).toEqual(['2024-03-04', '2024-03-04']);
  });

  it('reads a date that only one order allows, even in a column without an order', () => {
    const headers = [...Object.keys(core), 'Date'];
    const rows = ['27/03/2024', '03/27/2024', '03/04/2024'].map((date, index) => [
      String(index),
      'ada@example.com',
      date,
    ]);
    const { records, rejects } = mapKeys(headers, rows, { dateOrders: [] });
    expect(records.map((record) => record.pledge?.pledgedAt?.slice(0, 10))).toEqual([
      '2024-03-27',
      '2024-03-27',
    ]);
    expect(rejects).toMatchObject([{ row: 3, issues: [{ code: 'ambiguous_date' }] }]);
  });

  it('fills a short row with blanks only where the platform writes short rows', () => {
    expect(issuesOf(mapKeys(['Order ID', 'Email', 'Total'], [['1', 'ada@example.com']]))).toEqual([
      ['error', 'too_few_cells', null],
    ]);
    const headers = ['Backer Number', 'Pledged Status', 'Pledge Amount', 'Email'];
    const short = mapKeys(headers, [['1', 'collected', '$5']], { platform: 'kickstarter' });
    expect(issuesOf(short)).toEqual([['warning', 'missing_email', 'Email']]);
  });

  it('refuses filled cells beyond the header, but not blank ones', () => {
    const headers = Object.keys(core);
    expect(mapKeys(headers, [['1', 'ada@example.com', '', ' ']]).records).toHaveLength(1);
    expect(mapKeys(headers, [['1', 'ada@example.com', '', 'x']]).issues).toMatchObject([
      { code: 'too_many_cells', column: null, value: 'x' },
    ]);
  });

  it('leaves an address out, with a warning, until the survey is answered', () => {
    const headers = ['Backer Number', 'Pledged Status', 'Pledge Amount', 'Email', 'Survey Response'];
    const row = ['1', 'collected', '$5', 'ada@example.com'];
    const address = ['Shipping Address 1', 'Shipping City', 'Shipping Country Code'];
    const map = (answered: string) =>
      mapKeys([...headers, ...address], [[...row, answered, '1 Road', 'Rome', 'IT']], {
        platform: 'kickstarter',
      });
    const unanswered = map('');
    expect(issuesOf(unanswered)).toEqual([['warning', 'unconfirmed_address', 'Shipping Address 1']]);
    expect(unanswered.records[0]?.pledge).toMatchObject({
      shippingAddress1: null,
      shippingCity: null,
      shippingCountry: null,
    });
    expect(map('2024/03/01, 12:00').records[0]?.pledge).toMatchObject({ shippingCity: 'Rome' });
  });

  it('takes an empty spreadsheet guard for a blank cell', () => {
    const mapped = mapOne({ ...core, Email: '=""', Phone: '=""', Zip: '="  "', Colour: ' ="" ' });
    expect(issuesOf(mapped)).toEqual([['warning', 'missing_email', 'Email']]);
    expect(mapped.records[0]?.pledge).toMatchObject({
      shippingPhone: null,
      shippingPostalCode: null,
      extra: null,
    });
  });

  it('identifies a backer by e-mail, else by the customer id, else by the pledge', () => {
    const identityOf = (cells: Readonly<Record<string, string>>) =>
      mapOne({ ...core, ...cells }).records[0]?.backer.identity;
    expect(identityOf({ Email: 'Ada@Example.COM', 'Customer ID': '7' })).toBe('ada@example.com');
    expect(identityOf({ Email: '', 'Customer ID': '7' })).toBe('generic:7');
    expect(identityOf({ Email: '' })).toBe('generic:pledge:1');
  });

  it('joins first and last name where there is no full name', () => {
    expect(mapOne({ ...core, 'First Name': 'Ada', 'Last Name': 'King' }).records[0]?.backer.name).toBe(
      'Ada King',
    );
    expect(mapOne({ ...core, 'First Name': '', 'Last Name': '' }).records[0]?.backer.name).toBeNull();
  });
});

describe('columns without a field', () => {
  function extraOf(headers: readonly string[], cells: readonly string[]) {
    const mapped = mapKeys(['Order ID', 'Email', ...headers], [['1', 'ada@example.com', ...cells]]);
    expect(mapped.rejects).toEqual([]);
    return mapped.records[0]?.pledge?.extra;
  }

  it('are kept with the pledge under their own header', () => {
    expect(extraOf(['Shoe size', 'Blank'], ['44', ' '])).toEqual({ 'Shoe size': '44' });
  });

  it('get numbered names where they have the same header as another column', () => {
    expect(extraOf(['A', 'A', 'A', 'A (2)', 'Email'], ['1', '2', '3', '4', '5'])).toEqual({
      A: '1',
      'A (2)': '2',
      'A (3)': '3',
      'A (2) (2)': '4',
      'Email (2)': '5',
    });
  });

  it('may be named like properties of every object', () => {
    const headers = ['__proto__', 'constructor', 'toString', '__proto__', ''];
    const extra = extraOf(headers, ['1', '2', '3', '4', '5']) ?? {};
    expect(Object.entries(extra)).toEqual([
      ['"__proto__"', '1'],
      ['constructor', '2'],
      ['toString', '3'],
      ['"__proto__" (2)', '4'],
      ['Column 7', '5'],
    ]);
  });

  it('are kept under a header without characters that Postgres cannot store', () => {
    expect(extraOf(['a\0b', '\ud800'], ['1', '2'])).toEqual({ 'a\u2400b': '1', '\ufffd': '2' });
  });
});

describe('text that is too long', () => {
  it.each([
    ['Name', maxLineLength],
    ['Order ID', maxKeyLength],
    ['Customer ID', maxKeyLength],
    ['Reward', maxKeyLength],
    ['SKU', maxKeyLength],
    ['Country', maxLineLength],
    ['Notes', maxTextLength],
    ['Something else', maxTextLength],
  ])('in %s rejects the row and names the column', (header, limit) => {
    const at = mapOne({ ...core, [header]: 'x'.repeat(limit) });
    if (header !== 'Customer ID') expect(at.records).toHaveLength(1);
    const beyond = mapOne({ ...core, Email: '', [header]: 'x'.repeat(limit + 1) });
    const errors = beyond.issues.filter((issue) => issue.severity === 'error');
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      expect(error).toMatchObject({ code: 'value_too_long', column: header });
      expect(error.value?.length).toBe(maxIssueValueLength + 1);
    }
  });

  it('as a survey answer names the question', () => {
    const headers = ['Backer Number', 'Pledged Status', 'Pledge Amount', 'Notes', 'Why?'];
    const row = ['1', 'collected', '$5', '', 'x'.repeat(maxTextLength + 1)];
    const mapped = mapKeys(headers, [row], { platform: 'kickstarter' });
    expect(mapped.issues.filter((issue) => issue.severity === 'error')).toMatchObject([
      { code: 'value_too_long', column: 'Why?' },
    ]);
  });

  it('never makes a message long', () => {
    const mapped = mapOne({ ...core, Status: 'x'.repeat(1_000_000) });
    expect(mapped.issues[0]?.message.length).toBeLessThan(1_000);
  });
});

describe('the rows of any file', () => {
  const known = platforms.flatMap((platform) => platform.columns.map((column) => column.title));
  const header = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...known, 'Survey Response', 'Notes', 'Backing Minimum') },
    {
      weight: 1,
      arbitrary: fc.constantFrom('__proto__', '', 'Map', '[Addon: 7] Dice', 'Map', 'Charge Token'),
    },
    { weight: 1, arbitrary: anyString },
  );
  const cell = fc.oneof(
    fc.constantFrom('', ' ', '=""', '0', '1', '2', '1.5', '-1', 'collected', 'US', '$1.00 USD', '€5', 'EUR'),
    fc.constantFrom(
      'ada@example.com',
      '2024/03/28, 10:27',
      '03/04/2024',
      '1.23E+11',
      'a\0b',
      '\ud800',
      'No response',
      '1.234',
      'caf\ufffd',
      '+1 617 555 0100',
    ),
    anyString,
  );
  const file = fc.record({
    headers: fc.array(header, { maxLength: 20 }),
    rows: fc.array(fc.array(cell, { maxLength: 22 }), { maxLength: 8 }),
    platform: fc.constantFrom(...platforms.map((platform) => platform.name)),
    currency: fc.constantFrom(undefined, 'USD', 'JPY'),
  });
  // Files with many records: the required columns hold valid values.
  const goodFile = file.map(({ headers, rows, ...rest }) => ({
    ...rest,
    headers: ['Backer Number', 'Pledged Status', 'Pledge Amount', ...headers],
    rows: rows.map((cells, index) => [String(index % 3), 'collected', '$5.00 USD', ...cells]),
    platform: 'kickstarter',
  }));

  it('are each part of a record, a reject with an error, or left out with a warning, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(file, goodFile), ({ headers, rows, platform, currency }) => {
        const mapped = mapKeys(headers, rows, { platform, currency });
        const { records, rejects, leftOut, issues, importedRows } = mapped;
        const imported = importedRowsOf(mapped);
        expect(imported).toHaveLength(importedRows);
        const others = [...rejects, ...leftOut].map(({ row }) => row);
        const numbers = [...imported, ...others].sort((a, b) => a - b);
        expect(numbers).toEqual(rows.map((_, index) => index + 1));
        for (const reject of rejects) {
          expect(reject.issues.some((issue) => issue.severity === 'error')).toBe(true);
          expect(reject.cells).toBe(rows[reject.row - 1]);
        }
        const refused = new Set(rejects.map((reject) => reject.row));
        for (const issue of issues) {
          if (issue.severity === 'error') expect(refused.has(issue.row)).toBe(true);
        }
        for (const { row } of leftOut) {
          const found = issues.filter((issue) => issue.row === row);
          expect(found).toMatchObject([{ code: 'left_out_row', severity: 'warning' }]);
        }
        const stored = JSON.stringify([records, issues]);
        expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('give the same order by order as together, except where several orders have the same number', () => {
    fc.assert(
      fc.property(fc.oneof(file, goodFile), ({ headers, rows, platform, currency }) => {
        const together = mapKeys(headers, rows, { platform, currency });
        const known = findPlatform(platform);
        const orders = known ? findOrderGrouping(headers, known) : null;
        const settled = ['several_people', 'refund_row'];
        if (together.issues.some(({ code }) => settled.includes(code))) return;
        const alone: MappedRows[] = [];
        for (let start = 0; start < rows.length; ) {
          const end = orderEnd(rows, start, orders);
          alone.push(mapKeys(headers, rows.slice(start, end), { platform, currency, firstRow: start + 1 }));
          start = end;
        }
        expect(alone.flatMap((one) => one.records)).toEqual(together.records);
        expect(alone.flatMap((one) => one.rejects)).toEqual(together.rejects);
        expect(alone.flatMap((one) => one.leftOut)).toEqual(together.leftOut);
        expect(alone.flatMap((one) => one.issues)).toEqual(
          together.issues.filter((issue) => issue.code !== 'repeated_pledge'),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('give the same with blank cells at their end as without them', () => {
    fc.assert(
      fc.property(goodFile, ({ headers, rows, platform }) => {
        const cut = rows.map((cells) => cells.slice(0, headers.length));
        const padded = cut.map((cells) => [...cells, ...headers.slice(cells.length).map(() => '')]);
        const short = mapKeys(headers, cut, { platform });
        const full = mapKeys(headers, padded, { platform });
        expect(full.records).toEqual(short.records);
        expect(full.issues).toEqual(short.issues);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the cache of repeated texts', () => {
  it('gives right results for more texts than it can hold', () => {
    const rows = Array.from({ length: 2_000 }, (_, index) => [
      String(index),
      `ada${index}@example.com`,
      index % 2 ? `${index}.00` : '5.00',
      index % 3 ? 'paid' : 'refunded',
    ]);
    const { records, rejects } = mapKeys(['Order ID', 'Email', 'Total', 'Status'], rows);
    expect(rejects).toEqual([]);
    for (const [index, { backer, pledge }] of records.entries()) {
      expect([backer.email, pledge?.amount, pledge?.statusRaw]).toEqual(rows[index]?.slice(1));
    }
  });

  it('does not mix the currencies of equal amounts', () => {
    const rows = ['USD', 'EUR', '', 'USD'].map((currency, index) => [
      String(index),
      'a@example.com',
      '5',
      currency,
    ]);
    const { records } = mapKeys(['Order ID', 'Email', 'Total', 'Currency'], rows);
    expect(records.map((record) => record.pledge?.currency)).toEqual(['USD', 'EUR', null, 'USD']);
  });
});

describe('two columns for one field', () => {
  it('are read by the better one in every row, and the other is kept with the pledge', () => {
    const headers = ['Order Number', 'Transaction ID', 'Email', 'Order Total', 'Amount Paid'];
    const rows = [
      ['1001', 'tx-1', 'ada@example.com', '10.00', '4.00'],
      ['', 'tx-2', 'bo@example.com', '12.00', '12.00'],
    ];
    const { records, rejects } = mapKeys(headers, rows);
    expect(records).toMatchObject([
      {
        pledge: {
          externalId: '1001',
          amount: '10.00',
          extra: { 'Transaction ID': 'tx-1', 'Amount Paid': '4.00' },
        },
      },
    ]);
    // If the transaction id replaced a blank order number, the next file could make a second pledge of it.
    expect(rejects).toMatchObject([{ row: 2, issues: [{ code: 'missing_value', column: 'Order Number' }] }]);
  });
});

describe('a row with hundreds of broken cells', () => {
  it('is rejected with a short list of issues', () => {
    const addOns = Array.from({ length: 300 }, (_, n) => `[Addon: ${n}] Thing ${n}`);
    const headers = [
      'Backer Number',
      'Backer UID',
      'Backer Name',
      'Email',
      'Pledged Status',
      'Pledge Amount',
      ...addOns,
    ];
    const row = ['1', '2', 'Ada', 'ada@example.com', 'collected', '$5.00 USD', ...addOns.map(() => '-1')];
    const { rejects, issues } = mapKeys(headers, [row]);
    expect(rejects).toHaveLength(1);
    expect(issues.length).toBeLessThanOrEqual(22);
    expect(issues.at(-1)).toMatchObject({ code: 'more_issues', severity: 'warning', row: 1 });
    expect(issues[0]).toMatchObject({ code: 'invalid_quantity', severity: 'error' });
  });
});

describe('a pledge', () => {
  it('of more than 1,000 products is rejected, and the row says why', () => {
    const columns = Array.from({ length: 1_001 }, (_, n) => ({ position: n + 2, as: 'add-on' as const }));
    const headers = ['ID', 'Email', ...columns.map(({ position }) => `Dice ${position}`)];
    const row = ['7', 'ada@example.com', ...columns.map(() => '1')];
    const options = {
      columns: [
        { position: 0, as: 'externalId' as const },
        { position: 1, as: 'email' as const },
        ...columns,
      ],
    };
    const { records, rejects, issues } = mapKeys(headers, [row, [...row.slice(0, -1), '0']], options);
    expect(records.map((record) => record.pledge?.items?.length)).toEqual([1_000]);
    expect(rejects.map((reject) => reject.row)).toEqual([1]);
    expect(issues).toMatchObject([{ row: 1, code: 'too_many_items', severity: 'error' }]);
    expect(issues[0]?.message).toContain('1001 different products');
  });
});
