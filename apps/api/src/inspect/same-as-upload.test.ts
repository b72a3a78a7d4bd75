import { gzipSync } from 'node:zlib';
import { type CraftedMember, craftZip, packXlsx, packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), { config: { MAX_ROW_LENGTH: 20_000, MAX_COLUMNS: 50 } });
});
afterAll(() => api.close());

const fileSchema = z.looseObject({
  name: z.string().nullable(),
  sheet: z.string().nullish(),
  skipped: z.string().nullish(),
  mayHoldRows: z.boolean().optional(),
  platform: z.string().nullish(),
  format: z.looseObject({}).nullish(),
});
const answerSchema = z.object({ files: z.array(fileSchema) });
const problemSchema = z.looseObject({ code: z.string() });

type Outcome =
  | { readonly problem: z.infer<typeof problemSchema> }
  | { readonly files: readonly z.infer<typeof fileSchema>[] };

/** The files of an answer, or the problem with which all of them were refused. */
async function readOutcome(response: Response): Promise<Outcome> {
  const body: unknown = await response.json();
  if (response.ok) return { files: answerSchema.parse(body).files };
  const { uploadId: _, requestId: __, ...problem } = problemSchema.parse(body);
  return { problem };
}

/** How many files the answer to an upload shows. */
const SHOWN_FILES = 100;

/** The part of the outcome that inspections and uploads have in common, in the same form. */
function inCommon(outcome: Outcome) {
  if ('problem' in outcome) return outcome.problem;
  return outcome.files.slice(0, SHOWN_FILES).map(({ name, sheet, skipped, platform, format }) => ({
    name,
    sheet: sheet ?? null,
    skipped: skipped ?? null,
    platform: platform ?? null,
    encoding: format?.['encoding'] ?? null,
  }));
}

/** Inspects and uploads the bytes, expects the same outcome, and returns that of the inspection. */
async function readBoth(bytes: Buffer, query = ''): Promise<Outcome> {
  const body = new Uint8Array(bytes);
  const inspected = await readOutcome(await api.send(`/v1/inspect?${query}`, { method: 'POST', body }));
  const uploaded = await readOutcome(await api.upload(body, `campaign=Lamp&${query}`));
  expect(inCommon(inspected)).toEqual(inCommon(uploaded));
  return inspected;
}

/** Random-looking bytes that are the same each time. */
function noise(length: number): Buffer {
  let state = 42;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state >> 16;
    }),
  );
}

const good = { name: 'good.csv', content: kickstarterCsv };
const [header = ''] = kickstarterCsv.split('\n');
const longCsv = `${header}\n${Array.from({ length: 5_000 }, (_, n) => `${n + 1},${n},Ada ${n * 7919},a${n}@example.com,$1.00,collected,,\n`).join('')}`;
const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
const sheet = (rows: readonly (readonly string[])[]) =>
  rows.map((cells) => `<row>${cells.map(cell).join('')}</row>`).join('');
const table = kickstarterCsv
  .trim()
  .split('\n')
  .map((line) => line.split(','));

