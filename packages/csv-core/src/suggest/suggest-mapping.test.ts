import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';
import { columnAssignmentSchema } from '../mapping/column-assignment.js';
import { processorTime } from '../processor-time.testing.js';
import { type MappingSuggestion, suggestMapping } from './suggest-mapping.js';

type Row = readonly string[];

/** Makes `count` rows. Each column has a function from the row's number to the cell. */
function rowsOf(count: number, ...columns: readonly ((row: number) => string)[]): readonly Row[] {
  return Array.from({ length: count }, (_, row) => columns.map((column) => column(row)));
}

const cycle =
  (...values: readonly string[]) =>
  (row: number) =>
    values[row % values.length] ?? '';

const orderNumber = (row: number) => `A-${1000 + row}`;
const email = (row: number) => `person${row}@example.com`;
const person = cycle('Ada Lovelace', 'Grace Hopper', 'Alan Turing');
const price = (row: number) => `€${row + 5}.50`;
const country = cycle('Germany', 'France', 'USA', 'Japan');
const date = (row: number) => `2024-03-${String((row % 28) + 1).padStart(2, '0')}`;
const status = cycle('paid', 'paid', 'refunded');
const count = cycle('1', '', '2', '0', '1');
const street = (row: number) => `${row + 12} Main Street`;

function rolesOf({ columns }: MappingSuggestion): readonly string[] {
  return columns.map(({ as }) => as);
}

describe('suggestMapping', () => {
  it('uses only the names when there are no rows', () => {
    const { columns, missing } = suggestMapping(
      ['Bestellnummer', 'E-Mail', 'Betrag (EUR)', 'Land', 'Zebra'],
      [],
    );
    expect(columns.map(({ as }) => as)).toEqual(['externalId', 'email', 'amount', 'shippingCountry', 'kept']);
    expect(missing).toEqual([]);
    expect(columns[1]).toMatchObject({
      position: 1,
      header: 'E-Mail',
      reason: 'named like an e-mail address',
    });
  });

  it('uses only the cells when no column has a name', () => {
    const headers = ['Column 1', '', 'Unnamed: 2', 'D', 'E', 'F', 'G', 'H'];
    const rows = rowsOf(30, orderNumber, email, person, price, country, date, status, street);
    const suggestion = suggestMapping(headers, rows);
    expect(rolesOf(suggestion)).toEqual([
      'externalId',
      'email',
      'backerName',
      'amount',
      'shippingCountry',
      'pledgedAt',
      'status',
      'shippingAddress1',
    ]);
    expect(suggestion.columns[1]).toMatchObject({
      header: 'Column 2',
      reason: '30 of 30 cells are e-mail addresses',
    });
  });

  it('explains each suggestion for people', () => {
    const rows = rowsOf(100, orderNumber, (row) => (row < 2 ? 'none' : email(row)));
    const { columns } = suggestMapping(['Order ID', 'Email'], rows);
    expect(columns.map(({ reason }) => reason)).toEqual([
      'named like an order number, and all 100 cells differ',
      'named like an e-mail address, and 98 of 100 cells are e-mail addresses',
    ]);
  });

  it('does not suggest a field that the header names but the cells contradict', () => {
    const rows = rowsOf(20, orderNumber, person, person, date);
    const { columns, missing } = suggestMapping(['Order ID', 'Email', 'Country', 'Total'], rows);
    expect(columns.slice(1).map(({ as }) => as)).not.toContain('email');
    expect(columns[2]?.as).not.toBe('shippingCountry');
    expect(columns[3]?.as).not.toBe('amount');
    expect(columns[1]?.reason).toMatch(/names of people|0 of 20 cells are e-mail addresses/);
    expect(missing).toEqual(['email']);
  });

  it('recognises e-mail addresses under an unknown name', () => {
    const { columns } = suggestMapping(['Order ID', 'Kontaktdaten'], rowsOf(20, orderNumber, email));
    expect(columns[1]).toMatchObject({ as: 'email' });
  });

  it('assigns each field to the better one of two columns, and names it in the reason of the other', () => {
    const headers = ['Order ID', 'Email', 'E-mail Address', 'EMAIL'];
    const { columns } = suggestMapping(
      headers,
      rowsOf(5, orderNumber, () => '', email, email),
    );
    expect(columns.map(({ as }) => as)).toEqual(['externalId', 'kept', 'email', 'kept']);
    expect(columns[3]?.reason).toBe('named like an e-mail address, but "E-mail Address" fits better');
    expect(columns[3]?.alternatives[0]).toMatchObject({ as: 'email' });
  });

  it('suggests no field for two columns without a name that fit it equally', () => {
    const headers = ['Order ID', 'Email', 'Column 3', 'Column 4'];
    const { columns } = suggestMapping(headers, rowsOf(20, orderNumber, email, price, price));
    expect(columns.slice(2).map(({ as }) => as)).toEqual(['kept', 'kept']);
    expect(columns[2]?.alternatives[0]).toMatchObject({ as: 'amount' });
  });

  it('decides a word with two meanings by the cells', () => {
    const headers = ['ID', 'Email', 'Estado'];
    const suggest = (cell: (row: number) => string) =>
      suggestMapping(headers, rowsOf(20, orderNumber, email, cell)).columns[2]?.as;
    expect(suggest(cycle('pagado', 'cancelado'))).toBe('status');
    expect(suggest(cycle('Jalisco', 'Puebla', 'Sonora', 'Chiapas'))).toBe('shippingState');
  });

  it('suggests the last name for `Nom` beside `Prénom`', () => {
    const rows = rowsOf(6, orderNumber, email, cycle('Lovelace', 'Hopper'), cycle('Ada', 'Grace'));
    const { columns } = suggestMapping(['Commande', 'Courriel', 'Nom', 'Prénom'], rows);
    expect(columns.map(({ as }) => as)).toEqual(['externalId', 'email', 'lastName', 'firstName']);
  });

  it('uses the number of the person as that of the pledge in a list with one row per person', () => {
    const headers = ['Member ID', 'Email'];
    const once = rowsOf(10, orderNumber, email);
    expect(rolesOf(suggestMapping(headers, once))).toEqual(['externalId', 'email']);
    const twice = suggestMapping(headers, [...once, ...once]);
    expect(rolesOf(twice)).toEqual(['backerExternalId', 'email']);
    expect(twice.missing).toEqual(['externalId']);
  });

  it('reads Japanese files', () => {
    const headers = ['注文番号', 'メールアドレス', '住所', '支援額(円)', 'お名前'];
    const rows = rowsOf(
      3,
      orderNumber,
      email,
      cycle('東京都千代田区1-1'),
      cycle('5,000円'),
      cycle('山田 太郎'),
    );
    const expected = ['externalId', 'email', 'shippingAddress1', 'amount', 'backerName'];
    expect(rolesOf(suggestMapping(headers, rows))).toEqual(expected);
  });
});

