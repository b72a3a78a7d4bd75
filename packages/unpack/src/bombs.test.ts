import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { craftZip } from './test-support/craft-zip.js';
import { packXlsx } from './test-support/pack-xlsx.js';
import { inPieces, readAll } from './test-support/read-all.js';
import { unpack } from './unpack.js';
import type { UnpackLimits } from './unpacked-file.js';

const MEGABYTE = 1024 ** 2;
const zeros = Buffer.alloc(64 * MEGABYTE);

/** 10 GiB of zeros, as 160 gzip members of 64 MiB each. One is compressed, and its bytes repeated. */
const gzipMember = gzipSync(zeros, { level: 9 });
const GZIP_MEMBERS = 160;

const generous: UnpackLimits = {
  maxUnpackedBytes: 100 * MEGABYTE,
  maxRatio: Number.POSITIVE_INFINITY,
  maxFiles: 100,
};
const usual: UnpackLimits = { maxUnpackedBytes: 4_096 * MEGABYTE, maxRatio: 200, maxFiles: 100 };

async function* gzipBomb(): AsyncGenerator<Uint8Array> {
  for (let member = 0; member < GZIP_MEMBERS; member += 1) yield* inPieces(gzipMember);
}

/** Reads until the upload is refused. Returns the error, how many bytes came out, and how far memory grew. */
async function defuse(pieces: AsyncIterable<Uint8Array>, limits: UnpackLimits) {
  const before = process.memoryUsage().rss;
  let unpacked = 0;
  let peak = before;
  try {
    for await (const file of unpack(pieces, { limits })) {
      if (file.kind !== 'text') continue;
      for await (const piece of file.pieces) {
        unpacked += piece.length;
        peak = Math.max(peak, process.memoryUsage().rss);
      }
    }
  } catch (error) {
    return { error, unpacked, growth: peak - before };
  }
  throw new Error(`${unpacked} bytes came through`);
}

describe('A zip bomb of 10 GiB of zeros', () => {
  it('as gzip is stopped by maxUnpackedBytes, and memory stays flat', async () => {
    const { error, unpacked, growth } = await defuse(gzipBomb(), generous);
    expect(error).toMatchObject({ code: 'unpacked_too_large', file: null });
    expect(unpacked).toBeLessThanOrEqual(generous.maxUnpackedBytes);
    expect(growth).toBeLessThan(64 * MEGABYTE);
  });

  it('as gzip is stopped by maxRatio, soon after the ratio is first checked', async () => {
    const { error, unpacked } = await defuse(gzipBomb(), usual);
    expect(error).toMatchObject({ code: 'ratio_too_high' });
    expect(unpacked).toBeLessThan(15 * MEGABYTE);
  });

  it('as gzip in gzip is stopped in the outer or the inner layer', async () => {
    const { error, unpacked } = await defuse(inPieces(gzipSync(gzipMember)), usual);
    expect(error).toMatchObject({ code: 'ratio_too_high' });
    expect(unpacked).toBeLessThan(15 * MEGABYTE);
  });

  it('as zip is refused by the sizes in its directory, before anything is unpacked', async () => {
    const packed = deflateRawSync(zeros, { level: 9 });
    const member = { packed, crc32: crc32(zeros), size: 0xfffffffe };
    const bomb = craftZip([1, 2, 3].map((number) => ({ name: `${number}.csv`, ...member })));
    expect(await defuse(inPieces(bomb), generous)).toMatchObject({
      error: { code: 'unpacked_too_large' },
      unpacked: 0,
    });
    expect(await defuse(inPieces(bomb), usual)).toMatchObject({
      error: { code: 'ratio_too_high' },
      unpacked: 0,
    });
  });

  it('as zip whose directory announces too small a size is stopped at that size', async () => {
    const bomb = craftZip([{ name: 'a.csv', packed: deflateRawSync(zeros, { level: 9 }), size: 1_000 }]);
    const { error, unpacked } = await defuse(inPieces(bomb), usual);
    expect(error).toMatchObject({ code: 'damaged_archive', file: 'a.csv' });
    expect(unpacked).toBe(0);
  });

  it('as zip whose members all share the same bytes is refused by the sum of their sizes', async () => {
    const size = 8 * MEGABYTE;
    const content = Buffer.alloc(size, 'a,b\n');
    const first = { name: 'same.csv', content };
    const overlapping = craftZip([
      first,
      ...Array.from({ length: 40 }, () => ({
        name: 'same.csv',
        offset: 0,
        packed: deflateRawSync(content),
        crc32: crc32(content),
        size,
      })),
    ]);
    expect((await defuse(inPieces(overlapping), generous)).error).toMatchObject({
      code: 'unpacked_too_large',
    });
    expect((await defuse(inPieces(overlapping), usual)).error).toMatchObject({ code: 'ratio_too_high' });
  });
});

