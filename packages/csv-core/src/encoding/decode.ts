import type { Utf16Name } from './decode-utf16.js';
import { createFindingDecoder, type Decoder } from './find-encoding.js';
import { senselessEncoding, type TextOutput } from './invalid-encoding.js';
import { openDecoder } from './open-decoder.js';
import { refuseNulls } from './sniff-binary.js';
import { canBeUtf16, sniffUtf16 } from './sniff-utf16.js';
import { encodingName, type TextEncoding } from './text-encoding.js';

export interface DecoderOptions extends TextOutput {
  /** Any label of the WHATWG Encoding Standard; without it the encoding is found. */
  readonly encoding?: string | undefined;
  /** The first bytes of the file, to look at; all of it if it is short. They are still to be pushed. */
  readonly head: Uint8Array;
}

/**
 * Decodes a file in pieces of any size and drops its byte order mark.
 *
 * @throws RangeError when the runtime does not know the encoding. @throws CsvFileError `invalid_encoding`,
 * also later, or `not_csv`.
 */
export function createDecoder(options: DecoderOptions): Decoder {
  const { head } = options;
  const bom = findBom(head);
  const encoding = decideByHead(head, bom?.name, options.encoding);
  if (!encoding?.name.startsWith('utf-16')) refuseNulls(head);
  let skip = bom?.length ?? 0;
  const decoder: Decoder =
    encoding === null
      ? createFindingDecoder(options)
      : { ...openDecoder(encoding, options, skip), encoding: () => encoding, doubt: () => null };

  return {
    push(bytes) {
      const rest = bytes.subarray(skip);
      skip -= bytes.length - rest.length;
      if (rest.length > 0) decoder.push(rest);
    },
    end: decoder.end,
    encoding: decoder.encoding,
    doubt: decoder.doubt,
  };
}

interface Bom {
  readonly name: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly length: number;
}

function findBom([first, second, third]: Uint8Array): Bom | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return { name: 'utf-8', length: 3 };
  if (first === 0xff && second === 0xfe) return { name: 'utf-16le', length: 2 };
  if (first === 0xfe && second === 0xff) return { name: 'utf-16be', length: 2 };
  return null;
}

/** Null when more of the file has to be seen. */
function decideByHead(
  head: Uint8Array,
  bom: string | undefined,
  label: string | undefined,
): TextEncoding | null {
  const requested = label === undefined ? null : encodingName(label);
  // No text begins with the bytes of a mark by chance, whatever somebody believes of the file.
  if (bom !== undefined && bom !== requested) return { name: bom, source: 'bom', certain: true };
  if (requested !== null) {
    const isSensible = !isUtf16(requested) || canBeUtf16(head, requested);
    if (!isSensible) throw senselessEncoding(requested);
    return { name: requested, source: 'requested', certain: true };
  }
  const utf16 = sniffUtf16(head);
  return utf16 && { name: utf16, source: 'content', certain: true };
}

function isUtf16(name: string): name is Utf16Name {
  return name === 'utf-16le' || name === 'utf-16be';
}
