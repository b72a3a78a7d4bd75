import iconv from 'iconv-lite';

/**
 * WHATWG names and code pages that have another name in iconv-lite, and labels that browsers read as another encoding.
 */
const ICONV_NAMES: Readonly<Record<string, string>> = {
  ascii: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso-8859-9': 'windows-1254',
  'iso-8859-8-i': 'iso-8859-8',
  'tis-620': 'windows-874',
  'windows-874': 'cp874',
  macintosh: 'macroman',
  'x-mac-ce': 'maccenteuro',
  'x-mac-cyrillic': 'macukraine',
  'koi8-u': 'koi8-u',
  'euc-kr': 'cp949',
  gbk: 'gb18030',
  gb2312: 'gb18030',
};

function iconvName(encoding: string): string {
  const name = encoding.toLowerCase();
  return ICONV_NAMES[name] ?? name.replace(/^ibm(?=\d)/, 'cp');
}

/** A text as programs write it in an encoding, and its bytes. */
export interface EncodedText {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Encodes a text; null if the encoding does not have one of its characters. */
export function encode(text: string, encoding: string): EncodedText | null {
  if (encoding === 'utf-8') return { text, bytes: new TextEncoder().encode(text) };
  const spelled = spellFor(encoding, text);
  const bytes = iconv.encode(spelled, iconvName(encoding));
  return decode(bytes, encoding) === spelled ? { text: spelled, bytes } : null;
}

/** Decodes bytes; null if the encoding does not exist. */
export function decode(bytes: Uint8Array, encoding: string): string | null {
  const name = iconvName(encoding);
  if (!iconv.encodingExists(name)) return null;
  return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, {
    stripBOM: false,
  });
}

/** Replaces letters that an encoding does not have by those that people write for them in that encoding. */
function spellFor(encoding: string, text: string): string {
  if (['windows-1250', 'iso-8859-2', 'ibm852'].includes(encoding)) {
    return text.replaceAll('ș', 'ş').replaceAll('ț', 'ţ').replaceAll('Ș', 'Ş').replaceAll('Ț', 'Ţ');
  }
  if (encoding === 'windows-1256') return text.replaceAll('ی', 'ي');
  return encoding === 'windows-1258' ? toneMarksApart(text) : text;
}

/** Writes Vietnamese as Windows-1258 does: with composed vowels, followed by tones as combining marks. */
export function toneMarksApart(text: string): string {
  return text
    .normalize('NFD')
    .replace(/([aeiouy])([\u0300\u0301\u0303\u0309\u0323])([\u0302\u0306\u031b])/giu, '$1$3$2')
    .replace(/([aeiouy])([\u0302\u0306\u031b])/giu, (vowel) => vowel.normalize('NFC'));
}
