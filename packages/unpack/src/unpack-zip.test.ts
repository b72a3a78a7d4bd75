import { crc32, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { craftZip } from './test-support/craft-zip.js';
import { packXlsx } from './test-support/pack-xlsx.js';
import { packZip } from './test-support/pack-zip.js';
import { inPieces, limits, readAll, readLosses } from './test-support/read-all.js';
import { unpack } from './unpack.js';
import { UnpackError } from './unpack-error.js';

const csv = 'Order ID,Name\n1,Ada\n';
const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Order ID</t></is></c></row>';

describe('A zip archive', () => {
  it('yields its files in its own order, named by their paths and read by their content', async () => {
    const archive = await packZip({
      'b.csv': csv,
      'folder/': '',
      'folder/a.csv': csv,
      'late/pledges.csv.gz': gzipSync(csv),
      'a table.pdf': csv,
      'orders.xlsx': await packXlsx({ sheets: [{ name: 'Orders', rows: row }] }),
    });
    expect(await readAll(archive)).toEqual([
      { name: 'b.csv', text: csv },
      { name: 'folder/a.csv', text: csv },
      { name: 'late/pledges.csv.gz', text: csv },
      { name: 'a table.pdf', text: csv },
      { name: 'orders.xlsx', sheet: 'Orders', rows: { 1: ['Order ID'] } },
    ]);
  });

  it('reports the files that it skips, each with the reason', async () => {
    const archive = await packZip({
      '__MACOSX/._a.csv': 'x',
      '.DS_Store': 'x',
      'folder/.git/config': 'x',
      'folder/Thumbs.db': 'x',
      'Desktop.ini': 'x',
      'empty.csv': '',
      'empty.csv.gz': gzipSync(''),
      'invoice.csv': '%PDF-1.7',
      'photo.jpg': Buffer.from('ffd8ffe0', 'hex'),
      'letter.docx': await office(
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
      ),
      'blank.xlsx': await packXlsx({ sheets: [{ name: 'Sheet1', rows: '' }] }),
      'orders.csv': csv,
    });
    expect(await readAll(archive)).toEqual([
      { name: '__MACOSX/._a.csv', skipped: 'a file that macOS adds to archives' },
      { name: '.DS_Store', skipped: 'a hidden file' },
      { name: 'folder/.git/config', skipped: 'a hidden file' },
      { name: 'folder/Thumbs.db', skipped: 'a file that Windows keeps in folders' },
      { name: 'Desktop.ini', skipped: 'a file that Windows keeps in folders' },
      { name: 'empty.csv', skipped: 'empty' },
      { name: 'empty.csv.gz', skipped: 'empty' },
      { name: 'invoice.csv', skipped: 'a PDF document, not a table' },
      { name: 'photo.jpg', skipped: 'a JPEG image, not a table' },
      { name: 'letter.docx', skipped: 'a Word document, not a table' },
      { name: 'blank.xlsx', skipped: 'a workbook without a value' },
      { name: 'orders.csv', text: csv },
    ]);
  });

  it('is refused when it holds nothing that could be a table', async () => {
    for (const members of [{}, { 'folder/': '' }, { '.DS_Store': 'x', 'a.pdf': '%PDF-1.7' }]) {
      await expect(readAll(await packZip(members))).rejects.toMatchObject({ code: 'no_file_in_archive' });
    }
  });

  it('reports of each file that it skips whether rows may be lost (mayHoldRows)', async () => {
    const ods = await packZip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet' });
    const archive = await packZip({
      '.DS_Store': 'x',
      'empty.csv': '',
      'invoice.pdf': '%PDF-1.7',
      'photo.webp': 'RIFF\x10\0\0\0WEBPVP8 ',
      'movie.mp4': '\0\0\0 ftypisom',
      'song.mp3': 'ID3\x03\0',
      'setup.exe': `MZ\x90${'\0'.repeat(100)}`,
      'blank.xlsx': await packXlsx({ sheets: [{ name: 'Sheet1', rows: '' }] }),
      'letter.odt': await packZip({ mimetype: 'application/vnd.oasis.opendocument.text' }),
      'old/b.zip': await packZip({ 'b.csv': csv }),
      'c.7z': Buffer.from('377abcaf271c0004', 'hex'),
      'd.ods': ods,
      'e.numbers': await packZip({ 'Index/Document.iwa': 'x' }),
      'f.xlsb': await office('application/vnd.ms-excel.sheet.binary.macroEnabled.main'),
      'good.csv': csv,
    });
    expect(await readAll(archive)).toHaveLength(15);
    expect(await readLosses(archive)).toEqual(['old/b.zip', 'c.7z', 'd.ods', 'e.numbers', 'f.xlsb']);
  });

  it('may have names in UTF-8 or in the code page of MS-DOS, and harmful names are made harmless', async () => {
    const archive = craftZip([
      { name: 'Bestellungen für März.csv', content: csv },
      { name: Buffer.from([0x81, ...Buffer.from('ber.csv')]), flags: 0, content: csv },
      { name: 'macOS für März.csv', flags: 0, content: csv },
      { name: '../../etc/passwd', content: csv },
      { name: 'C:\\orders\\a.csv', content: csv },
      { name: 'a\u0000\u001b[31m\u202e.csv', content: csv },
      { name: Buffer.from('ed a0 80 2e 63 73 76'.replaceAll(' ', ''), 'hex'), content: csv },
      { name: 'x'.repeat(5_000), content: csv },
    ]);
    expect((await readAll(archive)).map(({ name }) => name)).toEqual([
      'Bestellungen für März.csv',
      'über.csv',
      'macOS für März.csv',
      '../../etc/passwd',
      'C:/orders/a.csv',
      'a\ufffd\ufffd[31m\ufffd.csv',
      '\ufffd\ufffd\ufffd.csv',
      `${'x'.repeat(154)}…${'x'.repeat(100)}`,
    ]);
  });
});

describe('The extra fields of a zip member', () => {
  const field = (id: number, data: Uint8Array) => {
    const head = Buffer.alloc(4);
    head.writeUInt16LE(id, 0);
    head.writeUInt16LE(data.length, 2);
    return Buffer.concat([head, data]);
  };

  it('may hold its name in UTF-8', async () => {
    const raw = Buffer.from([0x81, 0x2e, 0x63]);
    const path = Buffer.concat([Buffer.from([1, 0, 0, 0, 0]), Buffer.from('Übersicht ✓.csv')]);
    path.writeUInt32LE(crc32(raw), 1);
    const extra = Buffer.concat([field(0x5455, Buffer.alloc(5)), field(0x7075, path)]);
    const archive = craftZip([{ name: raw, flags: 0, content: csv, extra }]);
    expect(await readAll(archive)).toEqual([{ name: 'Übersicht ✓.csv', text: csv }]);
  });

  it('may hold its size in 64 bits (Zip64)', async () => {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(csv.length));
    const member = { name: 'a.csv', content: csv, size: 0xffffffff };
    expect(await readAll(craftZip([{ ...member, extra: field(1, size) }]))).toEqual([
      { name: 'a.csv', text: csv },
    ]);
    await expect(readAll(craftZip([{ ...member, extra: field(1, size.subarray(1)) }]))).rejects.toMatchObject(
      { code: 'damaged_archive' },
    );
  });

  it('are ignored where their length does not fit', async () => {
    const extra = Buffer.from([0x75, 0x70, 0xff, 0xff, 1]);
    expect(await readAll(craftZip([{ name: 'a.csv', content: csv, extra }]))).toEqual([
      { name: 'a.csv', text: csv },
    ]);
  });
});

