import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { processUpload } from '@pledgeline/db/testing';
import { craftZip, packXlsx, packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readProblem } from '../test-support/answers.js';
import { startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
let campaigns = 0;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'), {
    config: { MAX_UNPACKED_BYTES: 12_000_000, MAX_COMPRESSION_RATIO: 100, MAX_ARCHIVE_FILES: 12 },
  });
});
afterAll(() => api.close());

const headers = [
  'Backer Number',
  'Backer UID',
  'Backer Name',
  'Email',
  'Pledge Amount',
  'Pledged Status',
  'Notes',
];

function table(delimiter: string, people: readonly (readonly [number: number, name: string])[]): string {
  const rows = people.map(([number, name]) => [
    number,
    1_000 + number,
    name,
    `backer${number}@example.com`,
    '$25.00',
    'collected',
    '',
  ]);
  return [headers, ...rows].map((row) => `${row.join(delimiter)}\r\n`).join('');
}

/** Rows of cells as Google Sheets writes them. */
function sheetRows(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) =>
    row.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');
  return rows.map((row) => `<row>${cells(row)}</row>`).join('');
}

const repeated = (length: number) => Buffer.alloc(length, `${headers.join(',')}\n`);
/** Rows of random hexadecimal digits, which gzip can only halve. */
const incompressible = (length: number) =>
  Buffer.from(
    randomBytes(length / 2)
      .toString('hex')
      .replace(/.{60}/g, '$&\n'),
  );

const people = [
  [1, 'Zoë Müller'],
  [2, 'François Lefèvre'],
] as const;
const csv = table(',', people);

const uploadSchema = z.looseObject({
  status: z.string(),
  platform: z.string().nullable(),
  files: z.array(z.looseObject({})),
});
const issuesSchema = z.object({
  issues: z.array(z.looseObject({ file: z.string().nullable(), line: z.number().nullable() })),
});

/** Uploads a file to a campaign of its own, processes it as a worker does, and reads the result. */
async function importFile(body: string | Uint8Array, query = '', headers: Record<string, string> = {}) {
  campaigns += 1;
  const campaign = `Lamp ${campaigns}`;
  const response = await api.upload(body, `campaign=${encodeURIComponent(campaign)}${query}`, {
    headers: { 'content-type': 'application/octet-stream', ...headers },
  });
  if (response.status !== 202) throw new Error(await response.text());
  const { id } = await readAccepted(response);
  await processUpload(api.database, id);
  const upload = uploadSchema.parse(await (await api.send(`/v1/uploads/${id}`)).json());
  const { issues } = issuesSchema.parse(await (await api.send(`/v1/uploads/${id}/issues`)).json());
  const backers = await api.database.prisma.backer.findMany({
    where: { campaign: { name: campaign } },
    orderBy: { email: 'asc' },
  });
  return { id, upload, issues, backers, names: backers.map(({ name }) => name) };
}

const names = people.map(([, name]) => name);

/** The bytes of a text in which each character stands for the byte with its code. */
const bytesOf = (text: string) => Buffer.from(text, 'latin1');

describe('The encoding of an uploaded file', () => {
  const nameOf = (first: string, second: string) =>
    table(',', [
      [1, first],
      [2, second],
    ]);
  it.each<[string, string | Uint8Array, string, readonly string[]]>([
    [
      'apostrophes of Windows-1252',
      bytesOf(nameOf('Sean O\x92Brien', 'Mary D\x92Angelo')),
      'windows-1252',
      ['Sean O’Brien', 'Mary D’Angelo'],
    ],
    [
      'one word of Windows-1252 in every row',
      bytesOf(nameOf('S\xe3o Tom\xe9', 'S\xe3o Tom\xe9')),
      'windows-1252',
      ['São Tomé', 'São Tomé'],
    ],
    [
      'Greek letters as symbols, in UTF-8',
      nameOf('Ω Edition', 'β Tester'),
      'utf-8',
      ['Ω Edition', 'β Tester'],
    ],
    ['a turned comma in UTF-8', nameOf('Kaʻiulani', 'José'), 'utf-8', ['Kaʻiulani', 'José']],
    [
      'Hebrew',
      bytesOf(nameOf('\xe9\xe5\xf1\xf3 \xeb\xe4\xef', '\xf9\xf8\xe4 \xec\xe5\xe9')),
      'windows-1255',
      ['יוסף כהן', 'שרה לוי'],
    ],
    [
      'Russian of Unix',
      bytesOf(nameOf('\xe9\xd7\xc1\xce \xf0\xc5\xd4\xd2\xcf\xd7', '\xed\xc1\xd2\xc9\xd1')),
      'koi8-u',
      ['Иван Петров', 'Мария'],
    ],
    [
      'MS-DOS',
      bytesOf(nameOf('Jos\x82 Garc\xa1a', 'J\x81rgen M\x81ller')),
      'ibm850',
      ['José García', 'Jürgen Müller'],
    ],
  ])('is recognised: %s', async (_title, body, encoding, expected) => {
    const { upload, names: found } = await importFile(body);
    expect(upload.files).toMatchObject([{ format: { encoding: { name: encoding } } }]);
    expect(found).toEqual(expected);
  });

  it('is reported with samples and alternatives when it is a guess', async () => {
    const { upload, issues } = await importFile(bytesOf(nameOf('Ren\x8ee', 'Ada')));
    expect(upload.files).toMatchObject([{ format: { encoding: { certain: false } }, issueCount: 1 }]);
    expect(issues).toMatchObject([
      { row: null, line: null, code: 'uncertain_encoding', severity: 'warning' },
    ]);
    expect(issues[0]?.['message']).toMatch(
      /which is a guess\. Are these right: ".+"\? If not, send it again with \?encoding=\S+/,
    );
  });

  it('is refused at the line where a second one begins', async () => {
    const first = nameOf('Zoë Brontë', 'José García');
    const second = bytesOf('3,1003,No\xebl Andr\xe9,c@example.com,$25.00,collected,\r\n');
    const response = await api.upload(Buffer.concat([Buffer.from(first), second]), 'campaign=Glued', {
      headers: { 'content-type': 'text/csv' },
    });
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ status: 422, code: 'invalid_encoding', line: 4 });
  });

  it('is refused with a list of encodings to try when none makes sense', async () => {
    const noise = Array.from({ length: 12 }, (_, row) =>
      String.fromCharCode(
        ...Array.from({ length: 7 }, (__, at) => 0x80 + ((row * 53 + at * 91 + row * at * 7) % 128)),
      ),
    );
    const people = noise.map((name, index): [number, string] => [index + 1, name]);
    const response = await api.upload(bytesOf(table(',', people)), 'campaign=Noise', {
      headers: { 'content-type': 'text/csv' },
    });
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ status: 422, code: 'invalid_encoding', line: 2 });
    expect(problem['detail']).toContain('?encoding=');
  });
});