describe('suggestMapping, for a column that fits no field,', () => {
  const roleOf = (header: string, cell: (row: number) => string) =>
    suggestMapping(['Order ID', 'Email', header], rowsOf(25, orderNumber, email, cell)).columns[2]?.as;

  it('suggests that it counts units of the product in its header', () => {
    expect(roleOf('Core Game', count)).toBe('item');
    expect(roleOf('Poster', count)).toBe('item');
    expect(roleOf('[Addon: 1077] Dice', count)).toBe('add-on');
    expect(roleOf('Add-on: Dice', count)).toBe('add-on');
  });

  it('does not suggest a product when its cells may be something else than counts', () => {
    expect(roleOf('Age', (row) => String(20 + row))).toBe('kept');
    expect(roleOf('Score', (row) => String(row))).toBe('kept');
    expect(roleOf('Stand', () => '0')).toBe('kept');
    expect(roleOf('Poster', cycle('1', 'two'))).toBe('kept');
    expect(roleOf('Wants stickers', cycle('1', '0'))).toBe('kept');
    expect(roleOf('Column 3', count)).toBe('kept');
    expect(roleOf('Newsletter', cycle('1', '0'))).toBe('kept');
  });

  it('does not suggest a product in a file with one product per row', () => {
    const headers = ['Order ID', 'Email', 'SKU', 'Quantity', 'Parcels'];
    const rows = rowsOf(10, orderNumber, email, cycle('BOX-1', 'BAG-2'), cycle('1', '2'), count);
    expect(rolesOf(suggestMapping(headers, rows)).at(-1)).toBe('kept');
  });

  it('suggests a question when its header asks one', () => {
    expect(roleOf('Which colour?', cycle('red', 'green'))).toBe('question');
    expect(roleOf('¿Qué talla', cycle('M', 'L'))).toBe('question');
    expect(roleOf('好きな色は？', cycle('赤', '青'))).toBe('question');
    expect(roleOf('How many extra copies would you like to have?', count)).toBe('question');
    expect(roleOf('Tell us the names of all the pets that live with you', cycle('Rex', 'Tom'))).toBe(
      'question',
    );
    expect(roleOf('Colour', cycle('red', 'green'))).toBe('kept');
  });

  it('suggests to ignore it when it is secret, whatever its cells look like', () => {
    expect(roleOf('Charge Token', email)).toBe('ignored');
    expect(roleOf('IP Address', street)).toBe('ignored');
  });
});

