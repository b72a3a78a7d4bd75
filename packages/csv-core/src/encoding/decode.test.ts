import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvFileError } from '../csv-file-error.js';
import { createDecoder } from './decode.js';
import { encodeText, FOUND_ENCODINGS, slices, thrownBy } from './encode-text.testing.js';
import { SNIFF_LENGTH } from './sniff-binary.js';
import { type EncodingDoubt, isKnownEncoding, type TextEncoding } from './text-encoding.js';

const encoder = new TextEncoder();
const BOM = [0xef, 0xbb, 0xbf];

interface Decoded {
  readonly text: string;
  readonly encoding: TextEncoding;
}

interface DoubtfullyDecoded extends Decoded {
  readonly doubt: EncodingDoubt | null;
}

function decodePieces(pieces: readonly Uint8Array[], encoding?: string): Decoded {
  const { doubt: _, ...decoded } = decodeDoubtfully(pieces, encoding);
  return decoded;
}

function decodeDoubtfully(pieces: readonly Uint8Array[], encoding?: string): DoubtfullyDecoded {
  let text = '';
  const decoder = createDecoder({
    encoding,
    head: Uint8Array.from(pieces.flatMap((piece) => [...piece.subarray(0, SNIFF_LENGTH)])).subarray(
      0,
      SNIFF_LENGTH,
    ),
    onText: (part) => {
      text += part;
    },
    currentLine: () => text.split(/\r\n|\r|\n/).length,
  });
  for (const piece of pieces) decoder.push(piece);
  decoder.end();
  return { text, encoding: decoder.encoding(), doubt: decoder.doubt() };
}