describe('An uploaded file is imported', () => {
  const utf16be = Buffer.from(csv, 'utf16le').swap16();
  it.each<[string, string | Uint8Array, string, object]>([
    [
      'in UTF-8 with a BOM',
      `\ufeff${csv}`,
      '',
      { encoding: { name: 'utf-8', source: 'bom', certain: true } },
    ],
    [
      'in UTF-16LE with a BOM',
      Buffer.from(`\ufeff${csv}`, 'utf16le'),
      '',
      { encoding: { name: 'utf-16le', source: 'bom', certain: true } },
    ],
    [
      'in UTF-16LE without a BOM',
      Buffer.from(csv, 'utf16le'),
      '',
      { encoding: { name: 'utf-16le', source: 'content' } },
    ],
    ['in UTF-16BE without a BOM', utf16be, '', { encoding: { name: 'utf-16be', source: 'content' } }],
    [
      'in Windows-1252',
      Buffer.from(csv, 'latin1'),
      '',
      { encoding: { name: 'windows-1252', source: 'content', certain: true } },
    ],
    [
      'in Windows-1252, named by the client',
      Buffer.from(csv, 'latin1'),
      '&encoding=latin1',
      { encoding: { name: 'windows-1252', source: 'requested' } },
    ],
    ['with semicolons', table(';', people), '', { delimiter: { value: ';', source: 'content' } }],
    ['with tabs', table('\t', people), '', { delimiter: { value: '\t', source: 'content' } }],
    ['with pipes', table('|', people), '', { delimiter: { value: '|', source: 'content' } }],
    [
      'with Excel’s sep= line',
      `sep=;\r\n${table(';', people)}`,
      '',
      { delimiter: { value: ';', source: 'sep-line' }, headerLine: 2 },
    ],
    [
      'with an unusual delimiter that the client names',
      table('^', people),
      '&delimiter=%5E',
      { delimiter: { value: '^', source: 'requested' } },
    ],
    [
      'with a delimiter that the client gives by name',
      table('\t', people),
      '&delimiter=tab',
      { delimiter: { value: '\t', source: 'requested' } },
    ],
    [
      'with title lines above the header',
      `Backer report\r\n\r\n"Made by, us"\r\n${csv}`,
      '',
      { headerLine: 4, titleLines: [1, 3] },
    ],
    ['as gzip', gzipSync(csv), '', { encoding: { name: 'utf-8' } }],
    ['as gzip in gzip', gzipSync(gzipSync(csv)), '', { encoding: { name: 'utf-8' } }],
  ])('%s', async (_what, body, query, format) => {
    const { upload, backers } = await importFile(body, query);
    expect(backers.map(({ name }) => name)).toEqual(names);
    expect(upload).toMatchObject({ status: 'COMPLETED', platform: 'kickstarter' });
    expect(upload.files).toMatchObject([{ name: null, skipped: null, rowCount: 2, format }]);
  });

  it('as gzip when its bytes are gzip, whatever Content-Encoding says', async () => {
    for (const body of [gzipSync(csv), csv]) {
      const { names: found } = await importFile(body, '', { 'content-encoding': 'gzip' });
      expect(found).toEqual(names);
    }
  });

  it('as a workbook whose rows end with their last cell, even for a platform that refuses short rows', async () => {
    const rows = [
      ['Order ID', 'Email', 'Amount', 'Notes'],
      ['A-1', 'ada@example.com', '5.00'],
      ['A-2', 'bo@example.com'],
    ];
    const { upload, issues, backers } = await importFile(
      await packXlsx({
        sheets: [
          { name: 'Cover', rows: sheetRows([['Orders 2024']]) },
          { name: 'Orders', rows: sheetRows(rows) },
        ],
      }),
    );
    expect(issues).toEqual([]);
    expect(backers).toHaveLength(2);
    expect(upload.files).toMatchObject([
      { sheet: 'Orders' },
      { skipped: expect.stringContaining('?sheet=Cover') },
    ]);
  });

  it('as a workbook, of which one sheet is read', async () => {
    const rows = people.map(([number, name]) => [
      String(number),
      String(1_000 + number),
      name,
      `backer${number}@example.com`,
      '$25.00',
      'collected',
    ]);
    const workbook = await packXlsx({
      sheets: [
        { name: 'Read me', rows: sheetRows([['Nothing here']]) },
        {
          name: 'Backers',
          rows: sheetRows([
            headers.slice(0, 6),
            ...rows,
            ['3', '1003', 'Nobody', 'no address', '$1.00', 'collected'],
          ]),
        },
      ],
    });
    const { upload, names: found, issues } = await importFile(workbook, '&sheet=backers');
    expect(found).toEqual(names);
    expect(upload.files).toMatchObject([
      { name: null, sheet: 'Backers', rowCount: 3, format: { encoding: null } },
    ]);
    expect(issues).toMatchObject([{ file: 'Backers', line: 4, code: 'invalid_email' }]);
  });
});