describe('A sheet that is asked for, with several workbooks in an archive,', () => {
  const book = (...names: string[]) => packXlsx({ sheets: names.map((name) => ({ name, rows: row })) });

  it('is read from the workbook that has it, and the other workbooks are skipped with a reason', async () => {
    const empty = await packXlsx({ sheets: [{ name: 'Orders', rows: '' }] });
    const archive = await packZip({
      'old.xlsx': await book('Sheet1', 'Notes'),
      'empty.xlsx': empty,
      'new.xlsx': await book('Cover', 'Orders'),
      'more.csv': csv,
    });
    expect(await readAll(archive, { sheet: 'orders' })).toEqual([
      {
        name: 'old.xlsx',
        skipped: expect.stringContaining('no sheet "orders". Its sheets are "Sheet1", "Notes"'),
      },
      { name: 'empty.xlsx', skipped: expect.stringContaining('has no cell with a value') },
      { name: 'new.xlsx', sheet: 'Orders', rows: { 1: ['Order ID'] } },
      { name: 'more.csv', text: csv },
    ]);
  });

  it('must be in one of the workbooks, else the archive is refused', async () => {
    const one = await packZip({ 'a.xlsx': await book('A'), 'b.csv': csv });
    await expect(readAll(one, { sheet: 'B' })).rejects.toMatchObject({
      code: 'sheet_not_found',
      file: 'a.xlsx',
    });
    const two = await packZip({ 'a.xlsx': await book('A'), 'b.xlsx': await book('C') });
    await expect(readAll(two, { sheet: 'B' })).rejects.toMatchObject({
      code: 'sheet_not_found',
      message: expect.stringContaining('None of the 2 workbooks in the archive has rows in a sheet "B"'),
    });
  });

  it('is ignored where the archive holds no workbook', async () => {
    expect(await readAll(await packZip({ 'b.csv': csv }), { sheet: 'B' })).toHaveLength(1);
  });
});

