import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { packXlsx } from './test-support/pack-xlsx.js';
import { packZip } from './test-support/pack-zip.js';
import { inPieces, limits, readAll, readNotices } from './test-support/read-all.js';
import { unpack } from './unpack.js';

let temporaryFolder: string;
beforeAll(async () => {
  temporaryFolder = await mkdtemp(join(tmpdir(), 'unpack-test-'));
});
afterAll(() => rm(temporaryFolder, { recursive: true }));

const csv = 'Order ID,Name\n1,Ada\n2,"Grace, Rear Admiral"\n';

describe('A file that is not packed', () => {
  it('is handed on as it is, without a name', async () => {
    expect(await readAll(Buffer.from(csv))).toEqual([{ name: null, text: csv }]);
  });

  it.each([
    ['an empty file', ''],
    ['one byte', 'P'],
    ['a PDF, which the CSV reader refuses', '%PDF-1.7'],
    ['a CSV that begins like bzip2', 'BZh1,Name\n'],
  ])('is handed on as it is: %s', async (_what, text) => {
    expect(await readAll(Buffer.from(text))).toEqual([{ name: null, text }]);
  });

  it('is read no faster than its reader takes it', async () => {
    let given = 0;
    const counted = (async function* () {
      for await (const piece of inPieces(Buffer.alloc(1_000_000, 'a,b\n'), 10_000)) {
        given += 1;
        yield piece;
      }
    })();
    for await (const file of unpack(counted, { limits })) {
      if (file.kind !== 'text') continue;
      expect(given).toBe(1);
      let taken = 0;
      for await (const _piece of file.pieces) expect(given).toBe(++taken);
    }
    expect(given).toBe(100);
  });
});