describe('The header of an uploaded file', () => {
  const rows = 'C-1;ada@example.com;20,00;bezahlt\nC-2;bo@example.com;30,00;bezahlt\n';

  it('is found below lines of a report that nobody knows', async () => {
    const { upload, backers } = await importFile(
      `Bericht des Ladens;Lampe\nvom;01.02.2024\nBestellnummer;E-Mail;Gesamtbetrag;Zahlungsstatus\n${rows}`,
    );
    expect(upload).toMatchObject({
      status: 'COMPLETED',
      platform: 'generic',
      files: [{ format: { headerLine: 3, titleLines: [1, 2] }, rowCount: 2 }],
    });
    expect(backers).toHaveLength(2);
  });

  it('is on the line that the client names', async () => {
    const body = `A;B;C;D\nBestellnummer;E-Mail;Gesamtbetrag;Zahlungsstatus\n${rows}`;
    const { upload, backers } = await importFile(body, '&headerLine=2');
    expect(upload).toMatchObject({
      status: 'COMPLETED',
      files: [{ format: { headerLine: 2 }, rowCount: 2 }],
    });
    expect(backers).toHaveLength(2);
    const beyond = await api.upload(body, 'campaign=Lamp&headerLine=99');
    expect(await readProblem(beyond)).toMatchObject({ code: 'no_header' });
    const wrong = await api.upload(body, 'campaign=Lamp&headerLine=first');
    expect(await readProblem(wrong)).toMatchObject({ status: 400, code: 'invalid_request' });
  });
});

describe('An uploaded workbook', () => {
  /** Orders with totals in cells of the first style and quantities in cells of the second. */
  const orders = (cells: readonly (readonly [total: string, quantity: string])[], state?: 'hidden') => ({
    name: 'Orders',
    ...(state && { state }),
    rows:
      sheetRows([['Order ID', 'Email', 'Currency', 'SKU', 'Total', 'Qty']]) +
      cells
        .map(([total, quantity], n) => {
          const texts = sheetRows([[`A-${n}`, `a${n}@example.com`, 'USD', 'LAMP']]).slice('<row>'.length, -6);
          return `<row>${texts}<c s="0"><v>${total}</v></c><c s="1"><v>${quantity}</v></c></row>`;
        })
        .join(''),
  });
  const cover = { name: 'Cover', rows: sheetRows([['Orders 2024']]) };
  const pledges = () =>
    api.database.prisma.pledge.findMany({
      where: { backer: { campaign: { name: `Lamp ${campaigns}` } } },
      orderBy: { externalId: 'asc' },
    });

  it('is imported with exact amounts and quantities, whatever their format hides', async () => {
    const cells = [
      ['19.99', '2'],
      ['19.989999999999998', '1'],
      ['1234.5', '1'],
      ['1.234', '1'],
      ['5', '2.6'],
    ] as const;
    const workbook = await packXlsx({ sheets: [orders(cells)], formats: ['$#,##0', '0'] });
    const { upload, issues } = await importFile(workbook);
    expect(upload).toMatchObject({ platform: 'generic', rows: { total: 5, imported: 4 } });
    expect((await pledges()).map(({ amount }) => amount?.toString())).toEqual([
      '19.99',
      '19.99',
      '1234.5',
      '1.234',
    ]);
    expect(issues).toMatchObject([{ code: 'invalid_quantity', value: '2.6', line: 6 }]);
  });

  it('is imported whatever number formats it has', async () => {
    const workbook = await packXlsx({ sheets: [orders([['60', '60']])], formats: ['B2yyyy', '[Foo]0'] });
    expect((await importFile(workbook)).upload).toMatchObject({ status: 'COMPLETED', rows: { imported: 1 } });
    expect((await pledges()).map(({ amount }) => amount?.toString())).toEqual(['60']);
  });

  it('does not import error values such as #REF! as texts', async () => {
    const rows = sheetRows([['Order ID', 'Email', 'Name']]);
    const email = '<c t="inlineStr"><is><t>a@example.com</t></is></c><c t="e"><v>#N/A</v></c></row>';
    const broken = '<row><c t="e"><v>#REF!</v></c>';
    const whole = '<row><c t="inlineStr"><is><t>A-1</t></is><v>01.</v></c>';
    const { issues, names: found } = await importFile(
      await packXlsx({ sheets: [{ name: 'Orders', rows: rows + broken + email + whole + email }] }),
    );
    expect(found).toEqual([null]);
    expect(issues).toMatchObject([
      { row: null, code: 'error_cells', message: expect.stringContaining('A2: #REF!, C2: #N/A, C3: #N/A') },
      { line: 2, column: 'Order ID', value: null },
    ]);
    expect((await pledges()).map(({ externalId }) => externalId)).toEqual(['A-1']);
  });

  it('is read from a hidden sheet when no other has a table', async () => {
    const workbook = await packXlsx({ sheets: [cover, orders([['5', '1']], 'hidden')] });
    const { upload } = await importFile(workbook);
    expect(upload.files).toMatchObject([
      { sheet: 'Orders', rowCount: 1 },
      { name: 'Cover', skipped: expect.stringContaining('?sheet=Cover') },
    ]);
  });

  it('is refused without rows, with the names of its other sheets', async () => {
    const hidden = { name: 'Data', rows: sheetRows([['x']]), state: 'hidden' as const };
    const header = { name: 'Header', rows: sheetRows([['Order ID', 'Email']]) };
    const workbook = await packXlsx({ sheets: [header, hidden, cover] });
    const detail =
      /no rows below it.*This is its sheet "Header"; it also has "Cover", "Data" \(hidden\)\. .*\?sheet=/;
    const response = await api.upload(workbook, 'campaign=Lamp');
    expect(await readProblem(response)).toMatchObject({
      code: 'no_rows',
      detail: expect.stringMatching(detail),
    });
    const inspected = await api.send('/v1/inspect', { method: 'POST', body: workbook });
    expect(await inspected.json()).toMatchObject({ code: 'no_rows', detail: expect.stringMatching(detail) });
    const empty = await api.upload(
      await packXlsx({ sheets: [header, { name: 'A', rows: '' }] }),
      'campaign=Lamp&sheet=A',
    );
    expect(await readProblem(empty)).toMatchObject({
      code: 'no_rows_in_workbook',
      detail: expect.stringContaining('"Header", "A"'),
    });
  });
});

