import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvFileError } from './csv-file-error.js';
import { createUtf8Decoder } from './decode.js';

const encoder = new TextEncoder();
const BOM = [0xef, 0xbb, 0xbf];

function decodePieces(pieces: readonly Uint8Array[]): string {
  const decoder = createUtf8Decoder();
  return pieces.map((piece) => decoder.push(piece)).join('') + decoder.end();
}

function byByte(bytes: Uint8Array): Uint8Array[] {
  return Array.from(bytes, (byte) => Uint8Array.of(byte));
}

function errorOf(pieces: readonly Uint8Array[]): unknown {
  try {
    decodePieces(pieces);
  } catch (error) {
    return error;
  }
  return null;
}

describe('createUtf8Decoder', () => {
  it('joins characters that are split over pieces and drops the byte order mark', () => {
    const bytes = Uint8Array.of(...BOM, ...encoder.encode('é,日,😀\n'));
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(decodePieces([bytes.subarray(0, at), bytes.subarray(at)])).toBe('é,日,😀\n');
    }
    expect(decodePieces(byByte(bytes))).toBe('é,日,😀\n');
  });

  it('keeps a zero-width no-break space that is not at the start', () => {
    expect(decodePieces([encoder.encode('a\ufeffb')])).toBe('a\ufeffb');
  });

  it.each<[name: string, bytes: number[], at: number, line: number]>([
    ['Windows-1252', [0x61, 0x0a, 0x4a, 0x6f, 0x73, 0xe9, 0x2c], 5, 2],
    ['a stray continuation byte', [0x61, 0x80], 1, 1],
    ['an overlong form', [0x0d, 0x0a, 0xc0, 0xaf], 2, 2],
    ['an overlong form of three bytes', [0xe0, 0x80, 0xaf], 0, 1],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1, 1],
    ['a code point past the last', [0x0d, 0xf4, 0x90, 0x80, 0x80], 1, 2],
    ['a cut-off character', [0xc3, 0xa9, 0xf0, 0x9f, 0x98], 2, 1],
  ])('names the byte and the line of %s', (_name, bytes, at, line) => {
    const error = errorOf([Uint8Array.from(bytes)]);
    expect(error).toBeInstanceOf(CsvFileError);
    expect(error).toMatchObject({ code: 'invalid_encoding', line });
    expect(String(error)).toContain(`byte ${at},`);
    // Lines of earlier pieces are the caller's to count, so only the byte is compared.
    expect(String(errorOf(byByte(Uint8Array.from(bytes))))).toContain(`byte ${at},`);
  });

  it('either gives back the text or a CsvFileError with the same byte, however the bytes are split', () => {
    const byte = fc.constantFrom(
      0x61,
      0x0a,
      0x80,
      0xbf,
      0xc3,
      0xa9,
      0xe2,
      0x82,
      0xac,
      0xed,
      0xf0,
      0x9f,
      0x98,
      0xff,
    );
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), (numbers) => {
        const bytes = Uint8Array.from(numbers);
        const whole = errorOf([bytes]);
        const split = errorOf(byByte(bytes));
        if (whole === null) {
          expect(split).toBeNull();
          expect(encoder.encode(decodePieces(byByte(bytes)))).toEqual(bytes);
        } else {
          expect(whole).toBeInstanceOf(CsvFileError);
          const place = /byte \d+/;
          expect(place.exec(String(split))?.[0]).toBe(place.exec(String(whole))?.[0]);
        }
      }),
      { numRuns: 3000 },
    );
  });
});