describe('A workbook made to exhaust memory', () => {
  const rowsOf = (rows: string) => packXlsx({ sheets: [{ name: 'Sheet1', rows }] });

  it('is stopped by maxUnpackedBytes and maxRatio when it is a zip bomb', async () => {
    const bomb = await rowsOf(`<row>${' '.repeat(40 * MEGABYTE)}</row>`);
    await expect(readAll(bomb, { limits: usual })).rejects.toMatchObject({ code: 'ratio_too_high' });
  });

  it.each(['<!DOCTYPE x [<!ENTITY a "aaaa">]>', '<!ENTITY a "aaaa">'])(
    'is refused when it declares a document type or an entity: %s',
    async (declaration) => {
      const workbook = await packXlsx({
        sheets: [{ name: 'Sheet1', rows: '' }],
        parts: { 'xl/sharedStrings.xml': `${declaration}<sst><si><t>&a;</t></si></sst>` },
      });
      await expect(readAll(workbook)).rejects.toMatchObject({ code: 'damaged_archive' });
    },
  );

  it('is refused at once when its elements are nested a million deep', async () => {
    // Of the processor: by the clock it takes longer on a busy machine.
    const before = process.cpuUsage();
    await expect(readAll(await rowsOf('<row>'.repeat(1_000_000)))).rejects.toMatchObject({
      code: 'damaged_archive',
    });
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(4_000);
  });

  it('is refused before an attribute or a comment without an end fills memory', async () => {
    for (const start of ['<row r="', '<!--', '<row ', '<']) {
      const bomb = await rowsOf(start + 'x'.repeat(8 * MEGABYTE));
      await expect(readAll(bomb)).rejects.toMatchObject({ code: 'damaged_archive' });
    }
  });

  it('is refused when its shared strings take too much memory, and the message says what to do', async () => {
    const strings = `<si><t>${'x'.repeat(30_000)}</t></si>`.repeat(2_300);
    const workbook = await packXlsx({ sheets: [{ name: 'Sheet1', rows: '' }], strings });
    await expect(readAll(workbook, { limits: generous })).rejects.toMatchObject({
      code: 'workbook_too_large',
      message: expect.stringContaining('CSV UTF-8'),
    });
  });

  it('yields rows that end in the last column in small batches', async () => {
    const rows = '<row><c t="b"/><c r="XFD1"><v>1</v></c></row>'.repeat(3_000);
    let most = 0;
    for await (const file of unpack(inPieces(await rowsOf(rows)), { limits: generous })) {
      if (file.kind !== 'sheet') continue;
      for await (const batch of file.rows) most = Math.max(most, batch.length * 16_384);
    }
    expect(most).toBeLessThanOrEqual(7 * 16_384);
  });

  it('does not block the event loop, however many batches a few bytes make', async () => {
    const rows = '<row><c r="XFD1"><v>1</v></c></row>'.repeat(1_000);
    let turns = 0;
    let batches = 0;
    let next = setImmediate(takeTurn);
    function takeTurn() {
      turns += 1;
      next = setImmediate(takeTurn);
    }
    for await (const file of unpack(inPieces(await rowsOf(rows)), { limits: generous })) {
      if (file.kind !== 'sheet') continue;
      turns = 0;
      for await (const _batch of file.rows) batches += 1;
    }
    clearImmediate(next);
    expect(batches).toBeGreaterThan(100);
    expect(turns).toBeGreaterThanOrEqual(batches - 1);
  });

  it('counts the blank cells before the last column as unpacked bytes', async () => {
    const rows = '<row><c t="b"/><c r="XFD1"><v>1</v></c></row>'.repeat(3_000);
    await expect(readAll(await rowsOf(rows), { limits: usual })).rejects.toMatchObject({
      code: 'ratio_too_high',
    });
  });

  it('keeps narrow rows narrow after one wide row', async () => {
    const narrow = '<row><c><v>1</v></c></row>'.repeat(100_000);
    const header = `<row>${'<c t="str"><v>h</v></c>'.repeat(2_000)}</row>`;
    let cells = 0;
    for await (const file of unpack(inPieces(await rowsOf(header + narrow)), { limits: generous })) {
      if (file.kind !== 'sheet') continue;
      for await (const batch of file.rows) for (const row of batch) cells += row.cells.length;
    }
    expect(cells).toBe(102_000);
  });

  it.each(['XFE1', 'ZZZZZZ1', '1', '', 'a1', 'A0', 'A1048577', 'A-1', 'A1:B2', 'A1.5'])(
    'is damaged when a cell has the impossible reference "%s"',
    async (reference) => {
      const rows = `<row><c r="${reference}"><v>1</v></c></row>`;
      await expect(readAll(await rowsOf(rows))).rejects.toMatchObject({ code: 'damaged_archive' });
    },
  );

  it('is damaged when a row has more cells than a sheet has columns, even without references', async () => {
    const cells = '<c t="b"><v>1</v></c>'.repeat(16_385);
    await expect(readAll(await rowsOf(`<row>${cells}</row>`))).rejects.toMatchObject({
      code: 'damaged_archive',
    });
  });

  it.each(['abc', '1.5', '99999999999', '1e400', '1e3', '-5', '0', '', '1048577', '0x10'])(
    'is damaged when a row has the impossible number "%s"',
    async (number) => {
      const rows = `<row r="${number}"><c><v>1</v></c></row>`;
      await expect(readAll(await rowsOf(rows))).rejects.toMatchObject({
        code: 'damaged_archive',
        message: expect.stringContaining(`"${number}" is not the number of a row`),
      });
    },
  );

  it('is damaged when it has more rows than a sheet can have', async () => {
    const rows = '<row r="1048576"><c><v>1</v></c></row><row><c><v>1</v></c></row>';
    await expect(readAll(await rowsOf(rows))).rejects.toMatchObject({ code: 'damaged_archive' });
  });
});