describe('An uploaded web page with the name of a workbook', () => {
  const row = (name: string, cells: readonly string[]) =>
    `<tr>${cells.map((cell) => `<${name}>${cell}</${name}>`).join('')}</tr>`;
  const page = (rows: readonly (readonly string[])[]) =>
    `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>${row('th', ['Order ID', 'Email', 'Name', 'Total'])}${rows.map((cells) => row('td', cells)).join('')}</table></body></html>`;
  const people = page([
    ['A-1', 'ada@example.com', 'Zo\xeb &amp; Ada', '$19.99'],
    ['A-2', 'bo@example.com', 'Bo', '$20'],
  ]);

  it('is imported from its table', async () => {
    const { upload, names: found, issues } = await importFile(Buffer.from(people, 'latin1'));
    expect(issues).toEqual([]);
    expect(found).toEqual(['Zoë & Ada', 'Bo']);
    expect(upload).toMatchObject({ status: 'COMPLETED', platform: 'generic' });
    expect(upload.files).toMatchObject([
      { name: null, sheet: 'Table 1', rowCount: 2, format: { encoding: null } },
    ]);
  });

  it('is imported from an archive that also has pages without a table', async () => {
    const zip = await packZip({ 'orders.xls': people, 'index.html': '<!doctype html><p>Hello</p>' });
    const { upload, names: found } = await importFile(zip);
    expect(found).toHaveLength(2);
    expect(upload.files).toMatchObject([
      { name: 'orders.xls', sheet: 'Table 1', rowCount: 2 },
      { name: 'index.html', skipped: expect.stringContaining('a web page') },
    ]);
  });

  it('is inspected in the same way as it would be imported', async () => {
    const inspected = await api.send('/v1/inspect', { method: 'POST', body: people });
    expect(await inspected.json()).toMatchObject({
      files: [{ sheet: 'Table 1', platform: 'generic', headers: ['Order ID', 'Email', 'Name', 'Total'] }],
    });
  });

  it.each([
    [
      'a page to sign in',
      '<html><form><table><tr><td>Email</td><td><input type="text"></td></tr><tr><td>Password</td><td><input type="password"></td></tr></table></form></html>',
    ],
    ['a table of one row', page([])],
    ['XML', '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>'],
    ['MHTML', 'MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n'],
  ])('is refused when it has no table with rows: %s', async (_what, body) => {
    const problem = await readProblem(await api.upload(body, 'campaign=Lamp'));
    expect(problem).toMatchObject({
      code: 'not_csv',
      detail: expect.stringMatching(/pen it in Excel and save it as \.xlsx/),
    });
  });
});