describe('A gzip file', () => {
  it('is unpacked', async () => {
    expect(await readAll(gzipSync(csv))).toEqual([{ name: null, text: csv }]);
  });

  it('may be inside another, as a .csv.gz sent with Content-Encoding: gzip is', async () => {
    expect(await readAll(gzipSync(gzipSync(csv)))).toEqual([{ name: null, text: csv }]);
  });

  it('is refused inside two others', async () => {
    await expect(readAll(gzipSync(gzipSync(gzipSync(csv))))).rejects.toMatchObject({
      code: 'nested_archive',
      file: null,
    });
  });

  it('may hold a zip archive or a workbook', async () => {
    expect(await readAll(gzipSync(await packZip({ 'a.csv': csv })))).toEqual([{ name: 'a.csv', text: csv }]);
  });

  it('may have several members, which are one file, wherever the network cuts it', async () => {
    const whole = Buffer.concat([gzipSync('a,b\n'), gzipSync(''), gzipSync('1,2\n')]);
    for (let size = 1; size <= whole.length; size += 1) {
      expect(await readAll(inPieces(whole, size))).toEqual([{ name: null, text: 'a,b\n1,2\n' }]);
    }
  });

  it('is refused when its last member is cut off, wherever the network cuts it', async () => {
    const [first, second] = [gzipSync('a,b\n'), gzipSync('1,2\n')];
    for (let length = 1; length < second.length; length += 1) {
      const whole = Buffer.concat([first, second.subarray(0, length)]);
      for (const size of [1, first.length, whole.length]) {
        await expect(readAll(inPieces(whole, size))).rejects.toMatchObject({ code: 'damaged_archive' });
      }
    }
  });

  it('may be padded with zeros at its end', async () => {
    const padded = Buffer.concat([gzipSync(csv), Buffer.alloc(1_000)]);
    for (const size of [1, 7, 50, 2_000]) {
      expect(await readAll(inPieces(padded, size))).toEqual([{ name: null, text: csv }]);
    }
  });

  it('may have other bytes after it, which are left out with a notice', async () => {
    for (const tail of ['x', '\r\n', 'more text', '\0\0\0x', '\x1fno member']) {
      const whole = Buffer.concat([gzipSync(csv), Buffer.from(tail)]);
      for (let size = 1; size <= whole.length; size += 1) {
        expect(await readAll(inPieces(whole, size))).toEqual([{ name: null, text: csv }]);
      }
      const ignored = tail.replace(/^\0+/, '').length;
      expect(await readNotices(whole)).toEqual([
        [{ code: 'trailing_bytes', message: expect.stringContaining(`(bytes: ${ignored})`) }],
      ]);
    }
  });

  it('has no notice when zeros are all that follows it', async () => {
    const padded = Buffer.concat([gzipSync(csv), gzipSync(csv), Buffer.alloc(1_000)]);
    expect(await readNotices(padded)).toEqual([[]]);
  });

  it('may have zeros between its members', async () => {
    const whole = Buffer.concat([gzipSync('a,b\n'), Buffer.alloc(5), gzipSync('1,2\n'), Buffer.alloc(5)]);
    for (let size = 1; size <= whole.length; size += 1) {
      expect(await readAll(inPieces(whole, size))).toEqual([{ name: null, text: 'a,b\n1,2\n' }]);
    }
  });

  it('may have thousands of members, and the bytes after them are still checked', async () => {
    const member = gzipSync('1,2\n');
    const members = Buffer.concat(Array.from({ length: 3_000 }, () => member));
    for (const tail of ['', '\0\0', '\0\0x']) {
      const whole = Buffer.concat([members, Buffer.from(tail)]);
      expect(await readAll(whole)).toEqual([{ name: null, text: '1,2\n'.repeat(3_000) }]);
      expect((await readNotices(whole)).flat()).toHaveLength(tail.endsWith('x') ? 1 : 0);
    }
    for (const tail of [member.subarray(0, -1), Buffer.from([0, 0, ...member]), Buffer.from('x')]) {
      await expect(readAll(Buffer.concat([members, tail]))).rejects.toMatchObject({
        code: 'damaged_archive',
      });
    }
  });

  it('may have a name, a comment, an extra field and a checksum in its header, wherever the network cuts it', async () => {
    const plain = gzipSync(csv);
    const extra = Buffer.from('\x05\0AB\x01\0x', 'latin1');
    const header = Buffer.concat([
      plain.subarray(0, 3),
      Buffer.from([0x1e]),
      plain.subarray(4, 10),
      extra,
      Buffer.from('pledges.csv\0a comment\0\x12\x34', 'latin1'),
    ]);
    const whole = Buffer.concat([header, plain.subarray(10)]);
    for (let size = 1; size <= whole.length; size += 1) {
      expect(await readAll(inPieces(whole, size))).toEqual([{ name: null, text: csv }]);
    }
    for (let length = 2; length < header.length; length += 1) {
      await expect(readAll(whole.subarray(0, length))).rejects.toMatchObject({ isCutOff: true });
    }
  });

  it('is refused with isCutOff when its end is missing, and without when it is damaged', async () => {
    const whole = gzipSync(csv);
    const altered = Buffer.from(whole);
    altered.writeUInt8(altered.readUInt8(whole.length - 8) ^ 1, whole.length - 8);
    await expect(readAll(altered)).rejects.toMatchObject({ code: 'damaged_archive', isCutOff: false });
    await expect(readAll(whole.subarray(0, -1))).rejects.toMatchObject({
      code: 'damaged_archive',
      isCutOff: true,
    });
    const otherMethod = Buffer.from(whole);
    otherMethod.writeUInt8(7, 2);
    await expect(readAll(otherMethod)).rejects.toMatchObject({ code: 'damaged_archive', isCutOff: false });
  });

  it('is refused when it is cut off anywhere, and the message says so', async () => {
    const whole = gzipSync(csv);
    for (let length = 2; length < whole.length; length += 1) {
      await expect(readAll(whole.subarray(0, length))).rejects.toMatchObject({
        code: 'damaged_archive',
        message: expect.stringContaining('cut off'),
      });
    }
  });

  it('never yields another text when one of its bytes has changed', async () => {
    const whole = gzipSync(csv, { level: 0 });
    // Only behind the header: its time and system may change without any harm.
    for (let at = 10; at < whole.length; at += 1) {
      const altered = Buffer.from(whole);
      altered.writeUInt8(altered.readUInt8(at) ^ 0x20, at);
      const read = await readAll(altered).catch((error: unknown) => error);
      if (read instanceof Error) expect(read).toMatchObject({ code: 'damaged_archive' });
      else expect(read).toEqual([{ name: null, text: csv }]);
    }
  });
});