describe('A zip member that cannot be read', () => {
  const good = { name: 'a.csv', content: csv };
  const left = (code: string, reason: string) => [
    { name: 'a.csv', text: csv },
    { name: 'b.csv', skipped: expect.stringContaining(reason), code },
  ];

  /** Reads the member beside a good one. The entry of the skipped one has the code that it is refused with alone. */
  async function readBeside(member: object) {
    const bad = { name: 'b.csv', content: csv, ...member };
    const beside = await readAll(craftZip([good, bad]));
    const junk = { name: '.hidden', content: 'x' };
    const alone = await readAll(craftZip([junk, bad])).catch((error: unknown) => error);
    expect(alone).toBeInstanceOf(UnpackError);
    if (!(alone instanceof UnpackError)) throw new Error('It was read.');
    expect(alone.file).toBe('b.csv');
    expect(beside.at(-1)).toMatchObject({ skipped: alone.message });
    return beside.map((file) => ('skipped' in file ? { ...file, code: alone.code } : file));
  }

  it.each([
    ['flag', { flags: 1 }],
    ['method and flag', { method: 99, flags: 1 }],
    ['method', { method: 99 }],
    ['strong encryption', { flags: 0x41 }],
  ])('is skipped because it has a password, which its %s shows', async (_what, member) => {
    expect(await readBeside(member)).toEqual(
      left('encrypted_archive', '"b.csv" in the archive has a password'),
    );
  });

  it.each([9, 12, 14, 93])('is skipped because of its compression: method %i', async (method) => {
    expect(await readBeside({ method })).toEqual(left('unsupported_compression', `method ${method}`));
  });

  const large = Array.from({ length: 100_000 }, (_, n) => `${n},${n * 7919}\n`).join('');
  it.each([
    ['its checksum is another', { crc32: 1 }],
    ['its checksum is another, after many pieces', { content: large, crc32: 1 }],
    ['it is shorter than announced', { size: csv.length + 1 }],
    ['it is longer than announced', { size: csv.length - 1 }],
    ['its data is not deflated', { packed: Buffer.from('not deflated at all') }],
    ['its data ends too early', { packed: Buffer.from([0x4b]) }],
    ['it is stored, and its checksum is another', { method: 0, crc32: 1 }],
    ['it is stored, and shorter than announced', { method: 0, size: 1_000 }],
    ['it is not where it should be', { offset: 7 }],
    ['it is behind the end', { offset: 1_000_000 }],
  ])('is skipped because it is damaged: %s', async (_what, member) => {
    expect(await readBeside(member)).toEqual(left('damaged_archive', '"b.csv" in the archive is damaged'));
  });

  it('may be a gzip file or a workbook that was already damaged when it was packed', async () => {
    const gzip = gzipSync(large);
    gzip.writeUInt32LE(1, gzip.length - 8);
    const workbook = craftZip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/worksheets/sheet1.xml', content: '<x/>', crc32: 1 },
    ]);
    const archive = await packZip({
      'cut.csv.gz': gzipSync(csv).subarray(0, -1),
      'large.csv.gz': gzip,
      'twice.csv.gz.gz': gzipSync(gzip),
      'book.xlsx': await damageSheet(),
      'good.csv': csv,
      'other.zip': workbook,
    });
    expect(await readAll(archive)).toEqual([
      { name: 'cut.csv.gz', skipped: expect.stringContaining('cut off') },
      { name: 'large.csv.gz', skipped: expect.stringContaining('damaged') },
      { name: 'twice.csv.gz.gz', skipped: expect.stringContaining('damaged') },
      { name: 'book.xlsx', skipped: expect.stringContaining('sheet1.xml" in the archive is damaged') },
      { name: 'good.csv', text: csv },
      { name: 'other.zip', skipped: expect.stringContaining('another archive') },
    ]);
    expect(await readLosses(archive)).toHaveLength(5);
  });

  /** A workbook in which only the checksum of the sheet is wrong. */
  async function damageSheet() {
    const book = await packXlsx({ sheets: [{ name: 'Orders', rows: row.repeat(3) }] });
    const entry = book.indexOf('xl/worksheets/sheet1.xml', book.indexOf('PK\x01\x02')) - 46;
    book.writeUInt32LE(1, entry + 16);
    return book;
  }

  it('is skipped without a loss of rows where it is junk such as __MACOSX', async () => {
    const archive = craftZip([{ name: '__MACOSX/._a.csv', content: 'x', flags: 1 }, good]);
    expect(await readLosses(archive)).toEqual([]);
    expect(await readAll(archive)).toHaveLength(2);
  });

  it('is named in the error where nothing in the archive can be read', async () => {
    const secret = (name: string) => ({ name, content: csv, flags: 1 });
    const same = craftZip([secret('a.csv'), { name: 'b.png', content: '%PDF-1.7' }, secret('c.csv')]);
    await expect(readAll(same)).rejects.toMatchObject({
      code: 'encrypted_archive',
      file: null,
      message: expect.stringMatching(/Nothing in the archive can be read.*"a\.csv".*"c\.csv"/),
    });
    const different = craftZip([secret('a.csv'), { name: 'b.csv', content: csv, crc32: 1 }]);
    await expect(readAll(different)).rejects.toMatchObject({
      code: 'no_file_in_archive',
      message: expect.stringMatching(/"a\.csv".*password.*"b\.csv".*damaged/),
    });
  });

  it('is named in the error together with the workbooks that lack the sheet', async () => {
    const workbook = await packXlsx({ sheets: [{ name: 'A', rows: row }] });
    const archive = await packZip({ 'a.xlsx': workbook, 'b.xlsx': await damageSheet() });
    await expect(readAll(archive, { sheet: 'B' })).rejects.toMatchObject({
      code: 'sheet_not_found',
      message: expect.stringMatching(/^In "a\.xlsx": The workbook has no sheet "B".*In "b\.xlsx":.*damaged/),
    });
  });

  it('counts its unpacked bytes once, although it is read twice', async () => {
    const archive = await packZip({ 'a.csv': large, 'b.csv.gz': gzipSync(large) });
    const maxUnpackedBytes = 2 * large.length + gzipSync(large).length;
    expect(await readAll(archive, { limits: { ...limits, maxUnpackedBytes } })).toHaveLength(2);
    await expect(
      readAll(archive, { limits: { ...limits, maxUnpackedBytes: maxUnpackedBytes - 1 } }),
    ).rejects.toMatchObject({ code: 'unpacked_too_large', file: 'b.csv.gz' });
  });

  it('refuses the whole archive when it exceeds a limit, and the error names it', async () => {
    const strings = `<si><t>${'x'.repeat(30_000)}</t></si>`.repeat(2_300);
    const book = await packXlsx({ sheets: [{ name: 'Sheet1', rows: row }], strings });
    const withBook = await packZip({ 'a.csv': csv, 'b.xlsx': book });
    await expect(readAll(withBook, { limits: { ...limits, maxRatio: 100_000 } })).rejects.toMatchObject({
      code: 'workbook_too_large',
      file: 'b.xlsx',
      message: expect.stringMatching(/^In "b\.xlsx": /),
    });
    const bomb = gzipSync(Buffer.alloc(20_000_000));
    const archive = await packZip({ 'a.csv': csv, 'b.csv.gz': bomb });
    await expect(readAll(archive, { limits: { ...limits, maxRatio: 200 } })).rejects.toMatchObject({
      code: 'ratio_too_high',
    });
  });
});