describe('An uploaded archive', () => {
  const tier = (number: number, email: string) =>
    `Backer Number,Backer UID,Backer Name,Email,Reward Title,Reward ID,Pledge Amount,Pledged Status\n${number},${number + 1_000},Ada,${email},Lamp,77,$59.00,collected\n`;

  it('with one file per reward tier is one upload, in which each file has its own header', async () => {
    const zip = await packZip({
      'report/59.00 USD Lamp.csv': tier(1, 'ada@example.com'),
      'report/No reward.csv': Buffer.from(`\ufeff${table(';', [[2, 'Grace']])}`, 'utf16le'),
      'report/15.00 USD Postcard.csv': `${headers.join(',')}\n`,
      '__MACOSX/report/._No reward.csv': 'junk',
      'read me.txt': 'These are the files\nthat you asked for\n',
      'report/99.00 USD Box.csv': tier(3, 'not an address'),
    });
    const { upload, backers, issues } = await importFile(zip);
    expect(backers.map(({ name }) => name)).toEqual(['Ada', 'Grace']);
    expect(upload).toMatchObject({ status: 'COMPLETED', rows: { total: 3, imported: 2, rejected: 1 } });
    expect(upload.files).toMatchObject([
      { name: 'report/59.00 USD Lamp.csv', rowCount: 1, firstRow: 1, format: { delimiter: { value: ',' } } },
      {
        name: 'report/No reward.csv',
        rowCount: 1,
        firstRow: 2,
        format: { encoding: { name: 'utf-16le' }, delimiter: { value: ';' } },
      },
      { name: 'report/15.00 USD Postcard.csv', skipped: expect.stringContaining('no rows below it') },
      { name: '__MACOSX/report/._No reward.csv', skipped: expect.any(String) },
      { name: 'read me.txt', skipped: 'It has one column, and no known one: it is no table of pledges.' },
      { name: 'report/99.00 USD Box.csv', rowCount: 1, firstRow: 3 },
    ]);
    expect(issues).toMatchObject([
      { file: 'report/99.00 USD Box.csv', row: 3, line: 2, column: 'Email', value: 'not an address' },
    ]);
  });

  it('needs a mapping when a delimiter from the client fits only some of its files', async () => {
    const zip = await packZip({ 'a.csv': table(';', people), 'b.csv': tier(3, 'bo@example.com') });
    const response = await api.upload(zip, 'campaign=Lamp&delimiter=semicolon');
    expect(await response.json()).toMatchObject({
      status: 'NEEDS_MAPPING',
      detail: expect.stringMatching(/"b\.csv".*delimiter=%2C/),
    });
  });

  it('may contain files that are no tables', async () => {
    const zip = await packZip({
      'a.csv': tier(1, 'ada@example.com'),
      'manifest.json': '{"name":"export"}',
      'index.html': '<!doctype html><p>Hello</p>',
      'logo.svg': '<?xml version="1.0"?><svg/>',
    });
    const { upload } = await importFile(zip);
    expect(upload).toMatchObject({ status: 'COMPLETED', rows: { total: 1, imported: 1 } });
    expect(upload.files.filter(({ skipped }) => skipped !== null)).toHaveLength(3);
  });

  /** More rows than fit into a chunk, and more bytes than are read at once. */
  const long = `${headers.join(',')}\n${Array.from({ length: 3_000 }, (_, n) => `${n},${n},Eve ${n * 7919},e${n}@example.com,$1.00,collected,\n`).join('')}`;

  it('is imported without anything of a damaged file in it', async () => {
    const zip = craftZip([
      { name: 'damaged.csv', content: long, crc32: 1 },
      { name: 'a.csv', content: tier(1, 'ada@example.com') },
      { name: 'secret.csv', content: long, flags: 1 },
    ]);
    const { upload, names } = await importFile(zip);
    expect(names).toEqual(['Ada']);
    expect(upload).toMatchObject({
      status: 'COMPLETED',
      rows: { total: 1, imported: 1 },
      chunks: { total: 1 },
    });
    expect(upload.files).toMatchObject([
      { name: 'damaged.csv', rowCount: 0, skipped: expect.stringContaining('damaged') },
      { name: 'a.csv', rowCount: 1, firstRow: 1, skipped: null },
      { name: 'secret.csv', rowCount: 0, skipped: expect.stringContaining('password') },
    ]);
  });

  it('is refused when a table in it turns into binary data, and nothing of it stays', async () => {
    const noise = Buffer.from(Array.from({ length: 100_000 }, (_, n) => (n * n * 31) % 251));
    const zip = craftZip([
      { name: 'half.csv', content: Buffer.concat([Buffer.from(long), noise]) },
      { name: 'a.csv', content: tier(1, 'ada@example.com') },
    ]);
    const problem = await readProblem(await api.upload(zip, 'campaign=Lamp'));
    expect(problem).toMatchObject({ code: 'not_csv', file: 'half.csv' });
    const upload = await (await api.send(`/v1/uploads/${problem.uploadId}`)).json();
    expect(upload).toMatchObject({ status: 'FAILED', chunks: { total: 0 } });
  });

  it('needs a mapping when one of its files is not recognised', async () => {
    const zip = await packZip({ 'a.csv': tier(1, 'ada@example.com'), 'b.csv': 'Colour,Shape\nred,round\n' });
    const response = await api.upload(zip, 'campaign=Lamp');
    expect(await response.json()).toMatchObject({
      status: 'NEEDS_MAPPING',
      detail: expect.stringContaining('"b.csv"'),
    });
  });
});