async function members(): Promise<Readonly<Record<string, CraftedMember>>> {
  const orders = { name: 'Orders', rows: sheet(table) };
  const book = await packXlsx({ sheets: [orders, { name: 'Notes', rows: sheet([['hello']]) }] });
  const damagedBook = Buffer.from(book);
  damagedBook.writeUInt32LE(1, damagedBook.lastIndexOf('xl/worksheets/sheet1.xml') - 30);
  const damagedGzip = gzipSync(longCsv);
  damagedGzip.writeUInt32LE(1, damagedGzip.length - 8);
  const content = (name: string, bytes: string | Uint8Array) => ({ name, content: bytes });
  return {
    'a second table': content('more.csv', kickstarterCsv),
    'a table in a folder': content('folder/more.csv', kickstarterCsv),
    'a long table': content('long.csv', longCsv),
    'a table in UTF-16': content('wide.csv', Buffer.from(`\ufeff${kickstarterCsv}`, 'utf16le')),
    'a table in Windows-1252': content(
      'old.csv',
      Buffer.from(kickstarterCsv.replace('Grace', 'Zoë'), 'latin1'),
    ),
    'a table that nobody knows': content('shapes.csv', 'Colour,Shape\nred,round\n'),
    'a folder with content': content('folder/', kickstarterCsv),
    'a stored table': { ...content('stored.csv', kickstarterCsv), method: 0 },
    'a name in the code page of MS-DOS': {
      ...content('', kickstarterCsv),
      name: Buffer.from([0x81, 0x2e, 0x63]),
      flags: 0,
    },
    'a header': content('tier.csv', `${header}\n`),
    'a header without a line end': content('tier.csv', header),
    'a header in UTF-16': content('tier.csv', Buffer.from(`\ufeff${header}\r\n`, 'utf16le')),
    'a header with a letter of Windows-1252': content('tier.csv', Buffer.from('Straße,Größe\n', 'latin1')),
    'blank lines': content('blank.csv', '\n\n\n'),
    'blank cells': content('blank.csv', ',,\n,,\n'),
    nothing: content('empty.csv', ''),
    'nothing in gzip': content('empty.csv.gz', gzipSync('')),
    JSON: content('meta.json', '{"a": 1}'),
    XML: content('data.xml', '<?xml version="1.0"?><orders><order/></orders>'),
    'a web page': content('index.html', '<!doctype html><p>Hello</p>'),
    'an old Excel workbook': content(
      'old.xls',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    ),
    'an SQLite database': content('data.db', `SQLite format 3\0${'\0'.repeat(100)}`),
    'a PNG image': content('logo.png', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), noise(500)])),
    'a WebP image': content('logo.webp', Buffer.concat([Buffer.from('RIFF\x10\0\0\0WEBPVP8 '), noise(100)])),
    'a PDF document': content('invoice.pdf', Buffer.concat([Buffer.from('%PDF-1.4\n'), noise(300)])),
    'a video': content('movie.mp4', Buffer.concat([Buffer.from('\0\0\0 ftypisom'), noise(300)])),
    'a program': content('setup.exe', Buffer.concat([Buffer.from(`MZ\x90${'\0'.repeat(60)}`), noise(300)])),
    'a program that is an archive': content(
      'setup.exe',
      Buffer.concat([Buffer.from(`MZ${'\0'.repeat(60)}`), await packZip({ 'a.csv': kickstarterCsv })]),
    ),
    'a read-me': content('read me.txt', 'These are the files\nthat you asked for\n'),
    noise: content('noise.bin', noise(4_000)),
    'a table that turns into noise': content(
      'half.csv',
      Buffer.concat([Buffer.from(kickstarterCsv), noise(4_000)]),
    ),
    'a quote that is never closed': content('open.csv', `${kickstarterCsv}"3,x`),
    'a row that is too long': content('wide.csv', `${kickstarterCsv}3,${'x,'.repeat(15_000)}\n`),
    'UTF-32': content(
      'wide.csv',
      Buffer.from(Array.from(kickstarterCsv).flatMap((char) => [char.charCodeAt(0), 0, 0, 0])),
    ),
    'a damaged table': { ...content('damaged.csv', kickstarterCsv), crc32: 1 },
    'a long damaged table': { ...content('damaged.csv', longCsv), crc32: 1 },
    'a table that is not there': { ...content('lost.csv', kickstarterCsv), offset: 3 },
    'a table with a password': { ...content('secret.csv', kickstarterCsv), flags: 1 },
    'a table with a strong password': { ...content('secret.csv', kickstarterCsv), flags: 0x41 },
    'a table packed with LZMA': { ...content('packed.csv', kickstarterCsv), method: 14 },
    'another archive': content('inner.zip', await packZip({ 'a.csv': kickstarterCsv })),
    'a 7-Zip archive': content('inner.7z', Buffer.from('377abcaf271c0004', 'hex')),
    'a RAR archive': content('inner.rar', Buffer.from('526172211a0700', 'hex')),
    'a table in gzip': content('more.csv.gz', gzipSync(kickstarterCsv)),
    'a table in gzip that is cut off': content('more.csv.gz', gzipSync(longCsv).subarray(0, -5)),
    'a table in gzip that is damaged': content('more.csv.gz', damagedGzip),
    'a table in gzip in gzip in gzip': content('more.csv.gz', gzipSync(gzipSync(gzipSync(kickstarterCsv)))),
    'a table in gzip and more': content(
      'more.csv.gz',
      Buffer.concat([gzipSync(kickstarterCsv), Buffer.from('x')]),
    ),
    'a workbook': content('book.xlsx', book),
    'a workbook with only a header': content(
      'book.xlsx',
      await packXlsx({ sheets: [{ name: 'Orders', rows: sheet(table.slice(0, 1)) }] }),
    ),
    'an empty workbook': content('blank.xlsx', await packXlsx({ sheets: [{ name: 'Sheet1', rows: '' }] })),
    'a damaged workbook': content('book.xlsx', damagedBook),
    'a workbook with broken XML': content(
      'book.xlsx',
      await packXlsx({ sheets: [{ name: 'Orders', rows: `${orders.rows}<row><c r="ZZZZZ1"/></row>` }] }),
    ),
    'an OpenDocument sheet': content(
      'sheet.ods',
      await packZip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    ),
    'an OpenDocument text': content(
      'letter.odt',
      await packZip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }),
    ),
    'a Numbers document': content('sheet.numbers', await packZip({ 'Index/Document.iwa': 'x' })),
    'junk of macOS': content('__MACOSX/._good.csv', 'x'),
    'a hidden file': content('.DS_Store', 'x'),
  };
}

