import { gzipSync } from 'node:zlib';
import { processUpload } from '@pledgeline/db/testing';
import { craftZip, packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../test-support/answers.js';
import { startApi, type TestApi } from '../test-support/start-api.js';

// One entry for each known case of bad input, with the exact message for the merchant.

let api: TestApi;
let campaigns = 0;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { MAX_CELL_LENGTH: 1_000_000 } });
});
afterAll(() => api.close());

const header = 'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status,Notes';
const row = (number: number, name = 'Ada', notes = '') =>
  `${number},${1_000 + number},${name},a${number}@example.com,$1.00,collected,${notes}`;
const file = (...rows: readonly string[]) => `${[header, ...rows].join('\n')}\n`;
const names = ['Zoë', 'Čáp', 'François', 'Núñez', 'Müller', 'Łukasz', '日本', 'Søren'];
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('A bad file is refused with the exact message', () => {
  it.each<
    [
      what: string,
      body: () => string | Uint8Array | Promise<Uint8Array>,
      status: number,
      code: string,
      detail: string,
    ]
  >([
    [
      'an empty file',
      () => '',
      422,
      'empty_file',
      'The file is empty. Export it again and send the new file.',
    ],
    [
      'blank lines only',
      () => '\n\n\r\n',
      422,
      'empty_file',
      'The file is empty. Export it again and send the new file.',
    ],
    [
      'a header only',
      () => `${header}\n`,
      422,
      'no_rows',
      'The file has a header but no rows below it. Check that the export was not filtered, and export it again.',
    ],
    [
      'blank cells only',
      () => ',,\n,,\n',
      422,
      'no_header',
      'The file has no header: all its cells are blank. Send the export with its first row, the column names.',
    ],
    [
      'an unterminated quote',
      () => file(row(1), `2,"Bo`, row(3)),
      422,
      'unterminated_quote',
      'The quotation mark opened on line 3 is never closed. Close or remove it and send the file again.',
    ],
    [
      'a wrong encoding',
      () =>
        Buffer.concat([
          Buffer.from(file(...names.map((name, n) => row(n, name)))),
          Buffer.from([0xff, 0xfe, 10]),
        ]),
      422,
      'invalid_encoding',
      'The file was read as UTF-8, but byte 449, on line 10, does not fit. Save it as "CSV UTF-8" and send it again, or name its encoding (?encoding=).',
    ],
    [
      'UTF-16 that was cut off',
      () => utf16(file(row(1))).subarray(0, -1),
      422,
      'invalid_encoding',
      'The file was read as UTF-16LE and ends within a character, at byte 242 on line 2: it may be cut off. Export it again, or name its encoding (?encoding=).',
    ],
    [
      'a huge cell',
      () => file(row(1, 'x'.repeat(1_000_001))),
      422,
      'cell_too_long',
      'A cell on line 2 is longer than 1000000 characters. Shorten it, or check that the file is a table.',
    ],
    [
      '10,000 columns',
      () => `${Array.from({ length: 10_000 }, (_, n) => `c${n}`).join(',')}\n1\n`,
      422,
      'too_many_columns',
      'The row on line 1 has more than 2000 columns. Remove columns that are not needed, or check that the file is a table.',
    ],
    [
      'a PDF named .csv',
      () => '%PDF-1.7\n%âãÏÓ',
      422,
      'not_csv',
      'The file looks like a PDF document, not like CSV. Export the table as CSV instead.',
    ],
    [
      'a web page',
      () => '<!DOCTYPE html><html>',
      422,
      'not_csv',
      'The file looks like a web page, not like CSV. Download the export again, since you may have been signed out. If it came from an "Excel" button, open it in Excel and save it as .xlsx.',
    ],
    [
      'an old Excel workbook',
      () => Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      422,
      'not_csv',
      'The file looks like an old Excel workbook, or one with a password, not like CSV. Remove the password. Save the sheet as "CSV UTF-8".',
    ],
    [
      'a truncated gzip',
      () => gzipSync(file(row(1))).subarray(0, 40),
      422,
      'damaged_archive',
      'The gzip file is cut off: its end is missing. Download or compress it again and send it whole.',
    ],
    [
      'a truncated zip',
      async () => (await packZip({ 'a.csv': file(row(1)) })).subarray(0, 90),
      422,
      'damaged_archive',
      'The zip archive is cut off or damaged: its list of files cannot be read. Download or pack it again and send it whole.',
    ],
    [
      'an encrypted zip',
      () => craftZip([{ name: 'a.csv', content: file(row(1)), flags: 1 }]),
      422,
      'encrypted_archive',
      '"a.csv" in the archive has a password. Pack the files again without one.',
    ],
    [
      'a zip of junk',
      () => packZip({ '__MACOSX/._a.csv': 'x', '.hidden.csv': file(row(1)) }),
      422,
      'no_file_in_archive',
      'The archive holds no file that could be a table. Put the CSV or Excel file into it.',
    ],
    [
      'a zip in a zip',
      async () => packZip({ 'b.zip': await packZip({ 'a.csv': file(row(1)) }) }),
      422,
      'nested_archive',
      'The archive holds another archive, "b.zip". Unpack that one and send its files.',
    ],
    [
      'a zip bomb',
      () => gzipSync(Buffer.from(file(row(1)).repeat(400_000)), { level: 9 }),
      413,
      'ratio_too_high',
      'The file grows more than 200 times when it is unpacked, as no export does. Send the CSV itself, not compressed.',
    ],
  ])('for %s', async (_what, body, status, code, detail) => {
    const problem = await readProblem(await api.upload(await body()));
    expect(problem).toMatchObject({ status, code });
    expect(problem['detail']).toBe(detail);
  });
});