describe('An upload is refused', () => {
  it.each<
    [
      code: string,
      status: number,
      body: () => Promise<Uint8Array> | Uint8Array,
      query: string,
      file?: string | null,
    ]
  >([
    ['damaged_archive', 422, () => gzipSync(csv).subarray(0, 60), ''],
    ['ratio_too_high', 413, () => gzipSync(repeated(50_000_000)), ''],
    ['unpacked_too_large', 413, () => gzipSync(incompressible(13_000_000)), ''],
    [
      'too_many_files',
      413,
      () => packZip(Object.fromEntries(Array.from({ length: 13 }, (_, n) => [`${n}.csv`, csv]))),
      '',
    ],
    ['no_file_in_archive', 422, () => packZip({ '.DS_Store': 'x' }), ''],
    ['nested_archive', 422, async () => packZip({ 'in.zip': await packZip({ 'a.csv': csv }) }), '', 'in.zip'],
    ['no_rows', 422, () => packZip({ 'a.csv': `${headers.join(',')}\n`, 'b.csv': '\n' }), ''],
    ['unterminated_quote', 422, () => packZip({ 'a.csv': csv, 'b.csv': `${csv}"3,x` }), '', 'b.csv'],
    [
      'sheet_not_found',
      422,
      () => packXlsx({ sheets: [{ name: 'A', rows: sheetRows([['x']]) }] }),
      '&sheet=B',
    ],
    ['no_rows_in_workbook', 422, () => packXlsx({ sheets: [{ name: 'A', rows: '' }] }), ''],
    ['invalid_encoding', 422, () => Buffer.from(csv, 'latin1'), '&encoding=utf-8'],
  ])('with the code %s and the status %i', async (code, status, body, query, file) => {
    const response = await api.upload(await body(), `campaign=Lamp${query}`);
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ code, status, ...(file !== undefined && { file }) });
    const upload = await (await api.send(`/v1/uploads/${problem.uploadId}`)).json();
    expect(upload).toMatchObject({ status: 'FAILED', failure: { code }, chunks: { total: 0 } });
  });

  it.each([
    ['unknown_encoding', 'encoding=klingon'],
    ['invalid_request', 'delimiter=%22'],
    ['invalid_request', 'delimiter=constructor'],
    ['invalid_request', 'dateOrder=ymd'],
  ])('with %s for ?%s, before a byte is read', async (code, query) => {
    const response = await api.upload(csv, `campaign=Lamp&${query}`);
    expect(await response.json()).toMatchObject({ code, status: 400 });
  });
});