describe('A zip archive that cannot be read', () => {
  it('is refused as damaged wherever it is cut off', async () => {
    const inner = craftZip([{ name: 'inner.csv', content: csv, method: 0 }]);
    const archives = [
      await packZip({ 'a.csv': csv, 'b.csv': csv }),
      craftZip([
        { name: 'stored.zip', content: inner, method: 0 },
        { name: 'b.csv', content: csv },
      ]),
    ];
    for (const archive of archives) {
      for (let length = 4; length < archive.length; length += 1) {
        await expect(readAll(archive.subarray(0, length))).rejects.toMatchObject({ code: 'damaged_archive' });
      }
    }
  });

  it('is refused when it has more than maxFiles files', async () => {
    const members = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`.junk-${n}`, 'x']));
    await expect(
      readAll(await packZip(members), { limits: { ...limits, maxFiles: 10 } }),
    ).rejects.toMatchObject({ code: 'too_many_files' });
  });
});

function office(contentType: string): Promise<Buffer> {
  return packZip({
    '[Content_Types].xml': `<Types><Override PartName="/main.xml" ContentType="${contentType}"/></Types>`,
    'main.xml': '<main/>',
  });
}

describe('The file of another office program', () => {
  it.each([
    ['a binary Excel workbook', () => office('application/vnd.ms-excel.sheet.binary.macroEnabled.main')],
    [
      'a Word document',
      () => office('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'),
    ],
    [
      'a PowerPoint presentation',
      () => office('application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'),
    ],
    [
      'an OpenDocument spreadsheet',
      () => packZip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<x/>' }),
    ],
    [
      'an OpenDocument document',
      () => packZip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<x/>' }),
    ],
    ['an Apple Numbers', () => packZip({ 'Index/Document.iwa': 'x', 'preview.jpg': 'x' })],
  ])('is refused, and the message says what it is: %s', async (what, pack) => {
    await expect(readAll(await pack())).rejects.toMatchObject({
      code: 'no_file_in_archive',
      message: expect.stringMatching(new RegExp(`is ${what}.*CSV UTF-8`)),
    });
  });

  it('is not suspected where a file only has the name of one of its parts', async () => {
    const archive = await packZip({ mimetype: csv });
    expect(await readAll(archive)).toEqual([{ name: 'mimetype', text: csv }]);
  });
});

