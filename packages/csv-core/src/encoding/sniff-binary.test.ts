import { describe, expect, it } from 'vitest';
import { createCsvReader } from '../csv/read-csv.js';
import { encodeText, thrownBy } from './encode-text.testing.js';
import { refuseBinary, SNIFF_LENGTH } from './sniff-binary.js';

function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0));
}

describe('refuseBinary', () => {
  it.each([
    ['a PDF document', '%PDF-1.7\n'],
    ['a PNG image', '\x89PNG\r\n\x1a\n'],
    ['a JPEG image', '\xff\xd8\xff\xe0'],
    ['a GIF image', 'GIF89a'],
    ['a GIF image', 'GIF87a'],
    ['a WebP image', 'RIFF\x10\0\0\0WEBPVP8 '],
    ['an icon', '\0\0\x01\0\x02\0\x10\x10'],
    ['a BMP image', 'BM\x36\x10\0\0\0\0\0\0\x36'],
    ['a TIFF image', 'II*\0'],
    ['a TIFF image', 'MM\0*'],
    ['a video', '\0\0\0\x18ftypmp42'],
    ['a program', '\x7fELF\x02\x01\x01'],
    ['a program', 'MZ\x90\0\x03\0\0\0\x04'],
    ['a program', '!<arch>\n/   0'],
    ['a program', 'MZPK\x03\x04\x14\0\0\0'],
    ['a program', '\xcf\xfa\xed\xfe\x07\0\0\x01'],
    ['a program', '\xca\xfe\xba\xbe\0\0\0\x02'],
    ['a Parquet table', 'PAR1\x15\x04'],
    ['a tar archive', `orders.csv${'\0'.repeat(247)}ustar  \0`],
    ['a zip archive or a workbook inside an archive', 'PK\x03\x04'],
    ['an empty zip archive inside an archive', 'PK\x05\x06'],
    ['a gzip archive inside an archive', '\x1f\x8b\x08'],
    ['a 7-Zip archive', "7z\xbc\xaf'\x1c"],
    ['a RAR archive', 'Rar!\x1a\x07\x01'],
    ['a bzip2 archive', 'BZh91AY&SY'],
    ['an xz archive', '\xfd7zXZ\0'],
    ['a Zstandard archive', '\x28\xb5\x2f\xfd'],
    ['a tar archive', `orders.csv${'\0'.repeat(247)}ustar\x0000`],
    ['an old Excel workbook, or one with a password', '\xd0\xcf\x11\xe0\xa1\xb1'],
    ['an SQLite database', 'SQLite format 3\0'],
    ['a rich text document', '{\\rtf1\\ansi'],
    ['a web page', '<!DOCTYPE html>'],
    ['a web page', '\xef\xbb\xbf\r\n <HTML lang="en">'],
    ['a web page', '\xff\xfe<\0h\0t\0m\0l\0>\0'],
    ['a web page', '<table border="1"><tr><td>'],
    ['a web page', '<style>td{}</style>'],
    ['a web page', '<!-- made by us --><p>'],
    ['a web page', '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">'],
    ['a web page', '<?xml version="1.0"?><html xmlns="x">'],
    ['an XML document', '<?xml version="1.0"?>'],
    [
      'an Excel workbook in XML (XML Spreadsheet 2003)',
      '<?xml version="1.0"?>\r\n<?mso-application progid="Excel.Sheet"?>\r\n<Workbook>',
    ],
    [
      'an Excel workbook in XML (XML Spreadsheet 2003)',
      '\xef\xbb\xbf<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ],
    [
      'a web page in one file (MHTML)',
      'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="x"',
    ],
    [
      'a web page in one file (MHTML)',
      'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"',
    ],
    ['a SYLK spreadsheet (.slk)', 'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Order ID"\r\nE\r\n'],
    ['JSON', '{"orders": []}'],
    ['JSON', ' [\n  {\n    "id": 1'],
  ])('says that a file looks like %s', (what, start) => {
    const error = thrownBy(() => refuseBinary(bytesOf(start)));
    expect(error).toMatchObject({ name: 'CsvFileError', code: 'not_csv' });
    expect(String(error)).toContain(`looks like ${what}, not like CSV. `);
  });

  it.each([
    '[id],name',
    '{id},name',
    '"id","name"',
    '[1] Order,x',
    '<b>,x',
    '<tables>,x',
    '<workbook>,x',
    'MIME-Version:,Content-Type:',
    'Content-Type: text/html,x',
    'PKG,x',
    'BZ,x',
    'BZh,Email',
    'BZh9,Email',
    'GIF8,Email',
    '%PDF-Link,Email',
    'RIFF,x',
    'BM,x',
    'MZ,x',
    'MM,II',
    'PAR1,x',
    'ustar,x',
    `${'x'.repeat(255)},Mustard,x`,
    `${'x'.repeat(257)}ustar,x`,
    '\xcf\xfa\xed\xfe,x',
  ])('lets text pass that begins with %s', (start) => {
    expect(() => refuseBinary(bytesOf(start))).not.toThrow();
  });

  it('says of a web page that it may be from an "Excel" button', () => {
    expect(thrownBy(() => refuseBinary(bytesOf('<html>')))).toMatchObject({
      message:
        'The file looks like a web page, not like CSV. Download the export again, since you may have been signed out. If it came from an "Excel" button, open it in Excel and save it as .xlsx.',
    });
  });

  it('refuses UTF-32, which no runtime decodes', () => {
    for (const start of [
      '\xff\xfe\0\0a\0\0\0',
      '\0\0\xfe\xff\0\0\0a',
      'a\0\0\0,\0\0\0b\0\0\0\n\0\0\0',
      '\0\0\0a\0\0\0,\0\x01\xf6\0\0\0\0\n',
    ]) {
      expect(thrownBy(() => refuseBinary(bytesOf(start)))).toMatchObject({ code: 'invalid_encoding' });
    }
  });

  it('is asked before anything is read, and again about NULs', () => {
    const read = (bytes: Uint8Array) => {
      const reader = createCsvReader({ onHeader: () => {}, onChunk: () => {} });
      reader.push(bytes);
      return reader.end().rows;
    };
    const nulls = bytesOf('\0\x01\x02\0'.repeat(SNIFF_LENGTH));
    expect(thrownBy(() => read(nulls))).toMatchObject({ code: 'not_csv' });
    expect(read(encodeText('a,b\n1,2\n', 'utf-16be'))).toBe(1);
    expect(read(bytesOf('a,b\n1,\0\n'))).toBe(1);
  });

  it('refuses bytes of no kind, which could be read in encodings from before Unicode', () => {
    // A generator of its own, for the bytes must be the same each time.
    let seed = 1;
    const random = (length: number) =>
      Uint8Array.from({ length }, () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed >> 8;
      });
    for (const length of [512, 5_000, 100_000]) {
      for (let count = 0; count < 20; count += 1) {
        const reader = createCsvReader({ onHeader: () => {}, onChunk: () => {} });
        const read = () => {
          reader.push(random(length));
          reader.end();
        };
        expect(thrownBy(read)).toMatchObject({ code: 'not_csv' });
      }
    }
  });

  it('does not take numbers in binary for UTF-16', () => {
    const numbers = Array.from({ length: 120 }, (_, index) => [0, 0x0c + (index % 9), 0x20, index]).flat();
    const reader = createCsvReader({ onHeader: () => {}, onChunk: () => {} });
    const read = () => {
      reader.push(Uint8Array.of(...numbers, 0xff, 0xfe, 0x81));
      reader.end();
    };
    expect(thrownBy(read)).toMatchObject({ code: 'not_csv' });
  });
});
