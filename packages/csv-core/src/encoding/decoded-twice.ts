import { createByteDecoder } from './byte-decoder.js';

/** The encodings that programs take UTF-8 for, likeliest first. */
export const wrongEncodings = [
  'windows-1252',
  'macintosh',
  'ibm850',
  'ibm437',
  'windows-1251',
  'windows-1250',
] as const;

/** An encoding that a program took UTF-8 for. */
export type WrongEncoding = (typeof wrongEncodings)[number];

/** `ZoÃƒÂ«` was decoded three times. */
const MAX_PASSES = 3;
const BEYOND_ASCII = /[^\0-\x7f]/;

/** Whether a text has a character beyond ASCII. */
export function isBeyondAscii(text: string): boolean {
  return BEYOND_ASCII.test(text);
}

/**
 * The text that was meant, where a program has decoded UTF-8 as another encoding: `ZoÃ«` was `Zoë`. Null where the
 * characters are not the bytes of UTF-8 in that encoding.
 */
export function undoWrongDecoding(text: string, encoding: WrongEncoding): string | null {
  return undoWith(decodeStrictly, text, encoding);
}

/**
 * Like {@link undoWrongDecoding}, also where a blank of the wrong text was trimmed or replaced. For texts of which it is
 * known that they were decoded wrongly, because a word may also end with `Ã`.
 */
export function undoKnownDecoding(text: string, encoding: WrongEncoding): string | null {
  return undoWith(decodeTrimmed, text, encoding);
}

function undoWith(decode: typeof decodeStrictly, text: string, encoding: WrongEncoding): string | null {
  let meant: string | null = null;
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const before: string = meant ?? text;
    const after = BEYOND_ASCII.test(before) ? decode(before, encoding) : null;
    if (after === null) break;
    meant = after;
  }
  return meant;
}

function decodeTrimmed(text: string, encoding: WrongEncoding): string | null {
  return decodeStrictly(text, encoding) ?? decodeStrictly(withLostBlank(text), encoding);
}

/** `à` is `Ã` and a blank that does not break, which programs replace by a common one, or remove at the end. */
function withLostBlank(text: string): string {
  return text.replace(/(^| )Ã (?! )/g, '$1Ã\u00a0 ').replace(/Ã(?: |$)/g, 'Ã\u00a0');
}

function decodeStrictly(text: string, encoding: WrongEncoding): string | null {
  const bytesOf = bytesIn(encoding);
  const bytes = new Uint8Array(text.length);
  let missing = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const byte = unit < 0x80 ? unit : (bytesOf.get(unit) ?? -1);
    // Checked here, because nearly all text beyond ASCII fails at its first letter.
    const fits = missing > 0 ? byte >= 0x80 && byte < 0xc0 : (byte >= 0 && byte < 0x80) || isLead(byte);
    if (!fits) return null;
    missing = missing > 0 ? missing - 1 : bytesBehind(byte);
    bytes[at] = byte;
  }
  if (missing > 0) return null;
  try {
    const meant = createByteDecoder('utf-8', { isStrict: true }).decode(bytes);
    return isPlausible(meant) ? meant : null;
  } catch {
    // Bytes of a surrogate, or more of them than a character needs.
    return null;
  }
}

function isLead(byte: number): boolean {
  return byte >= 0xc2 && byte <= 0xf4;
}

/** How many bytes of the character follow its first one. */
function bytesBehind(byte: number): number {
  if (byte < 0xc2) return 0;
  return byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
}

/** Letters of living scripts, punctuation, signs and emoji. `CAFÉ™` must not become `CAFə`. */
const PLAUSIBLE =
  /^(?:\ufe0f|[\0-\x7f\u00a0-\u017f\u0192\u0218-\u021b\u0370-\u03ff\u0400-\u045f\u0490\u0491\u05d0-\u05ea\u0600-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1e9e-\u1eff\u200b-\u206f\u20a0-\u20bf\u2100-\u2193\u2200-\u22ff\u2500-\u27bf\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\ufeff\uff00-\uffef\u{1f000}-\u{1faff}])*$/u;
/** A word of two scripts (`ParisЃvry`), or with a small letter behind capitals (`TRę`), was never written. */
const STRANGE_WORD =
  /\p{Script=Latin}\p{M}*[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]|[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}]\p{Script=Latin}|\p{Lu}{2}(?=[^\0-\x7f])[\p{Ll}ªº]/u;

function isPlausible(text: string): boolean {
  return PLAUSIBLE.test(text) && !STRANGE_WORD.test(text);
}

const tables = new Map<WrongEncoding, ReadonlyMap<number, number>>();

/** For each UTF-16 unit its byte. */
function bytesIn(encoding: WrongEncoding): ReadonlyMap<number, number> {
  const known = tables.get(encoding);
  if (known !== undefined) return known;
  const bytes = Uint8Array.from({ length: 0x80 }, (_, index) => 0x80 + index);
  const characters = createByteDecoder(encoding, { isStrict: false }).decode(bytes);
  const table = new Map<number, number>();
  // Programs write a byte without a character as the control character of that number.
  for (const byte of bytes) if (byte < 0xa0) table.set(byte, byte);
  for (const [index, byte] of bytes.entries()) {
    const unit = characters.charCodeAt(index);
    if (unit !== 0xfffd) table.set(unit, byte);
  }
  tables.set(encoding, table);
  return table;
}