describe('Any text', () => {
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(csv.repeat(50)));
  const cuts = fc.integer({ min: 1, max: 200 });

  it('comes out of gzip unchanged, wherever the network cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(texts, cuts, async (text, size) => {
        const packed = gzipSync(text);
        expect(await readAll(inPieces(packed, size))).toEqual([{ name: null, text }]);
      }),
    );
    const packed = gzipSync(csv);
    for (let at = 1; at < packed.length; at += 1) {
      const halves = (async function* () {
        yield packed.subarray(0, at);
        yield packed.subarray(at);
      })();
      expect(await readAll(halves)).toEqual([{ name: null, text: csv }]);
    }
  });

  it('comes out of zip unchanged, wherever the network cuts it', async () => {
    await fc.assert(
      fc.asyncProperty(texts, cuts, async (text, size) => {
        fc.pre(text !== '');
        const packed = await packZip({ 'a.csv': `a,${text}` });
        expect(await readAll(inPieces(packed, size))).toEqual([{ name: 'a.csv', text: `a,${text}` }]);
      }),
      { numRuns: 50 },
    );
  });
});

it.each([
  ['a 7-Zip archive', '377abcaf271c0004'],
  ['a RAR archive', '526172211a0700'],
  ['an xz file', 'fd377a585a0000'],
  ['a Zstandard file', '28b52ffd2400'],
  ['an LZ4 file', '04224d186440'],
  ['a bzip2 file', '425a6839314159265359'],
  ['a tar archive', tarHeader('0006245\0', 'ustar\x0000')],
  ['a tar archive', tarHeader('  6245\0 ', 'ustar  \0')],
])('%s is refused, and the message says what it is', async (what, hex) => {
  await expect(readAll(Buffer.from(hex, 'hex'))).rejects.toMatchObject({
    code: 'unsupported_compression',
    message: expect.stringContaining(what),
  });
  const archive = await packZip({ 'inner.csv': Buffer.from(hex, 'hex') });
  await expect(readAll(archive)).rejects.toMatchObject({ code: 'nested_archive', file: 'inner.csv' });
});

function tarHeader(checksum: string, signature: string): string {
  const mode = `${'orders.csv'.padEnd(100, '\0')}0000644\0`.padEnd(148, '\0');
  return Buffer.from(`${`${mode}${checksum}0`.padEnd(257, '\0')}${signature}`.padEnd(512, '\0')).toString(
    'hex',
  );
}

it.each(['Mustard', 'Lustar  ', 'ustar\0'])(
  'A CSV with "%s" where a tar archive has its signature is handed on as text',
  async (word) => {
    const at = 257 - word.indexOf('ustar');
    const text = `${'Order ID,Name,Sauce\n1,Ada,'.padEnd(at, 'x')}${word}\n2,Grace,none\n`;
    expect(await readAll(Buffer.from(text))).toEqual([{ name: null, text }]);
  },
);

describe('A file that the reader stops reading half-way', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `${n},${Math.random()}\n`).join('');

  async function breakOffFirst(upload: Uint8Array) {
    const names: (string | null)[] = [];
    for await (const file of unpack(inPieces(upload), { limits, temporaryFolder })) {
      names.push(file.kind === 'sheet' ? file.sheet : file.name);
      if (file.kind === 'skipped') continue;
      const content: AsyncIterable<unknown> = file.kind === 'text' ? file.pieces : file.rows;
      let taken = 0;
      for await (const _part of content) {
        taken += 1;
        if (names.length === 1) break;
      }
      expect(taken).toBeGreaterThan(0);
    }
    expect(await readdir(temporaryFolder)).toEqual([]);
    return names;
  }

  it('may be a text, and the next file comes whole', async () => {
    expect(await breakOffFirst(await packZip({ 'a.csv': rows, 'b.csv': csv }))).toEqual(['a.csv', 'b.csv']);
    expect(await breakOffFirst(Buffer.from(rows))).toEqual([null]);
  });

  it('may be a gzip file, and the next file comes whole', async () => {
    const archive = await packZip({ 'a.csv.gz': gzipSync(rows), 'b.csv.gz': gzipSync(csv) });
    expect(await breakOffFirst(archive)).toEqual(['a.csv.gz', 'b.csv.gz']);
    expect(await breakOffFirst(gzipSync(rows))).toEqual([null]);
  });

  it('may be a sheet, and the other sheets are still reported as skipped', async () => {
    const cells = Array.from({ length: 5_000 }, (_, n) => `<row><c><v>${n}</v></c><c><v>${n}</v></c></row>`);
    const sheets = [
      { name: 'Orders', rows: cells.join('') },
      { name: 'Notes', rows: cells.join('') },
    ];
    const workbook = await packXlsx({ sheets });
    expect(await breakOffFirst(workbook)).toEqual(['Orders', 'Notes']);
    expect(await breakOffFirst(await packZip({ 'a.xlsx': workbook, 'b.csv': csv }))).toEqual([
      'Orders',
      'a.xlsx: Notes',
      'b.csv',
    ]);
  });
});