it('A zip archive is read or refused with an UnpackError, whatever happened to its bytes', async () => {
  const workbook = await packXlsx({
    sheets: [{ name: 'Orders', rows: `${row}<row r="2"><c r="A2" s="1"><v>45355</v></c></row>` }],
    formats: ['General', 'm/d/yyyy'],
    strings: '<si><t>Ada</t></si>',
  });
  const files = [
    await packZip({ 'a.csv': csv, 'b.csv.gz': gzipSync(csv), 'c.xlsx': workbook }),
    workbook,
    craftZip([{ name: 'a.csv', content: csv, method: 0 }]),
  ];
  const changes = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...files), changes, fc.boolean(), async (file, bytes, isAtEnd) => {
      const altered = Buffer.from(file);
      // Half of the changes hit the end: the directory is there, and with it most of what can go wrong.
      const reach = isAtEnd ? Math.min(400, file.length) : file.length;
      for (const [at, byte] of bytes) altered[file.length - 1 - (at % reach)] = byte;
      const outcome = await readAll(altered).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnpackError);
    }),
    { numRuns: 300 },
  );
});

it('A workbook is read or refused with an UnpackError, whatever its XML', async () => {
  const marks = [
    '<c>',
    '</c>',
    '<c r="A1" t="s">',
    '<c r="',
    '"',
    '<v>',
    '</v>',
    '1',
    '-1',
    '<row r="2">',
    '</row>',
    '<is>',
    '<t>',
    '&amp;',
    '&#0;',
    '&x;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?x',
    '</sheetData>',
    '<f>',
    '<',
    '>',
    '/',
    'é',
    '\u0000',
  ];
  const rows = fc.array(fc.constantFrom(...marks), { maxLength: 25 }).map((parts) => parts.join(''));
  await fc.assert(
    fc.asyncProperty(rows, async (xml) => {
      const workbook = await packXlsx({
        sheets: [{ name: 'Orders', rows: xml }],
        strings: '<si><t>Ada</t></si>',
      });
      const outcome = await readAll(workbook).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnpackError);
    }),
    { numRuns: 200 },
  );
});

