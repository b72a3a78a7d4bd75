import { formatCsvRow, rejectsHeader, rejectsRow } from '@pledgeline/csv-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileReading } from './file-reading.js';
import type { BookState } from './protocol.js';
import { openRejects, type RejectedRows } from './read-rejects.js';
import { openRejectBook, type RejectBook } from './reject-book.js';
import { writeRejects } from './write-rejects.js';

const uploadId = '019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70';
const headers = ['Order ID', 'Name', 'Email', 'Amount', 'Currency', 'Product', 'Quantity', 'Order Date'];
const fields = 'externalId backerName email amount currency productName quantity pledgedAt'.split(' ');

const reading: FileReading = {
  file: 0,
  platform: 'generic',
  columns: [
    { position: 0, as: 'externalId' },
    { position: 1, as: 'backerName' },
    { position: 2, as: 'email' },
    { position: 3, as: 'amount' },
    { position: 4, as: 'currency' },
    { position: 5, as: 'productName' },
    { position: 6, as: 'quantity' },
    { position: 7, as: 'pledgedAt' },
  ],
  dateOrders: [],
  decimalMark: '.',
  damage: null,
  repair: true,
  isSheet: false,
};

/** A row that would be imported, but for the cells that are given. */
function row(number: string, cells: Readonly<Record<string, string>> = {}): readonly string[] {
  const good: Readonly<Record<string, string>> = {
    externalId: number,
    backerName: 'Ada',
    email: `${number}@example.com`,
    amount: '25.00',
    currency: 'EUR',
    productName: 'Lamp',
    quantity: '1',
    pledgedAt: '2024-04-03',
  };
  return fields.map((field) => cells[field] ?? good[field] ?? '');
}

function fileOf(rows: readonly (readonly string[])[]): RejectedRows {
  return {
    headers,
    rows,
    lines: rows.map((_, at) => 10 + at),
    notes: rows.map(() => 'The database has refused it. [refused_by_database]'),
  };
}

const open = (rows: readonly (readonly string[])[]): RejectBook => openRejectBook(fileOf(rows), reading);

const groupsOf = ({ groups }: BookState) =>
  groups.map(({ code, column, open: now, rows }) => [code, column, now, rows]);

const email = 2;
const date = 7;

describe('Rejected rows', () => {
  it('are shown below their reason, the most frequent first, each with its line', () => {
    const book = open([
      row('1', { email: 'nobody' }),
      row('2', { pledgedAt: '03/04/2024' }),
      row('3', { pledgedAt: '05/04/2024' }),
    ]);
    const { lines, ...state } = book.state();
    expect(groupsOf({ lines, ...state })).toEqual([
      ['invalid_email', 'Email', 1, 1],
      ['ambiguous_date', 'Order Date', 2, 2],
    ]);
    expect([...lines]).toEqual([-2, 1, 2, -1, 0]);
    const shown = book.rowsBetween(0, 2);
    expect(shown).toMatchObject([
      null,
      { row: 1, line: 11, changed: [], reasons: [{ code: 'ambiguous_date' }] },
    ]);
    book.choose(0);
    expect([...book.state().lines]).toEqual([0]);
  });

  it('stay in their place when they are fixed, and say why they are still wrong otherwise', () => {
    const book = open([row('1', { email: 'nobody', amount: 'much' }), row('2', { email: 'no one' })]);
    book.edit(0, email, 'ada@example.com');
    expect(book.rowsBetween(1, 2)).toMatchObject([
      { row: 0, changed: [email], reasons: [{ code: 'invalid_money', column: 'Amount' }] },
    ]);
    book.edit(1, email, 'bob@example.com');
    expect([...book.state().lines]).toEqual([-1, 0, 1]);
    expect(book.state()).toMatchObject({ rows: 2, fixed: 1, changed: 2 });
    expect(groupsOf(book.state())).toEqual([
      ['invalid_email', 'Email', 0, 2],
      ['invalid_money', 'Amount', 1, 1],
    ]);
  });

  it('of one order are fixed together', () => {
    const book = open([
      row('1', { quantity: 'none' }),
      row('1', { productName: 'Cup' }),
      row('2', { email: 'x' }),
    ]);
    expect(book.rowsBetween(0, 9).flatMap((each) => each?.reasons.map(({ code }) => code) ?? [])).toEqual([
      'invalid_quantity',
      'order_rejected',
      'invalid_email',
    ]);
    book.edit(0, 6, '2');
    expect(book.state()).toMatchObject({ fixed: 2, changed: 1 });
    expect(book.fixed().file.rows.map(([number]) => number)).toEqual(['1', '1']);
    book.undo();
    expect(book.state()).toMatchObject({ fixed: 0, changed: 0, canRedo: true });
  });

  it('with the number of another row are read together with it, also when the number changes', () => {
    const bob = row('1', { email: 'bob@example.com', backerName: 'Bob' });
    const book = open([row('1'), row('2', { email: 'x' }), bob]);
    expect(groupsOf(book.state())).toContainEqual(['several_people', 'Order ID', 2, 2]);
    book.edit(2, 0, '3');
    // The first one was not touched, and is right without the other.
    expect(book.state()).toMatchObject({ fixed: 2 });
  });

  it('that would be imported as they are keep the note of the import until somebody changes them', () => {
    const book = open([row('1')]);
    expect(book.rowsBetween(1, 2)).toMatchObject([
      { reasons: [{ code: 'refused_by_database', message: expect.stringContaining('refused') }] },
    ]);
    expect(book.fixed().rows).toEqual([]);
    book.edit(0, 1, 'Ada Lovelace');
    expect(book.fixed().rows).toEqual([0]);
    book.edit(0, 1, 'Ada');
    expect(book.state()).toMatchObject({ fixed: 0, changed: 0 });
  });

  it('that are sent are gone, and the others can still be taken back', () => {
    const book = open([row('1', { email: 'x' }), row('2', { email: 'y' }), row('3', { email: 'z' })]);
    book.edit(0, email, 'a@example.com');
    book.edit(2, email, 'still wrong');
    const { rows, file } = book.fixed();
    expect([rows, file.lines]).toEqual([[0], [10]]);
    book.remove(rows);
    expect(book.state()).toMatchObject({ rows: 2, fixed: 0, changed: 1 });
    book.undo();
    expect(book.state()).toMatchObject({ changed: 0, canUndo: false });
    expect(book.rowsBetween(1, 3)).toMatchObject([
      { line: 11 },
      { line: 12, cells: row('3', { email: 'z' }) },
    ]);
  });
});

