import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { craftZip } from './test-support/craft-zip.js';
import { packZip } from './test-support/pack-zip.js';
import { readAll, readNotices } from './test-support/read-all.js';

const csv = 'Order ID,Name\n1,Ada\n';
const zip = craftZip([{ name: 'a.csv', content: csv }]);
const read = [{ name: 'a.csv', text: csv }];
const other = craftZip([{ name: 'b.csv', content: csv }]);

const joined = (...parts: readonly (string | Uint8Array)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

/** The archive with a comment in its end record (APPNOTE.TXT 4.3.16). */
function withComment(archive: Buffer, comment: string): Buffer {
  const whole = joined(archive, comment);
  whole.writeUInt16LE(comment.length, archive.length - 2);
  return whole;
}

async function packZip64(): Promise<Buffer> {
  const archive = new yazl.ZipFile();
  archive.addBuffer(Buffer.from(csv), 'a.csv', { forceZip64Format: true });
  archive.end({ forceZip64Format: true, comment: '' });
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('Bytes after a zip archive', () => {
  it.each([
    ['a line end', '\r\n'],
    ['what a script says at its end', '<br/>\n<b>Notice</b>: done'],
    ['something like an end record', 'PK\x05\x06'],
    ['all that looks like an end record', `PK\x05\x06${'x'.repeat(18)}`],
    ['the end record of an empty archive', `PK\x05\x06${'\0'.repeat(18)}`],
    ['much text', 'x'.repeat(65_000)],
  ])('are left out with a notice: %s', async (_what, tail) => {
    for (const archive of [zip, withComment(zip, 'a comment'), await packZip64()]) {
      const whole = joined(archive, tail);
      expect(await readAll(whole)).toEqual(read);
      expect(await readNotices(whole)).toEqual([
        [
          {
            code: 'trailing_bytes',
            message: `Something follows the end of the zip archive and was left out (bytes: ${tail.length}).`,
          },
        ],
      ]);
    }
  });

  it('are accepted without a notice as padding when they are zeros', async () => {
    const whole = joined(zip, '\0'.repeat(50_000));
    expect(await readAll(whole)).toEqual(read);
    expect(await readNotices(whole)).toEqual([[]]);
  });

  it('are refused where they are so many that other programs do not find the archive either', async () => {
    await expect(readAll(joined(zip, 'x'.repeat(66_000)))).rejects.toMatchObject({ code: 'damaged_archive' });
  });

  it('are reported in a notice of the first file that is read, and only there', async () => {
    const whole = joined(await packZip({ '.junk': 'x', 'a.csv': csv, 'b.csv': csv }), 'tail');
    expect(await readNotices(whole)).toMatchObject([[{ code: 'trailing_bytes' }], []]);
    const packed = joined(gzipSync(whole), 'tail of gzip');
    expect((await readNotices(packed)).map((notices) => notices.length)).toEqual([2, 0]);
  });
});

describe('Bytes before a zip archive', () => {
  it.each([
    ['a line end', '\r\n'],
    ['a byte order mark', '\xef\xbb\xbf'],
    ['a warning of a script', '<br />\n<b>Warning</b>: Für in export.php on line 3<br />\n'],
    ['much text', 'x'.repeat(4_000)],
  ])('are left out with a notice: %s', async (_what, text) => {
    for (const archive of [zip, withComment(zip, 'a comment'), await packZip64()]) {
      const whole = joined(text, archive);
      expect(await readAll(whole)).toEqual(read);
      expect(await readNotices(whole)).toEqual([
        [
          {
            code: 'leading_bytes',
            message: `Something is before the beginning of the zip archive and was left out (bytes: ${text.length}).`,
          },
        ],
      ]);
    }
  });

  it('may be the program of a self-extracting archive', async () => {
    for (const start of ['MZ\x90\0\x03\0\0\0', '\x7fELF']) {
      const whole = joined(start, '\0\0'.repeat(20_000), zip);
      expect(await readAll(whole)).toEqual(read);
      expect(await readNotices(whole)).toEqual([[]]);
      expect(await readAll(joined(start, '\0\0'.repeat(20_000)))).toMatchObject([{ name: null }]);
    }
  });

  it('may come together with bytes after it, and both are reported', async () => {
    const whole = joined('\n', zip, '\n');
    expect(await readAll(whole)).toEqual(read);
    expect(await readNotices(whole)).toMatchObject([[{ code: 'leading_bytes' }, { code: 'trailing_bytes' }]]);
  });

  it('may be the signature of a split archive (APPNOTE.TXT 8.5.4), which is part of the archive', async () => {
    const marked = joined('PK00', zip);
    marked.writeUInt32LE(4, marked.lastIndexOf('PK\x01\x02') + 42);
    marked.writeUInt32LE(marked.readUInt32LE(marked.length - 6) + 4, marked.length - 6);
    expect(await readAll(marked)).toEqual(read);
    expect(await readNotices(marked)).toEqual([[]]);
  });
});

describe('The comment of a zip archive', () => {
  it.each([
    ['the mark of an end record', 'see PK\x05\x06 and more, long enough to look like one'],
    ['the end record of an empty archive', `PK\x05\x06${'\0'.repeat(18)}`],
    ['the mark of a member', 'PK\x03\x04'],
  ])('may hold %s', async (_what, comment) => {
    const whole = withComment(zip, comment);
    expect(await readAll(whole)).toEqual(read);
    expect(await readNotices(whole)).toEqual([[]]);
  });
});

describe('A zip directory that may belong to another archive', () => {
  it.each([
    ['two archives that were joined', joined(zip, other)],
    ['two that were joined, of which the second is cut off', joined(zip, other.subarray(0, 60))],
    ['text, and two archives', joined('text', zip, other)],
    [
      'an archive that is cut off behind one inside it',
      joined(craftZip([{ name: 'x.zip', content: other, method: 0 }]).subarray(0, 35 + other.length)),
    ],
    ['an archive whose offsets are wrong', joined(zip.subarray(0, 10), zip)],
  ])('is not read: %s', async (_what, bytes) => {
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'damaged_archive', isCutOff: true });
  });
});

describe('The directory of a zip archive', () => {
  it('is read to its end, whatever number of files it announces', async () => {
    const two = craftZip([
      { name: 'a.csv', content: csv },
      { name: 'b.csv', content: csv },
    ]);
    two.writeUInt16LE(1, two.length - 14);
    two.writeUInt16LE(1, two.length - 12);
    expect(await readAll(two)).toHaveLength(2);
  });

  it('is damaged when it ends in the middle of an entry', async () => {
    const altered = Buffer.from(zip);
    // The length of its comment.
    altered.writeUInt16LE(1, altered.lastIndexOf('PK\x01\x02') + 32);
    await expect(readAll(altered)).rejects.toMatchObject({ code: 'damaged_archive', isCutOff: false });
  });

  it('may have 64-bit numbers (Zip64)', async () => {
    expect(await readAll(await packZip64())).toEqual(read);
  });

  it('is not read when it is that of the last part of a split archive', async () => {
    const split = Buffer.from(zip);
    split.writeUInt16LE(2, split.length - 18);
    await expect(readAll(split)).rejects.toMatchObject({ code: 'damaged_archive' });
  });
});