describe('A shared string of a million characters', () => {
  const cell = '<c t="s"><v>0</v></c>';
  /** So many strings that the store packs them. */
  const strings = `<si><t>${'x'.repeat(1_000_000)}</t></si>${'<si><t>a</t></si>'.repeat(2_000)}`;
  const workbookOf = (rows: string) => packXlsx({ sheets: [{ name: 'Sheet1', rows }], strings });

  it('comes in small batches when thousands of rows use it, and each use counts as unpacked bytes', async () => {
    const workbook = await workbookOf(`<row>${cell}</row>`.repeat(5_000));
    expect(workbook.length).toBeLessThan(10_000);
    let most = 0;
    let total = 0;
    const reading = (async () => {
      for await (const file of unpack(inPieces(workbook), { limits: generous })) {
        if (file.kind !== 'sheet') continue;
        for await (const batch of file.rows) {
          const length = batch.reduce((sum, { cells }) => sum + cells.join('').length, 0);
          most = Math.max(most, length);
          total += length;
        }
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'unpacked_too_large' });
    expect(most).toBeLessThanOrEqual(2_000_000);
    expect(total).toBeLessThanOrEqual(generous.maxUnpackedBytes);
  });

  it('is stopped by maxRatio when it is used too often', async () => {
    const workbook = await workbookOf(`<row>${cell}</row>`.repeat(5_000));
    await expect(readAll(workbook, { limits: usual })).rejects.toMatchObject({ code: 'ratio_too_high' });
  });

  it('makes a row too long when many of its cells use it, and the message names the row', async () => {
    const workbook = await workbookOf(`<row>${cell}</row><row r="7">${cell.repeat(10_000)}</row>`);
    await expect(readAll(workbook, { limits: generous })).rejects.toMatchObject({
      code: 'workbook_too_large',
      message: expect.stringContaining('Row 7 of the sheet is longer than 4194304 characters'),
    });
  });
});

describe('The list of sheets, the styles and the other small parts of a workbook', () => {
  const rows = '<row><c s="0"><v>7</v></c></row>';
  const sheets = [{ name: 'Sheet1', rows }];
  const long = 'x'.repeat(MEGABYTE - 1_000);

  it.each([
    ['relationships', 'xl/_rels/workbook.xml.rels', `<Relationship Id="a" Target="${long}"/>`],
    ['sheets', 'xl/workbook.xml', `<sheet name="${long}"/>`],
    ['content types', '[Content_Types].xml', `<Override PartName="${long}"/>`],
  ])('are refused before they fill memory: %s', async (_what, path, element) => {
    const workbook = await packXlsx({ sheets, parts: { [path]: `<root>${element.repeat(20)}</root>` } });
    await expect(readAll(workbook, { limits: generous })).rejects.toMatchObject({
      code: 'workbook_too_large',
      file: path,
    });
  });

  it('are refused as well when many small texts add up', async () => {
    const workbook = await packXlsx({
      sheets,
      parts: { 'xl/workbook.xml': `<workbook>${'<sheet/>'.repeat(300_000)}</workbook>` },
    });
    await expect(readAll(workbook)).rejects.toMatchObject({ code: 'workbook_too_large' });
  });

  it('may have number formats longer than Excel allows, which are ignored', async () => {
    const formats = ['0'.repeat(256), `"${'x'.repeat(500_000)}"0`];
    expect(await readAll(await packXlsx({ sheets, formats }))).toMatchObject([{ rows: { 1: ['7'] } }]);
  });

  it('are refused when number formats fill memory', async () => {
    const numFmts = Array.from(
      { length: 60_000 },
      (_, n) => `<numFmt numFmtId="${n + 164}" formatCode="${'x'.repeat(255)}"/>`,
    );
    const styles = `<styleSheet><numFmts>${numFmts.join('')}</numFmts></styleSheet>`;
    const workbook = await packXlsx({ sheets, parts: { 'xl/styles.xml': styles } });
    await expect(readAll(workbook)).rejects.toMatchObject({
      code: 'workbook_too_large',
      file: 'xl/styles.xml',
    });
  });

  it('are refused when the names of open elements fill memory', async () => {
    const name = 'x'.repeat(500_000);
    const workbook = await packXlsx({ sheets, parts: { 'xl/styles.xml': `<${name}></${name}>` } });
    await expect(readAll(workbook)).rejects.toMatchObject({ code: 'damaged_archive' });
  });
});