/** The outcome of the file that is not `good.csv`. */
function describeOutcome(outcome: Outcome): string {
  if ('problem' in outcome) return outcome.problem.code;
  const file = outcome.files.find(({ name }) => name !== good.name && name !== '.junk');
  if (typeof file?.skipped !== 'string') return 'read';
  return file.mayHoldRows === true ? 'left out, though it may hold rows' : 'left out';
}

describe('An inspection reports the same as an upload', () => {
  it('for any kind of file in an archive, beside others and alone', async () => {
    const found: Record<string, string[]> = {};
    for (const [what, member] of Object.entries(await members())) {
      const beside = describeOutcome(await readBoth(craftZip([good, member])));
      const alone = describeOutcome(await readBoth(craftZip([{ name: '.junk', content: 'x' }, member])));
      expect(describeOutcome(await readBoth(craftZip([member, good]))), what).toBe(beside);
      const kind = `${beside}; alone ${alone}`;
      found[kind] = [...(found[kind] ?? []), what];
    }
    expect(found).toEqual({
      'read; alone read': [
        'a second table',
        'a table in a folder',
        'a long table',
        'a table in UTF-16',
        'a table in Windows-1252',
        'a table that nobody knows',
        'a folder with content',
        'a stored table',
        'a name in the code page of MS-DOS',
        'a table in gzip',
        'a table in gzip and more',
        'a workbook',
      ],
      'left out; alone no_rows': [
        'a header',
        'a header without a line end',
        'a header in UTF-16',
        'a header with a letter of Windows-1252',
        'blank lines',
        'blank cells',
        'a read-me',
        'a workbook with only a header',
      ],
      'left out; alone no_file_in_archive': [
        'nothing',
        'nothing in gzip',
        'a PNG image',
        'a WebP image',
        'a PDF document',
        'a video',
        'a program',
        'an empty workbook',
        'an OpenDocument text',
        'junk of macOS',
        'a hidden file',
      ],
      'left out, though it may hold rows; alone not_csv': [
        'JSON',
        'XML',
        'a web page',
        'an old Excel workbook',
        'an SQLite database',
        'noise',
        'a table that turns into noise',
      ],
      'left out, though it may hold rows; alone nested_archive': [
        'a program that is an archive',
        'another archive',
        'a 7-Zip archive',
        'a RAR archive',
        'a table in gzip in gzip in gzip',
      ],
      'left out, though it may hold rows; alone damaged_archive': [
        'a damaged table',
        'a long damaged table',
        'a table that is not there',
        'a table in gzip that is cut off',
        'a table in gzip that is damaged',
        'a damaged workbook',
        'a workbook with broken XML',
      ],
      'left out, though it may hold rows; alone encrypted_archive': [
        'a table with a password',
        'a table with a strong password',
      ],
      'left out, though it may hold rows; alone unsupported_compression': ['a table packed with LZMA'],
      'left out, though it may hold rows; alone no_file_in_archive': [
        'an OpenDocument sheet',
        'a Numbers document',
      ],
      'unterminated_quote; alone unterminated_quote': ['a quote that is never closed'],
      'too_many_columns; alone too_many_columns': ['a row that is too long'],
      'invalid_encoding; alone invalid_encoding': ['UTF-32'],
    });
  }, 120_000);

  it('for archives with nothing in them', async () => {
    for (const archive of [craftZip([]), await packZip({ 'folder/': '' })]) {
      expect(await readBoth(archive)).toMatchObject({ problem: { code: 'no_file_in_archive' } });
    }
  });

  it('for archives with several files that have no rows', async () => {
    const all = await members();
    const pick = (...names: readonly string[]) =>
      craftZip(names.flatMap((name) => all[name] ?? []).map((member) => member));
    expect(await readBoth(pick('a header', 'a read-me', 'nothing'))).toMatchObject({
      problem: { code: 'no_rows', detail: expect.stringMatching(/"tier\.csv": .* "empty\.csv": empty\.$/) },
    });
    // Only one of the files might have held rows.
    expect(await readBoth(pick('a header', 'an old Excel workbook', 'a PDF document'))).toMatchObject({
      problem: {
        code: 'not_csv',
        file: 'old.xls',
        line: null,
        detail: expect.stringMatching(/^In "old\.xls": /),
      },
    });
    expect(await readBoth(pick('a table with a password', 'a header'))).toMatchObject({
      problem: { code: 'encrypted_archive', file: 'secret.csv' },
    });
    expect(await readBoth(pick('JSON', 'an old Excel workbook', 'a header'))).toMatchObject({
      problem: { code: 'no_rows', detail: expect.stringMatching(/"meta\.json": .* "old\.xls": /) },
    });
    expect(await readBoth(pick('another archive', 'a 7-Zip archive'))).toMatchObject({
      problem: { code: 'nested_archive', file: null },
    });
    expect(await readBoth(pick('another archive', 'a damaged table'))).toMatchObject({
      problem: { code: 'no_file_in_archive', file: null },
    });
  });

  it('for a thousand files, files of the same name, and bytes around the archive', async () => {
    const many = Array.from({ length: 1_000 }, (_, n) =>
      n % 2 === 0
        ? { name: `${n}.csv`, content: kickstarterCsv }
        : { name: 'same.csv', content: `${header}\n` },
    );
    const outcome = await readBoth(Buffer.concat([Buffer.from('\r\n'), craftZip(many), Buffer.from('\r\n')]));
    if ('problem' in outcome) throw new Error(outcome.problem.code);
    expect(outcome.files).toHaveLength(1_000);
    expect(outcome.files.filter(({ skipped }) => skipped === undefined)).toHaveLength(500);
    expect(await readBoth(craftZip([...many, good]))).toMatchObject({ problem: { code: 'too_many_files' } });
  });

  it('for a sheet that is asked for in several workbooks', async () => {
    const book = (name: string) => packXlsx({ sheets: [{ name, rows: sheet(table) }] });
    const archive = await packZip({
      'a.xlsx': await book('A'),
      'b.xlsx': await book('B'),
      'b.csv': kickstarterCsv,
    });
    expect(await readBoth(archive, 'sheet=B')).toMatchObject({
      files: [
        { name: 'a.xlsx', skipped: expect.stringContaining('no sheet "B"'), mayHoldRows: true },
        { name: 'b.xlsx', sheet: 'B' },
        { name: 'b.csv' },
      ],
    });
    expect(await readBoth(archive, 'sheet=C')).toMatchObject({ problem: { code: 'sheet_not_found' } });
  });

  it('for a workbook or a gzip file outside of an archive, unless it is damaged further on', async () => {
    for (const [what, member] of Object.entries(await members())) {
      if (!/workbook|gzip(?! that is)/.test(what)) continue;
      expect(await readBoth(Buffer.from(member.content ?? '')), what).toBeDefined();
    }
  });
});

describe('A web page with a table that is inspected and uploaded', () => {
  const page = (lines: string) =>
    Buffer.from(
      `<table><tr><th>Order ID</th><th>Email</th><th>Name</th><th>Total</th></tr>\n${lines}</table>`,
      'latin1',
    );
  const row = (id: number, name: string) =>
    `<tr><td>A-${id}</td><td>a${id}@example.com</td><td>${name}</td><td>$20</td></tr>\n`;

  it('is read in the code page of DOS that the client names', async () => {
    expect(await readBoth(page(row(1, 'Jos\x82')), 'encoding=cp850')).toMatchObject({
      files: [{ sheet: 'Table 1', platform: 'generic' }],
    });
  });

  it('is refused at the line where a second encoding begins', async () => {
    const glued = page(row(1, 'Zo\xc3\xab Bront\xc3\xab') + row(2, 'Ren\xe9 Andr\xe9'));
    expect(await readBoth(glued)).toMatchObject({ problem: { code: 'invalid_encoding', line: 3 } });
  });
});