describe('A workbook with any attributes and texts in its rows and cells', () => {
  const numbers = fc.constantFrom(
    '1',
    '2',
    '7',
    '0',
    '-1',
    '-5',
    '1.5',
    'abc',
    '1e400',
    '99999999999',
    '',
    '\0',
  );
  const references = fc.constantFrom(
    'A1',
    'B7',
    'XFD1',
    'XFE1',
    'A',
    'a1',
    '1',
    'A1.5',
    '',
    '\0',
    'ZZZZZZZZ9',
  );
  const types = fc.constantFrom('s', 'str', 'inlineStr', 'b', 'd', 'e', 'n', 'x');
  const values = fc.constantFrom(
    ...[
      '0',
      '1',
      '2',
      '-1',
      '0.5',
      '45355.5',
      '1e400',
      '123456789012345678',
      'NaN',
      'x',
      '',
      ' ',
      '2024-03-04T',
    ],
    ...['_x0000_', '_xD83D_', '&#0;', '&amp;', '&x;', '\0', '\ud83d', 'x'.repeat(300)],
  );
  const attribute = (name: string, arbitrary: fc.Arbitrary<string>) =>
    fc
      .option(arbitrary, { freq: 3, nil: null })
      .map((value) => (value === null ? '' : ` ${name}="${value}"`));
  const cell = fc
    .tuple(
      attribute('r', fc.oneof({ weight: 9, arbitrary: fc.constantFrom('A1', 'C1', 'XFD1') }, references)),
      attribute('s', numbers),
      attribute('t', types),
      fc.constantFrom('', '<f>SUM(A1)</f>', '<f/>'),
      fc.constantFrom('v', 'is', 't'),
      values,
    )
    .map(
      ([r, s, t, formula, element, value]) =>
        `<c${r}${s}${t}>${formula}<${element}>${element === 'is' ? `<t>${value}</t>` : value}</${element}></c>`,
    );
  const row = fc
    .tuple(
      attribute('r', fc.oneof({ weight: 9, arbitrary: fc.constantFrom('9', '1048576') }, numbers)),
      fc.array(cell, { maxLength: 4 }),
    )
    .map(([r, cells]) => `<row${r}>${cells.join('')}</row>`);
  // More rows than a batch holds, so that the mistake is found after the first rows were handed on.
  const good = '<row><c><v>1</v></c></row>'.repeat(600);

  it('is read to its end, or refused on the way with an UnpackError', async () => {
    const outcomes = { read: 0, refused: 0, refusedOnTheWay: 0 };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', good), fc.array(row, { maxLength: 4 }), async (before, rows) => {
        const bytes = await packXlsx({
          sheets: [{ name: 'Orders', rows: before + rows.join('') }],
          strings: '<si><t>Ada</t></si><si><t/></si>',
          formats: ['General', 'm/d/yyyy', '[h]:mm', '?/?', '@', '"unclosed'],
        });
        const { error, batches } = await readBatches(bytes);
        if (error === null) outcomes.read += 1;
        else if (batches === 0) outcomes.refused += 1;
        else outcomes.refusedOnTheWay += 1;
        if (error !== null) expect(error).toBeInstanceOf(UnpackError);
      }),
      { numRuns: 300 },
    );
    expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(20);
  });

  async function readBatches(bytes: Uint8Array): Promise<{ error: unknown; batches: number }> {
    let batches = 0;
    try {
      for await (const file of unpack(inPieces(bytes), { limits })) {
        if (file.kind !== 'sheet') continue;
        for await (const _batch of file.rows) batches += 1;
      }
      return { error: null, batches };
    } catch (error) {
      return { error, batches };
    }
  }
});
