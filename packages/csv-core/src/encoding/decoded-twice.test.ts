import { describe, expect, it } from 'vitest';
import { createByteDecoder } from './byte-decoder.js';
import { undoKnownDecoding, undoWrongDecoding, wrongEncodings } from './decoded-twice.js';

const texts = [
  'Zoë Łuczak',
  'Ängstrøm, “quoted” – 5 €',
  'Żółć',
  'Ștefan',
  'Иван Грозный',
  '日本',
  'à la carte',
  '🎲 dice',
];
const asBytes = (text: string) => new TextEncoder().encode(text);
const decodedAs = (text: string, encoding: string) =>
  createByteDecoder(encoding, { isStrict: false }).decode(asBytes(text));

describe('undoWrongDecoding', () => {
  it.each(wrongEncodings)('gives back what was decoded as %s', (encoding) => {
    for (const text of texts) {
      const damaged = decodedAs(text, encoding);
      // A byte that the encoding does not have is lost for good.
      if (!damaged.includes('\ufffd')) expect(undoWrongDecoding(damaged, encoding)).toBe(text);
    }
  });

  it('undoes several wrong decodings', () => {
    const twice = decodedAs(decodedAs('Zoë', 'windows-1252'), 'windows-1252');
    expect(twice).toBe('ZoÃƒÂ«');
    expect(undoWrongDecoding(twice, 'windows-1252')).toBe('Zoë');
  });

  it('reads an à whose second byte became a common blank, or was trimmed', () => {
    expect(undoKnownDecoding('Ã la carte', 'windows-1252')).toBe('à la carte');
    expect(undoKnownDecoding('voilÃ', 'windows-1252')).toBe('voilà');
    expect(undoWrongDecoding('voilÃ', 'windows-1252')).toBeNull();
  });

  it.each([
    ...[
      'Zoë',
      'Müller',
      'JOÃO',
      'São Paulo',
      '“CAFÉ”',
      'CAFÉ™',
      'CAFFÈ™',
      'TRÄ™',
      'Paris–Évry',
      'MUÍÑOS',
      'Ã',
      'IRMÃ',
      'Â',
    ],
    ...['Рёв', 'Иван', '日本', '10 €', 'naïve…', 'Año Nº 1', 'ASCII'],
  ])('leaves %s as it is', (text) => {
    for (const encoding of wrongEncodings) expect(undoWrongDecoding(text, encoding)).toBeNull();
  });
});