const issuesSchema = z.object({
  issues: z.array(
    z.object({
      line: z.number(),
      column: z.string().nullable(),
      code: z.string(),
      message: z.string(),
      severity: z.string(),
    }),
  ),
});

describe('A row of an upload', () => {
  async function importRows(body: string | Uint8Array) {
    campaigns += 1;
    const { id } = await readAccepted(await api.upload(body, `campaign=Bad ${campaigns}`));
    await processUpload(api.database, id);
    const upload = z
      .object({ rows: z.object({ imported: z.number(), rejected: z.number() }) })
      .parse(await (await api.send(`/v1/uploads/${id}`)).json());
    const { issues } = issuesSchema.parse(await (await api.send(`/v1/uploads/${id}/issues`)).json());
    const backers = await api.database.prisma.backer.findMany({
      where: { campaign: { name: `Bad ${campaigns}` } },
      orderBy: { email: 'asc' },
    });
    return { ...upload.rows, issues, names: backers.map(({ name }) => name) };
  }

  it.each<
    [
      what: string,
      body: string | Uint8Array,
      line: number,
      column: string | null,
      code: string,
      message: string,
    ]
  >([
    [
      'with too many cells',
      file(row(1), `${row(2)},more`),
      3,
      null,
      'too_many_cells',
      'The row has more cells than the 7 of the header. Quote cells that hold the delimiter, and give every column a name.',
    ],
    [
      'with a cell of nearly 1 MB',
      file(row(1), row(2, 'Ada', 'x'.repeat(999_000))),
      3,
      'Notes',
      'value_too_long',
      'The text is longer than 100000 characters. Shorten it.',
    ],
    [
      'with a NUL byte',
      file(row(1), row(2, 'A\0da')),
      3,
      'Backer Name',
      'control_character',
      'The text holds a character that cannot be stored (NUL or half of an emoji). Type it again.',
    ],
    [
      'with a number that a spreadsheet shortened',
      file(row(1), row(2).replace('1002', '1.23E+11')),
      3,
      'Backer UID',
      'scientific_notation',
      'A spreadsheet shortened this number and its last digits are lost. Export the file again and send it without opening it in a spreadsheet.',
    ],
    [
      'with a broken amount, after a line end in quotes',
      file(row(1, 'Ada', '"two\nlines"'), row(2).replace('$1.00', 'a lot')),
      4,
      'Pledge Amount',
      'invalid_money',
      'This is not an amount of money. Write it like 1234.50 or 1234.50 USD.',
    ],
  ])('%s is rejected', async (_what, body, line, column, code, message) => {
    const { imported, rejected, issues } = await importRows(body);
    expect({ imported, rejected }).toEqual({ imported: 1, rejected: 1 });
    expect(issues).toEqual([{ line, column, code, severity: 'error', message }]);
  });

  it.each<
    [
      what: string,
      body: string | Uint8Array,
      line: number,
      column: string | null,
      code: string,
      message: string,
    ]
  >([
    [
      'of which half an emoji is left, in UTF-16',
      utf16(file(row(1), row(2, 'A\ud83d'))),
      3,
      'Backer Name',
      'lost_character',
      'A character was lost before the file reached us and stands here as �. Correct the cell, or export the file again as UTF-8.',
    ],
    [
      'with the key of another one',
      file(row(1), row(1)),
      3,
      'Backer Number',
      'repeated_pledge',
      'Row 1 has the same number. The two are one pledge, and the filled cells of the later row count.',
    ],
  ])('%s is imported with a warning', async (_what, body, line, column, code, message) => {
    const { rejected, issues } = await importRows(body);
    expect(rejected).toBe(0);
    expect(issues).toEqual([{ line, column, code, severity: 'warning', message }]);
  });

  it.each<[what: string, body: string | Uint8Array, name: string]>([
    ['with bare quotes', file(row(1, 'Ada "A" B')), 'Ada "A" B'],
    ['in a file of mixed line ends', `${header}\r\n${row(1)}\n\r${row(2)}\r\n`, 'Ada'],
    [
      'that ends early, as Kickstarter writes it',
      `${header}\n1,1001,Ada,a1@example.com,$1.00,collected\n`,
      'Ada',
    ],
    ['under a header that is there twice', file(row(1)).replace('Notes', 'Email'), 'Ada'],
    ['with U+2028', file(row(1, 'A\u2028B')), 'A\u2028B'],
    ['with a right-to-left name', file(row(1, 'مريم العلي')), 'مريم العلي'],
    ['with emoji', file(row(1, '🎲 Ada 👩‍👩‍👧')), '🎲 Ada 👩‍👩‍👧'],
    ['beside a cell of 60,000 characters', file(row(1, 'Ada', 'x'.repeat(60_000))), 'Ada'],
  ])('%s is imported', async (_what, body, name) => {
    const { rejected, names } = await importRows(body);
    expect(rejected).toBe(0);
    expect(names[0]).toBe(name);
  });
});