describe('A change of all rows with a reason', () => {
  it('says what it would do before it does it, and is taken back as a whole', () => {
    const book = open([
      row('1', { pledgedAt: '03/04/2024' }),
      row('2', { pledgedAt: '05/06/2024', email: 'nobody' }),
      row('3', { email: 'nobody' }),
    ]);
    const { groups } = book.state();
    const group = groups.findIndex(({ code }) => code === 'ambiguous_date');
    const change = { group, position: date, edit: { kind: 'dateOrder', order: 'dmy' } } as const;
    expect(book.try(change)).toEqual({ rows: 2, changed: 2, fixed: 1 });
    expect(book.state()).toMatchObject({ changed: 0, canUndo: false });
    book.apply(change);
    expect(book.state()).toMatchObject({ changed: 2, fixed: 1 });
    expect(book.fixed().file.rows[0]?.[date]).toBe('2024-04-03');
    book.undo();
    expect(book.state()).toMatchObject({ changed: 0, fixed: 0 });
    book.redo();
    expect(book.state()).toMatchObject({ changed: 2, fixed: 1 });
  });
});

describe('Whatever is done', () => {
  const cell = fc.constantFrom('', 'nobody', 'ada@example.com', '03/04/2024', '25', '=1', "'@x", 'a\nb', '7');
  const made = fc.array(
    fc
      .tuple(fc.constantFrom('1', '2', '3'), cell, cell)
      .map(([number, mail, day]) => row(number, { email: mail, pledgedAt: day })),
    { minLength: 1, maxLength: 6 },
  );
  const edits = fc.array(fc.tuple(fc.nat(5), fc.nat(9), cell), { maxLength: 6 });
  const looks = (book: RejectBook) => {
    const { lines, ...state } = book.state();
    return { rows: book.rowsBetween(0, lines.length), fixed: state.fixed, changed: state.changed };
  };

  it('is as before after it was taken back', () => {
    fc.assert(
      fc.property(made, edits, (rows, steps) => {
        const book = open(rows);
        const before = looks(book);
        for (const [at, position, text] of steps) book.edit(at, position, text);
        const after = looks(book);
        while (book.state().canUndo) book.undo();
        expect(looks(book)).toEqual(before);
        while (book.state().canRedo) book.redo();
        expect(looks(book)).toEqual(after);
      }),
      { numRuns: 60 },
    );
  });

  it('leaves each row as a reading of all rows would find it', () => {
    fc.assert(
      fc.property(made, edits, (rows, steps) => {
        const book = open(rows);
        for (const [at, position, text] of steps) book.edit(at, position, text);
        const now = book.rowsBetween(0, 99).filter((each) => each !== null);
        const inFile = now.toSorted((a, b) => a.row - b.row);
        const anew = open(inFile.map(({ cells }) => cells)).rowsBetween(0, 99);
        const isExplained = ({ code }: { readonly code: string }): boolean => code !== 'refused_by_database';
        for (const each of anew) {
          if (each === null) continue;
          const kept = inFile[each.row]?.reasons.filter(isExplained);
          expect(kept).toEqual(each.reasons.filter(isExplained));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('The file that is sent', () => {
  const read = (bytes: Uint8Array) => {
    const reader = openRejects();
    for (let at = 0; at < bytes.length; at += 7) reader.push(bytes.subarray(at, at + 7));
    return reader.end();
  };

  it('has the cells of unchanged rows as rejected.csv has them', () => {
    const unit = fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '\t',
      '\r',
      '\n',
      "'",
      '"',
      ',',
      ';',
      '1',
      'a',
      'é',
      '_',
    );
    const text = fc.string({ unit, maxLength: 8 });
    const rows = fc.array(
      fc.tuple(text, text, text).map((cells) => [...cells, 'end']),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(rows, (all) => {
        const columns = ['=A', 'B', 'C', 'D'];
        const note = (at: number) => ({ line: at + 2, reasons: 'B: wrong, "x". [invalid_value]' });
        const file = [
          rejectsHeader(columns, uploadId),
          ...all.map((cells, at) => rejectsRow(cells, note(at))),
        ]
          .map((cells) => formatCsvRow(cells, { spreadsheetSafe: true }))
          .join('');
        const first = read(new TextEncoder().encode(`\ufeff${file}`));
        expect(first.rows).toEqual(all);
        const again = writeRejects(first, uploadId).join('');
        expect(again).toBe(`\ufeff${file}`);
        expect(read(new TextEncoder().encode(again))).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });
});