describe('The temporary folder', () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `${n},${Math.random()}\n`).join('');
  let uploads: readonly Buffer[];
  beforeEach(async () => {
    const cells = Array.from({ length: 5_000 }, (_, n) => `<row><c><v>${n}</v></c></row>`).join('');
    const workbook = await packXlsx({ sheets: [{ name: 'Orders', rows: cells }] });
    const page = `<table>${'<tr><td>1</td><td>2</td></tr>'.repeat(20_000)}</table>`;
    uploads = [
      Buffer.from(rows),
      gzipSync(rows),
      await packZip({ 'a.csv': rows, 'b.csv': rows }),
      await packZip({ 'a.csv.gz': gzipSync(rows), 'b.xlsx': workbook }),
      workbook,
      await packZip({ 'b.xlsx': workbook, 'c.csv': rows }),
      Buffer.from(page),
      Buffer.from(`<html>${rows}`),
      await packZip({ 'd.xls': page, 'c.csv': rows }),
    ];
  });

  function watched(bytes: Uint8Array, failAfter = Number.POSITIVE_INFINITY) {
    const state = { isClosed: false };
    async function* pieces() {
      let count = 0;
      try {
        for await (const piece of inPieces(bytes, 5_000)) {
          count += 1;
          if (count > failAfter) throw new Error('the client hung up');
          yield piece;
        }
      } finally {
        state.isClosed = true;
      }
    }
    return { state, pieces: pieces() };
  }

  it('is empty when the reader stops after one piece or batch', async () => {
    for (const bytes of uploads) {
      const { state, pieces } = watched(bytes);
      for await (const file of unpack(pieces, { limits, temporaryFolder })) {
        if (file.kind === 'skipped') continue;
        const content: AsyncIterable<unknown> = file.kind === 'text' ? file.pieces : file.rows;
        for await (const _part of content) break;
        break;
      }
      expect(await readdir(temporaryFolder)).toEqual([]);
      expect(state.isClosed).toBe(true);
    }
  });

  it('is empty when the reader stops before it has read any file', async () => {
    for (const bytes of uploads) {
      const { state, pieces } = watched(bytes);
      const files = unpack(pieces, { limits, temporaryFolder });
      await files.next();
      await files.return(undefined);
      expect(await readdir(temporaryFolder)).toEqual([]);
      expect(state.isClosed).toBe(true);
    }
  });

  it('is empty when the client hangs up, and the reader gets that error', async () => {
    for (const bytes of uploads) {
      for (const failAfter of [0, 1, 3]) {
        const { pieces } = watched(bytes, failAfter);
        await expect(readAll(pieces, { temporaryFolder })).rejects.toThrow('the client hung up');
        expect(await readdir(temporaryFolder)).toEqual([]);
      }
    }
  });

  it.skipIf(process.platform === 'win32')(
    'is empty even while an archive is read, in case the process is killed',
    async () => {
      for await (const file of unpack(inPieces(await packZip({ 'a.csv': rows })), {
        limits,
        temporaryFolder,
      })) {
        expect(file.name).toBe('a.csv');
        expect(await readdir(temporaryFolder)).toEqual([]);
      }
      expect(existsSync(temporaryFolder)).toBe(true);
    },
  );
});
