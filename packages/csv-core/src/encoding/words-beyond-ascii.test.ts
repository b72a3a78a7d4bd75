import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeText } from './encode-text.testing.js';
import { collectForeignWords } from './words-beyond-ascii.js';

function wordsOf(text: string, encoding: string, isWhole = true) {
  const bytes = encodeText(text, encoding);
  return collectForeignWords(bytes, isWhole).map((word) => [
    Buffer.from(word.bytes).toString('latin1'),
    word.line,
  ]);
}

describe('collectForeignWords', () => {
  it('takes words beyond ASCII with what stands around them, and none of the others', () => {
    expect(wordsOf('Ada,São Paulo,€5\n', 'windows-1252')).toEqual([
      [',S\u00e3o ', 0],
      [',\u00800', 0],
    ]);
  });

  it('counts a word once, on the line where it is met first', () => {
    expect(wordsOf('a,Zoë\r\nb,Zoë\rc,Noël\nd,Zoë\n', 'windows-1252')).toEqual([
      [',Zo\u00eb\n', 0],
      [',No\u00ebl\n', 2],
    ]);
  });

  it('takes digits that stand around a word for one and the same', () => {
    expect(wordsOf('1£2\n3£4\n', 'windows-1252')).toEqual([['0\u00a30', 0]]);
  });

  it('keeps the digits that are a part of a character in GB18030', () => {
    expect(collectForeignWords(Uint8Array.of(0x81, 0x30, 0x81, 0x30, 0x2c), true)[0]?.bytes).toHaveLength(5);
  });

  it('takes any control around a word for its edge', () => {
    expect(wordsOf('1\u001fZoë\t2\u001fNoël\u001f', 'windows-1252')).toEqual([
      ['\nZo\u00eb\n', 0],
      ['\nNo\u00ebl\n', 0],
    ]);
  });

  it('leaves out the last word of a file of which more follows', () => {
    expect(wordsOf('Zoë,Noë', 'windows-1252', false)).toEqual([['Zo\u00eb,', 0]]);
    expect(wordsOf('Zoë,Noë', 'windows-1252', true)).toHaveLength(2);
  });

  it('has enough at some point, but for words with a byte that none before had', () => {
    const syllables = ['é', 'b', 'c', 'd', 'f', 'g', 'h', 'k', 'l', 'm'];
    const many = syllables.flatMap((one) =>
      syllables.flatMap((two) => syllables.map((three) => `é${one}${two}${three}`)),
    );
    const words = wordsOf(`${many.join('\n')}\nend €\nend é\n`, 'windows-1252');
    expect(words.length).toBeLessThan(500);
    expect(words.at(-1)).toEqual([' \u0080\n', many.length]);
  });

  it('changes nothing in the bytes it is given, and ends for any of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), fc.boolean(), (bytes, isWhole) => {
        const given = Buffer.from(bytes);
        const words = collectForeignWords(given, isWhole);
        expect(given.equals(bytes)).toBe(true);
        for (const word of words) expect(word.bytes.some((byte) => byte >= 0x80)).toBe(true);
      }),
    );
  });
});