describe('the result of suggestMapping', () => {
  const headers = ['Bestellnr.', 'Kunde', 'E-mial', 'Betrag (EUR)', 'PLZ', 'Land', 'Würfel', 'Welche Farbe?'];
  const rows = rowsOf(
    12,
    orderNumber,
    person,
    email,
    price,
    () => '10115',
    country,
    count,
    cycle('rot', 'blau'),
  );

  it('is a mapping that mapKeys accepts', () => {
    const { columns, missing, confidence } = suggestMapping(headers, rows);
    expect(missing).toEqual([]);
    expect(confidence).toBeGreaterThan(0.8);
    for (const { position, as } of columns)
      expect(columnAssignmentSchema.parse({ position, as }).as).toBe(as);
    const { records, rejects } = mapKeys(headers, rows, { platform: 'generic', columns });
    expect(rejects).toEqual([]);
    expect(records[0]?.backer).toMatchObject({ email: 'person0@example.com', name: 'Ada Lovelace' });
    expect(records[0]?.pledge).toMatchObject({
      externalId: 'A-1000',
      amount: '5.50',
      currency: 'EUR',
      shippingPostalCode: '10115',
      shippingCountry: 'DE',
    });
    expect(records[0]?.pledge?.items).toMatchObject([{ quantity: 1 }]);
    expect(records[0]?.survey?.answers).toMatchObject([{ question: 'Welche Farbe?', answer: 'rot' }]);
  });

  it('names missing fields and then has less confidence', () => {
    expect(suggestMapping(['Colour'], [['red']])).toMatchObject({
      missing: ['externalId', 'email'],
      confidence: 0,
    });
    const withoutNumber = suggestMapping(['Email'], rowsOf(20, email));
    expect(withoutNumber.missing).toEqual(['externalId']);
    expect(withoutNumber.confidence).toBeLessThanOrEqual(0.5);
    expect(suggestMapping(['Order', 'Customer ID'], []).missing).toEqual([]);
  });

  it('has one entry per column and scores of two decimals for any file', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        'Email',
        'Order ID',
        'Name',
        '注文番号',
        '',
        '\0',
        '\ud800',
        '=1+1',
        '1',
        'a@example.com',
        '__proto__',
      ),
    );
    fc.assert(
      fc.property(fc.array(text), fc.array(fc.array(text), { maxLength: 5 }), (anyHeaders, anyRows) => {
        const suggestion = suggestMapping(anyHeaders, anyRows);
        expect(suggestion.columns.map(({ position }) => position)).toEqual([...anyHeaders.keys()]);
        for (const { score, alternatives } of suggestion.columns) {
          expect(score).toBe(Math.round(score * 100) / 100);
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
          expect(alternatives.length).toBeLessThanOrEqual(3);
        }
        expect(suggestMapping(anyHeaders, anyRows)).toEqual(suggestion);
      }),
    );
  });

  it('depends on no more rows than maxRows', () => {
    const bad = rowsOf(50, orderNumber, () => 'nobody');
    const file = [...rowsOf(10, orderNumber, email), ...bad];
    expect(rolesOf(suggestMapping(['ID', 'B'], file, { maxRows: 10 }))).toEqual(['externalId', 'email']);
    expect(rolesOf(suggestMapping(['ID', 'B'], file))).toEqual(['externalId', 'kept']);
  });

  it('has no field with a score below the threshold', () => {
    const { columns } = suggestMapping(['B', 'C'], rowsOf(20, orderNumber, email), { threshold: 0.8 });
    expect(columns.map(({ as }) => as)).toEqual(['kept', 'email']);
  });
});

describe('the time that suggestMapping takes', () => {
  const wide = Array.from(
    { length: 60 },
    (_, column) => [`Order ID`, `Customer E-mail ${column}`, `Thing ${column}`][column % 3] ?? '',
  );
  const makers = [orderNumber, email, (row: number) => `Some words and the number ${row * 7}`, price, person];
  const cells = (count: number) =>
    rowsOf(
      count,
      ...wide.map((_, column) => (row: number) => makers[column % makers.length]?.(row * 60 + column) ?? ''),
    );

  function fastest(run: () => unknown): number {
    return Math.min(...Array.from({ length: 5 }, () => processorTime(run)));
  }

  it('is less than a second for 60 columns and 200 rows', () => {
    const rows = cells(200);
    const time = fastest(() => suggestMapping(wide, rows));
    console.info(`60 columns × 200 rows: ${time.toFixed(1)} ms`);
    // About 25 on an idle machine.
    expect(time).toBeLessThan(1_000);
  });

  it('is at most proportional to the number of rows', () => {
    const rows = cells(2_000);
    const small = fastest(() => suggestMapping(wide, rows, { maxRows: 500 }));
    const large = fastest(() => suggestMapping(wide, rows, { maxRows: 2_000 }));
    expect(large).toBeLessThan(small * 4 * 3);
  });

  it('is bounded for a file of 2,000 columns with long and unknown names', () => {
    const headers = Array.from({ length: 2_000 }, (_, column) =>
      `Quastion ${column} xyzzy plugh frobnicate`.repeat(1 + (column % 20)),
    );
    const rows = [headers.map(() => 'x'.repeat(1_000))];
    expect(processorTime(() => suggestMapping(headers, rows))).toBeLessThan(20_000);
  });
});
