import { createByteDecoder } from './byte-decoder.js';

/** WHATWG names of the encodings that are found from the bytes alone. */
export const FOUND_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
] as const;

/** Text in any of these encodings, without a byte order mark. Throws for a character that the encoding lacks. */
export function encodeText(text: string, encoding: string): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text);
  if (encoding.startsWith('utf-16')) return encodeUtf16(text, encoding === 'utf-16le');
  const table = encoderOf(encoding);
  return Uint8Array.from(
    Array.from(text, (character) => {
      const codes = table.get(character);
      if (codes === undefined) throw new Error(`${encoding} lacks ${character}`);
      return codes;
    }).flat(),
  );
}

/** UTF-16 from any string, lone surrogates too. */
function encodeUtf16(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at += 1) view.setUint16(at * 2, text.charCodeAt(at), isLittle);
  return bytes;
}

const encoders = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** There are only decoders, so all codes of one and two bytes are decoded. */
function encoderOf(encoding: string): ReadonlyMap<string, readonly number[]> {
  const known = encoders.get(encoding);
  if (known !== undefined) return known;
  const table = new Map<string, readonly number[]>();
  const codes: number[][] = Array.from({ length: 256 }, (_, byte) => [byte]);
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let tail = 0x40; tail <= 0xfe; tail += 1) codes.push([lead, tail]);
  }
  for (const code of codes) {
    // A line end after it completes whatever was begun.
    const text = createByteDecoder(encoding, { isStrict: false }).decode(Uint8Array.of(...code, 0x0a));
    const character = text.slice(0, -1);
    if (Array.from(character).length === 1 && character !== '\ufffd' && !table.has(character)) {
      table.set(character, code);
    }
  }
  encoders.set(encoding, table);
  return table;
}

/** Bytes in pieces of a size; the last one may be shorter. */
export function slices(bytes: Uint8Array, size: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}

/** What a call throws, or null. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return null;
}