describe('A secret cell of an uploaded file', () => {
  const stored = async (body: string | Uint8Array, query = '') => {
    const { id } = await readAccepted(await api.upload(body, `campaign=Secrets${query}`));
    const chunks = await api.database.prisma.csvUploadChunk.findMany({ where: { uploadId: id } });
    const files = await api.database.prisma.csvUploadFile.findMany({ where: { uploadId: id } });
    return JSON.stringify([files.map(({ headers }) => headers), chunks.map(({ data }) => data)]);
  };

  it.each([
    ['below a title', 'My export\nFoo,Card Number,Survey URL\n1,SECRET,SECRET\n', ''],
    [
      'below a padded title, with the platform named by the client',
      'My export,,\nBackerNo,Card Number,IP Address\n1,SECRET,SECRET\n',
      '&platform=kickstarter',
    ],
    ['in a file that is not recognised', 'Foo,Card Number\n1,SECRET\n', ''],
  ])('is blanked %s', async (_where, body, query) => {
    const chunks = await stored(body, query);
    expect(chunks).not.toContain('SECRET');
    expect(chunks).toContain('Card Number');
  });

  it('is in no table of the database after the import, whatever its column is named', async () => {
    const row = (n: number) =>
      `S-${n},s${n}@example.com,10.00,Lamp,203.0.113.${n},DE89370400440532013000,https://example.com/t/zq${n}77xk${n}`;
    const rows = Array.from({ length: 9 }, (_, n) => row(n + 1));
    const { upload } = await importFile(
      ['Order ID,Email,Total,Product,Zebra,Lion,Tiger', ...rows].join('\n'),
    );
    expect(upload).toMatchObject({ status: 'COMPLETED' });
    const { rows: tables } = await api.database.pool.query<{ name: string }>(
      `SELECT quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const { rows: found } = await api.database.pool.query(
        `SELECT * FROM ${name} AS each WHERE each::text ~ '203\\.0\\.113|DE8937040044|zq\\d77xk'`,
      );
      expect([name, found]).toEqual([name, []]);
    }
    expect(tables.length).toBeGreaterThan(10);
  });

  it('is not suspected in a row that only names a way to pay', async () => {
    expect(await stored('Who,How\nAda,Credit card\nBo,Voucher\n')).toContain('Voucher');
  });
});

describe('An issue about an uploaded file as a whole', () => {
  const header = 'Order ID,Email,Total,Currency,Address 1,City,Note';
  const order = (n: number) => `A-${n},a${n}@example.com,10.00,USD,1 Main St,Paris,`;
  const slipped = (n: number) => `A-${n},a${n}@example.com,10.00,USD,1 Main St, Apt 4,Paris,`;
  const orders = (count: number, slips: readonly number[]) =>
    Array.from({ length: count }, (_, at) => (slips.includes(at + 1) ? slipped : order)(at + 1));
  const file = (...lines: readonly string[]) => [header, ...lines, ''].join('\n');
  /** What such a file does not say, as its notification ends. */
  const assumed = [
    'The file has no date of the pledge.',
    'The file has no product and no reward: no units are counted.',
    'The file has no payment status: every pledge counts as paid.',
  ];
  const messages = z.object({
    notifications: z.array(z.looseObject({ title: z.string(), sentences: z.array(z.string()) })),
  });
  const readNotification = async (id: string) => {
    const answer = await (await api.send(`/v1/notifications?upload=${id}`)).json();
    return messages.parse(answer).notifications[0];
  };

  it('reports a row that slipped by a column, with its line, while the row is imported', async () => {
    const { id, upload, issues } = await importFile(file(...orders(1_500, [1_200])));
    const slip = {
      file: null,
      row: 1_200,
      line: 1_201,
      column: null,
      code: 'slipped_row',
      message: expect.stringMatching(
        /^The row in line 1201 has 8 cells, the header 7\..* Put that cell in quotes/,
      ),
      value: 'A-1200 | a1200@example.com | 10.00 | USD | 1 Main St |  Apt 4 | Paris | ',
      severity: 'warning',
    };
    expect(issues).toEqual([slip]);
    expect(upload).toMatchObject({ status: 'COMPLETED', rows: { total: 1_500, imported: 1_500 } });
    expect(upload.files).toMatchObject([{ issueCount: 1 }]);
    expect(await readNotification(id)).toMatchObject({
      title: 'The file is imported.',
      sentences: [
        'All 1,500 rows were imported.',
        expect.stringMatching(/^Look at this: The row in line 1201/),
        ...assumed,
      ],
      fileIssues: { count: 1, errors: 0, codes: ['slipped_row'] },
      links: { issues: `/v1/uploads/${id}/issues` },
    });
  });

  it('in an archive has the row number in the upload and the line in the file', async () => {
    const zip = await packZip({ 'a.csv': file(...orders(5, [])), 'b.csv': file(...orders(5, [2, 4])) });
    const { issues, upload } = await importFile(zip);
    expect(issues).toMatchObject([
      { file: 'b.csv', row: 7, line: 3, code: 'slipped_row' },
      { file: 'b.csv', row: 9, line: 5, code: 'slipped_row' },
    ]);
    expect(upload.files).toMatchObject([{ issueCount: 0 }, { issueCount: 2 }]);
  });

  it('shows no secret cell, wherever it slipped to', async () => {
    const table =
      'Order ID,Card Number,Email,Address,Note\nA-1,,a@example.com,x,\nA,1,4111SECRET,b@example.com,x,\n';
    const { issues } = await importFile(table);
    const [slip] = issues.filter(({ code }) => code === 'slipped_row');
    expect(slip).toMatchObject({ row: 2, value: 'A |  |  | b@example.com | x | ' });
  });

  it('is listed from the seal on, while the upload waits for a mapping, and afterwards', async () => {
    const zip = await packZip({
      'a.csv': 'Colour,Shape,Note\nred,round,\nblue,oval, or not,\n',
      'b.json': '{"orders":[]}',
    });
    const { id } = await readAccepted(await api.upload(zip, 'campaign=Waiting'));
    const issues = async () =>
      issuesSchema.parse(await (await api.send(`/v1/uploads/${id}/issues`)).json()).issues;
    const found = await issues();
    expect(found).toMatchObject([
      { file: 'a.csv', row: 2, code: 'slipped_row', severity: 'warning' },
      { file: 'b.json', row: null, line: null, code: 'unread_file', severity: 'error' },
    ]);
    expect(await readNotification(id)).toMatchObject({
      title: expect.stringContaining('waits for you'),
      sentences: expect.arrayContaining(['Besides, not all of its files could be read.']),
    });
    await api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' });
    expect(await issues()).toEqual(found);
    expect(await readNotification(id)).toMatchObject({
      title: 'The import of the file was canceled.',
      sentences: expect.arrayContaining([expect.stringMatching(/^"b\.json": Not read: .*JSON/)]),
    });
  });

  it('reports a file of the archive that was not read, so that the import does not look complete', async () => {
    const zip = await packZip({ 'a.csv': file(...orders(2, [])), 'b.json': '{"orders":[]}' });
    const { id, issues } = await importFile(zip, '&filename=x.zip');
    expect(issues).toMatchObject([{ file: 'b.json', code: 'unread_file' }]);
    expect(await readNotification(id)).toMatchObject({
      title: '"x.zip" is imported, but not all of its files could be read.',
      sentences: [
        'All 2 rows of the files that were read were imported.',
        expect.stringMatching(/^"b\.json": Not read: The file looks like JSON/),
        ...assumed,
      ],
    });
  });

  it('reports a sheet that was not read, so that the import does not look complete', async () => {
    const rows = [header.split(','), ...orders(2, []).map((row) => row.split(','))];
    const workbook = await packXlsx({
      sheets: [
        { name: 'Orders', rows: sheetRows(rows) },
        { name: 'More', rows: sheetRows(rows) },
      ],
    });
    const { id, issues } = await importFile(workbook);
    expect(issues).toEqual([
      {
        file: 'More',
        row: null,
        line: null,
        column: null,
        code: 'unread_file',
        message:
          'Not read: another sheet of the workbook; to import it, send the workbook again with ?sheet=More.',
        value: null,
        severity: 'error',
      },
    ]);
    expect(await readNotification(id)).toMatchObject({
      title: 'The file is imported, but not all of its sheets were read.',
      sentences: [
        'All 2 rows of the sheet that was read were imported.',
        expect.stringMatching(/^"More": /),
        ...assumed,
      ],
    });
  });

  it('is counted in each file of the answer, which has exactly the documented members', async () => {
    const zip = await packZip({ 'a.csv': file(...orders(3, [2])), 'b.json': '{"orders":[]}' });
    const response = await api.upload(zip, 'campaign=Members');
    const filesSchema = z.looseObject({ id: z.string(), files: z.array(z.looseObject({})) });
    const accepted = filesSchema.parse(await response.json());
    const read = filesSchema.parse(await (await api.send(`/v1/uploads/${accepted.id}`)).json());
    expect(read.files).toEqual(accepted.files);
    const unread = {
      name: 'b.json',
      sheet: null,
      skipped: expect.any(String),
      format: null,
      firstRow: 1,
      rowCount: 0,
      platform: null,
      detection: null,
      columns: null,
      questions: [],
      assumptions: [],
      dateOrders: null,
      issueCount: 1,
    };
    expect(read.files).toEqual([
      {
        name: 'a.csv',
        sheet: null,
        skipped: null,
        format: {
          encoding: { name: 'utf-8', source: 'assumed', certain: true },
          delimiter: { value: ',', source: 'content' },
          decimalMark: '.',
          headerLine: 1,
          titleLines: [],
        },
        firstRow: 1,
        rowCount: 3,
        platform: 'generic',
        detection: expect.any(Object),
        columns: [
          'externalId',
          'email',
          'amount',
          'currency',
          'shippingAddress1',
          'shippingCity',
          'notes',
        ].map((as, position) => ({ position, as })),
        questions: [],
        assumptions: ['no_status', 'no_product', 'no_date'].map((code) => ({
          code,
          message: expect.any(String),
        })),
        dateOrders: [],
        issueCount: 1,
      },
      unread,
    ]);
    const listed = await (await api.send(`/v1/uploads/${accepted.id}/files`)).json();
    expect(listed).toEqual({ files: read.files, next: null, previous: null });
  });
});

describe('Amounts in which the point may separate thousands', () => {
  const orders = (totals: readonly string[]) =>
    `Order ID;Email;Total;Currency\n${totals.map((total, n) => `A-${n};a${n}@example.com;${total};EUR\n`).join('')}`;
  const amounts = async () =>
    (
      await api.database.prisma.pledge.findMany({
        where: { backer: { campaign: { name: `Lamp ${campaigns}` } } },
        orderBy: { externalId: 'asc' },
      })
    ).map(({ amount }) => amount?.toString());

  it('are read in the way that other amounts of the file prove', async () => {
    const { upload, issues } = await importFile(orders(['1.500', '10,50', '1.234,00', '2.000']));
    expect(issues).toEqual([]);
    expect(await amounts()).toEqual(['1500', '10.5', '1234', '2000']);
    expect(upload.files).toMatchObject([{ format: { decimalMark: ',' } }]);
  });

  it('are rejected when no other amount proves the way', async () => {
    const { issues } = await importFile(orders(['1.500', '12']));
    expect(issues).toMatchObject([{ code: 'ambiguous_number', line: 2, column: 'Total', value: '1.500' }]);
    expect(await amounts()).toEqual(['12']);
  });
});

describe('Dates in which day and month could be swapped', () => {
  const orders = (dates: readonly string[]) =>
    `Order ID,Email,Ordered At\n${dates.map((date, n) => `A-${n},a${n}@example.com,${date}\n`).join('')}`;

  it('are read in the order that other dates of the column prove, in whatever chunk those are', async () => {
    const dates = Array.from({ length: 1_500 }, () => '03/04/2024');
    const { upload, issues } = await importFile(orders([...dates, '27/04/2024']));
    expect(issues).toEqual([]);
    expect(upload.files).toMatchObject([
      {
        dateOrders: [
          {
            header: 'Ordered At',
            order: 'dmy',
            source: 'evidence',
            ambiguous: 1_500,
            proofs: { dmy: 1, mdy: 0 },
          },
        ],
      },
    ]);
    const pledges = await api.database.prisma.pledge.findMany({
      where: { backer: { campaign: { name: `Lamp ${campaigns}` } } },
    });
    expect(new Set(pledges.map(({ pledgedAt }) => pledgedAt?.toISOString().slice(0, 10)))).toEqual(
      new Set(['2024-04-03', '2024-04-27']),
    );
  });

  it('are rejected when no other date proves the order, and read when the client gives the order', async () => {
    const { issues } = await importFile(orders(['03/04/2024']));
    expect(issues).toMatchObject([{ code: 'ambiguous_date', file: null, line: 2 }]);
    const requested = await importFile(orders(['03/04/2024']), '&dateOrder=mdy');
    expect(requested.issues).toEqual([]);
    expect(requested.upload.files).toMatchObject([{ dateOrders: [{ order: 'mdy', source: 'requested' }] }]);
  });
});