describe('createDecoder', () => {
  it('joins characters that are split over pieces and drops the byte order mark', () => {
    const text = 'é,日,😀\n';
    for (const bytes of [
      Uint8Array.of(...BOM, ...encoder.encode(text)),
      Uint8Array.of(0xff, 0xfe, ...encodeText(text, 'utf-16le')),
      Uint8Array.of(0xfe, 0xff, ...encodeText(text, 'utf-16be')),
    ]) {
      for (let at = 0; at <= bytes.length; at += 1) {
        expect(decodePieces([bytes.subarray(0, at), bytes.subarray(at)]).text).toBe(text);
      }
      expect(decodePieces(slices(bytes, 1))).toMatchObject({
        text,
        encoding: { source: 'bom', certain: true },
      });
    }
  });

  it('keeps a zero-width no-break space that is not at the start', () => {
    expect(decodePieces([encoder.encode('a\ufeffb')]).text).toBe('a\ufeffb');
    expect(decodePieces([encoder.encode('\ufeff\ufeffé')]).text).toBe('\ufeffé');
  });

  it('takes plain ASCII for UTF-8 and is certain of it', () => {
    const { encoding } = decodePieces([encoder.encode('a,b\n1,2\n')]);
    expect(encoding).toEqual({ name: 'utf-8', source: 'assumed', certain: true });
  });

  it.each([
    ['UTF-8', 'utf-8', 'é'],
    ['latin1', 'windows-1252', 'é € ’'],
    ['sjis', 'shift_jis', '山田太郎'],
    ['gb2312', 'gbk', '王伟'],
    ['ks_c_5601-1987', 'euc-kr', '김민수'],
    ['utf-16', 'utf-16le', 'é山'],
    ['iso-8859-2', 'iso-8859-2', 'Łódź'],
    ['koi8-r', 'koi8-r', 'Иван'],
    ['iso8859-9', 'windows-1254', 'Işıl'],
  ])('reads %s when told to, and calls it %s', (label, name, text) => {
    const bytes = encodeText(text, name);
    expect(decodePieces(slices(bytes, 1), label)).toEqual({
      text,
      encoding: { name, source: 'requested', certain: true },
    });
  });

  it.each([
    ['cp850', 'ibm850', 'José García, ã'],
    ['437', 'ibm437', 'Ñandú ½'],
    ['IBM852', 'ibm852', 'Łódź'],
    ['cp866', 'ibm866', 'Иван'],
    ['macce', 'x-mac-ce', 'Győr'],
  ])('reads the code page %s, which browsers lack or call otherwise', (label, name, text) => {
    const bytes = encodeText(text, name);
    expect(decodePieces(slices(bytes, 1), label)).toEqual({
      text,
      encoding: { name, source: 'requested', certain: true },
    });
  });

  it('reads letters of Korean and of Hong Kong that the decoders of Node lack', () => {
    // 믁, 뷁 and 똠 are in CP949 only, 䏰 is of HKSCS.
    expect(decodePieces([Uint8Array.of(0x92, 0xc7, 0x94, 0xee, 0x8c, 0x63)], 'euc-kr').text).toBe('믁뷁똠');
    expect(decodePieces([Uint8Array.of(0x87, 0x40)], 'big5').text).toBe('䏰');
  });

  it('refuses a byte that a code page does not have', () => {
    const error = thrownBy(() => decodePieces([Uint8Array.of(0x61, 0x0a, 0xd5)], 'cp857'));
    expect(error).toMatchObject({ code: 'invalid_encoding', line: 2 });
    expect(String(error)).toContain('MS-DOS (code page 857)');
  });

  it('drops a byte order mark whatever encoding is asked for', () => {
    expect(decodePieces([Uint8Array.of(...BOM, 0x61)], 'latin1').text).toBe('a');
    const swapped = decodePieces([Uint8Array.of(0xfe, 0xff, 0, 0x61)], 'utf-16');
    expect(swapped).toEqual({ text: 'a', encoding: { name: 'utf-16be', source: 'bom', certain: true } });
  });

  it('reads 0x80 to 0x9F of Windows-1252 as what they are, which Node 20 does not by itself', () => {
    const bytes = Uint8Array.of(0x41, 0x80, 0x92, 0x93, 0x94, 0x96, 0x9f, 0x41);
    for (const pieces of [[bytes], slices(bytes, 1)]) {
      expect(decodePieces(pieces, 'windows-1252').text).toBe('A€’“”–ŸA');
    }
  });

  it.each<[name: string, bytes: number[], at: number, line: number]>([
    ['a stray continuation byte', [0x61, 0x80], 1, 1],
    ['an overlong form', [0x0d, 0x0a, 0xc0, 0xaf], 2, 2],
    ['an overlong form of three bytes', [0xe0, 0x80, 0xaf], 0, 1],
    ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1, 1],
    ['a code point past the last', [0x0d, 0xf4, 0x90, 0x80, 0x80], 1, 2],
    ['a cut-off character', [0xc3, 0xa9, 0xf0, 0x9f, 0x98], 2, 1],
    ['Windows-1252 in UTF-8', [0x61, 0x0a, 0x4a, 0x6f, 0x73, 0xe9, 0x2c], 5, 2],
  ])('names the byte and the line of %s', (_name, bytes, at, line) => {
    for (const pieces of [[Uint8Array.from(bytes)], slices(Uint8Array.from(bytes), 1)]) {
      const error = thrownBy(() => decodePieces(pieces, 'utf-8'));
      expect(error).toBeInstanceOf(CsvFileError);
      expect(error).toMatchObject({ code: 'invalid_encoding', line });
      expect(String(error)).toContain(`byte ${at}`);
    }
  });

  it.each<[encoding: string, bytes: number[], at: number]>([
    ['shift_jis', [0x0a, 0x8e, 0x52, 0x81, 0x20], 3],
    ['shift_jis', [0x0a, 0x8e, 0x52, 0x8e], 3],
    ['shift_jis', [0x0a, 0xa0], 1],
    ['big5', [0x0a, 0x80, 0xff, 0xff], 1],
    ['big5', [0x0a, 0xa4, 0xa4, 0xff], 3],
    ['euc-kr', [0x0a, 0xb0, 0xa1, 0x81, 0x30], 3],
    ['euc-jp', [0x0a, 0x8f, 0xb0], 1],
    ['gb18030', [0x0a, 0x81, 0x30, 0x81, 0x20], 1],
    ['utf-16le', [0x0a, 0x00, 0x61], 2],
  ])('names the byte and the line of what is not %s: %j', (encoding, bytes, at) => {
    for (const pieces of [[Uint8Array.from(bytes)], slices(Uint8Array.from(bytes), 1)]) {
      const error = thrownBy(() => decodePieces(pieces, encoding));
      expect(error).toMatchObject({ name: 'CsvFileError', code: 'invalid_encoding', line: 2 });
      expect(String(error)).toContain(`byte ${at}`);
    }
  });

  it('refuses a guess that turns out wrong further down', () => {
    const text = encodeText(`Müller\n${'Grüße\n'.repeat(80_000)}`, 'windows-1252');
    const bytes = new Uint8Array(text.length + 1);
    bytes.set(text);
    bytes[text.length] = 0x8d;
    expect(thrownBy(() => decodePieces(slices(bytes, 65_536)))).toMatchObject({
      code: 'invalid_encoding',
      line: 80_002,
    });
    expect(decodePieces([bytes], 'windows-1252').text.endsWith('\u008d')).toBe(true);
  });

  it('takes UTF-8 with a damaged character for damaged, not for another encoding', () => {
    const text = encoder.encode('Zoë,Jürgen,François,日本\n'.repeat(3));
    const error = thrownBy(() => decodePieces([Uint8Array.of(...text, 0xe9, 0x0a, ...text)]));
    expect(error).toMatchObject({ code: 'invalid_encoding', line: 4 });
    expect(String(error)).toContain('UTF-8');
  });

  it.each(['utf-16le', 'utf-16be'])('refuses %s when asked to read another encoding so', (name) => {
    const other = name === 'utf-16le' ? 'utf-16be' : 'utf-16le';
    for (const bytes of [
      encoder.encode('a,b\n1,2\n'),
      encoder.encode('姓名,城市\n王伟,北京\n'),
      encodeText('a,b\n1,2\n', other),
    ]) {
      const error = thrownBy(() => decodePieces([bytes], name));
      expect(error).toMatchObject({ code: 'invalid_encoding', line: null });
      expect(String(error)).toContain(`was read as ${name.toUpperCase()} because you said so`);
    }
  });

  it.each(['x', 'x\0\u0001\u0002', '\u0008'.repeat(9)])(
    'refuses %j when it would be a guess, and reads it in UTF-8',
    (junk) => {
      const text = `Zoë,Jürgen\n${junk}\n`;
      const guessed = thrownBy(() => decodePieces([encodeText(text, 'windows-1252')]));
      if (junk === 'x') expect(guessed).toBeNull();
      else expect(guessed).toMatchObject({ code: 'not_csv' });
      expect(decodePieces([encoder.encode(text)]).text).toBe(text);
    },
  );

  it.each([1, 2, 5])(
    'takes UTF-8 that was cut off within a character for that, after %i other words',
    (count) => {
      const names = ['Zoë', 'Jürgen', 'François', 'Søren', 'Łukasz'].slice(0, count);
      const text = encoder.encode(`id,name\n${names.join('\n')}\n2,José`);
      const error = thrownBy(() => decodePieces([text.subarray(0, -1)]));
      expect(error).toMatchObject({ code: 'invalid_encoding', line: count + 2 });
      expect(String(error)).toContain('read as UTF-8 and ends within a character');
    },
  );

  it('lets the mark pass with which DOS ends a file', () => {
    const bytes = encodeText('Zoë,\u0001\u0002\u001a', 'windows-1252');
    expect(decodePieces([bytes]).encoding.name).toBe('windows-1252');
  });

  it('reads half a surrogate pair as U+FFFD at every split', () => {
    const text = 'a,\ud83d\nb,\udc00c,😀\ud83d\ud83d\n';
    const expected = 'a,\ufffd\nb,\ufffdc,😀\ufffd\ufffd\n';
    for (const encoding of ['utf-16le', 'utf-16be']) {
      const bytes = encodeText(text, encoding);
      for (let at = 0; at <= bytes.length; at += 1) {
        expect(decodePieces([bytes.subarray(0, at), bytes.subarray(at)])).toEqual({
          text: expected,
          encoding: { name: encoding, source: 'content', certain: true },
        });
      }
    }
  });

  it.each([
    'name,note\nZoë,x\n',
    '名前,住所\r\n山田 一郎,東京都一番町\u3000一丁目\r\n',
    '姓名;上海\n一;一一一一上本\n',
    '一二三\n一一\n',
    'いろは\nにほへと ちりぬるを わかよ たれそ つねならむ\n',
  ])('tells UTF-16 without a byte order mark: %j', (text) => {
    for (const name of ['utf-16le', 'utf-16be']) {
      expect(decodePieces([encodeText(text, name)])).toMatchObject({ text, encoding: { name } });
    }
  });

  it.each(['a\0,b\n1,2\n', 'name,note\nx\0y,\0\nz,1\n', 'é,\0\n1,2\n'])(
    'leaves a stray NUL of UTF-8 alone: %j',
    (text) => {
      expect(decodePieces([encoder.encode(text)])).toMatchObject({ text, encoding: { name: 'utf-8' } });
    },
  );

  it('does not wait for the rest when all is ASCII, and waits for no more than a sample', () => {
    let length = 0;
    const decoder = createDecoder({
      head: Uint8Array.of(0x61),
      onText: (text) => {
        length += text.length;
      },
      currentLine: () => 1,
    });
    decoder.push(encoder.encode('abc'));
    expect(length).toBe(3);
    decoder.push(Uint8Array.of(0xe9));
    decoder.push(encoder.encode('x'.repeat(1_000_000)));
    expect(length).toBe(3);
    decoder.push(encoder.encode('x'.repeat(100_000)));
    expect(length).toBe(1_100_004);
  });

  it('decides alike however the bytes are split', () => {
    const texts = {
      latin: 'Name,Straße\nJürgen Müller,„Groß“ – 5 €\n',
      japanese: '氏名,住所\n佐藤 健太,東京都渋谷区\n',
      chinese: '姓名,地址\n王伟,北京市朝阳区\n',
      taiwanese: '姓名,地址\n陳家豪,台北市信義區\n',
      korean: '이름,주소\n김민수,서울특별시 강남구\n',
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...FOUND_ENCODINGS),
        fc.constantFrom(...Object.values(texts)),
        fc.integer({ min: 1, max: 30 }),
        (encoding, text, size) => {
          fc.pre(thrownBy(() => encodeText(text, encoding)) === null);
          const bytes = encodeText(text, encoding);
          // Chinese in a Korean encoding is refused: so it must be either way.
          const refusal = thrownBy(() => decodePieces([bytes]));
          if (refusal !== null) expect(thrownBy(() => decodePieces(slices(bytes, size)))).toEqual(refusal);
          else expect(decodePieces(slices(bytes, size))).toEqual(decodePieces([bytes]));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('judges by the same bytes however they arrive, also where the sample ends', () => {
    const outcome = (bytes: Uint8Array, size: number) => {
      try {
        const { text, encoding, doubt } = decodeDoubtfully(slices(bytes, size));
        return { length: text.length, end: text.slice(-200), encoding, doubt };
      } catch (error) {
        return error;
      }
    };
    const words = fc.constantFrom('Zoë', 'O’Brien', 'Győr', 'São', 'Łódź', 'Ω', '王伟', 'plain');
    const encoding = fc.constantFrom('utf-8', 'windows-1252', 'windows-1250', 'gb18030');
    const part = fc.record({ word: words, encoding, repeats: fc.constantFrom(1, 3, 900, 20_000) });
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0, 700, 65_000),
        fc.constantFrom(997, 16_384, 65_536, 200_000),
        (parts, prefix, size) => {
          const chunks = parts.map((given) => {
            const row = `1,${given.word},ada@example.com\n`.repeat(given.repeats);
            return thrownBy(() => encodeText(row, given.encoding))
              ? encoder.encode(row)
              : encodeText(row, given.encoding);
          });
          const bytes = Buffer.concat([encoder.encode(`id,name,email\n${'x'.repeat(prefix)}\n`), ...chunks]);
          expect(outcome(bytes, size)).toEqual(outcome(bytes, bytes.length));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('either gives back the text or a CsvFileError with the same byte, however the bytes are split', () => {
    const byte = fc.constantFrom(
      0x61,
      0x0a,
      0x30,
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
      0xff,
    );
    const encoding = fc.constantFrom(undefined, ...FOUND_ENCODINGS);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 12 }), encoding, (numbers, name) => {
        const bytes = Uint8Array.from(numbers);
        const whole = thrownBy(() => decodePieces([bytes], name));
        const split = thrownBy(() => decodePieces(slices(bytes, 1), name));
        if (whole === null) {
          expect(split).toBeNull();
          expect(decodePieces(slices(bytes, 1), name)).toEqual(decodePieces([bytes], name));
        } else {
          expect(whole).toBeInstanceOf(CsvFileError);
          expect(split).toEqual(whole);
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe('text of seven bits', () => {
  const KANJI = '\u001b$B;3ED\u001b(B';

  it('is ISO-2022-JP from the first escape on, however it is split', () => {
    const bytes = encoder.encode(`name,note\r\n${KANJI},x\r\n\u001b(I1\u001b(B,\u001b(J\\\u001b(B\r\n`);
    for (let size = 1; size <= bytes.length; size += 1) {
      expect(decodePieces(slices(bytes, size))).toEqual({
        text: 'name,note\r\n山田,x\r\nｱ,¥\r\n',
        encoding: { name: 'iso-2022-jp', source: 'content', certain: true },
      });
    }
  });

  it('is read as ISO-2022-JP when it is told to be', () => {
    expect(decodePieces([encoder.encode(KANJI)], 'csISO2022JP')).toMatchObject({
      text: '山田',
      encoding: { name: 'iso-2022-jp', source: 'requested' },
    });
  });

  it.each([
    ['\na\u001b$B;3\u007f\u007f,x\n', 7],
    [`\n${KANJI}a\u001b[1m`, 12],
    [`\n\u001b$B${';3'.repeat(100)}\u007f\u007f`, 204],
  ])('is refused with byte and line where it is no ISO-2022-JP: %j', (text, at) => {
    const bytes = encoder.encode(text);
    for (const pieces of [[bytes], slices(bytes, 1)]) {
      const error = thrownBy(() => decodePieces(pieces));
      expect(error).toMatchObject({ code: 'invalid_encoding', line: 2 });
      expect(String(error)).toContain(`ISO-2022-JP, but byte ${at},`);
    }
  });

  it('is refused when it ends within a character', () => {
    const error = thrownBy(() => decodePieces([encoder.encode('a\n\u001b$B;')]));
    expect(String(error)).toContain('ends within a character, at byte 5 on line 2');
  });

  it.each(['a,~{VPND~}\n', 'a\u001b[1mb\n', 'a\u001b', 'a\u001b$)C\n', '\u001b$', '\u001b(Ba'])(
    'is ASCII but not for certain in %j',
    (text) => {
      for (const pieces of [[encoder.encode(text)], slices(encoder.encode(text), 1)]) {
        expect(decodePieces(pieces)).toEqual({
          text,
          encoding: { name: 'utf-8', source: 'assumed', certain: false },
        });
      }
    },
  );

  it('is UTF-8 when an escape stands before a character of it', () => {
    const bytes = encoder.encode('a\u001bé日\n');
    for (const pieces of [[bytes], slices(bytes, 1)]) {
      expect(decodePieces(pieces)).toMatchObject({ text: 'a\u001bé日\n', encoding: { name: 'utf-8' } });
    }
  });

  it('is what the text before the first other byte helps to tell', () => {
    const bytes = encodeText('a,b\n1,Jos茅', 'gb18030');
    expect(decodePieces(slices(bytes, 1))).toMatchObject({
      text: 'a,b\n1,José',
      encoding: { name: 'utf-8', certain: true },
    });
  });
});

describe('isKnownEncoding', () => {
  it.each(['utf-8', 'UTF8', 'latin1', 'sjis', 'gbk', 'cp1252', 'x-sjis', 'macintosh'])(
    'knows %s',
    (label) => {
      expect(isKnownEncoding(label)).toBe(true);
    },
  );

  it.each(['', 'utf-7', 'utf-32', 'klingon', 'replacement'])('does not know %j', (label) => {
    expect(isKnownEncoding(label)).toBe(false);
    expect(() =>
      createDecoder({ encoding: label, head: Uint8Array.of(), onText: () => {}, currentLine: () => 1 }),
    ).toThrow(RangeError);
  });
});
