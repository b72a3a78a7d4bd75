import { TextDecoder as StandardDecoder } from '@exodus/bytes/encoding-browser.js';
import { type CodePage, findCodePage } from './code-pages.js';

/** Decodes bytes of one encoding, in pieces of any size. */
export interface ByteDecoder {
  /**
   * The text of the bytes, but for a character that is not complete yet; without bytes, the end.
   *
   * @throws TypeError when it is strict and the bytes are no text
   */
  decode(bytes?: Uint8Array): string;
}

/**
 * Decodes as browsers do: the decoders of Node lack letters of Korean and of Hong Kong, and take some bytes that mean
 * nothing for characters. Code pages that browsers do not know are read from our own tables.
 *
 * @param encoding WHATWG name, or the name of a code page
 * @throws RangeError when there is no such encoding
 */
export function createByteDecoder(
  encoding: string,
  { isStrict }: { readonly isStrict: boolean },
): ByteDecoder {
  const codePage = findCodePage(encoding);
  if (codePage !== undefined) return createCodePageDecoder(codePage, isStrict);
  const decoder = new StandardDecoder(encoding, { fatal: isStrict, ignoreBOM: true });
  return {
    decode: (bytes) => (bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })),
  };
}

/** Units joined at once: more are too many arguments for a call. */
const SLICE_LENGTH = 8_192;
const UNASSIGNED = 0xfffd;

function createCodePageDecoder({ name, characters }: CodePage, isStrict: boolean): ByteDecoder {
  const units = Uint16Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 ? byte : characters.charCodeAt(byte - 0x80),
  );
  return {
    decode(bytes = new Uint8Array(0)) {
      const parts: string[] = [];
      for (let at = 0; at < bytes.length; at += SLICE_LENGTH) {
        const slice = Uint16Array.from(
          bytes.subarray(at, at + SLICE_LENGTH),
          (byte) => units[byte] ?? UNASSIGNED,
        );
        if (isStrict && slice.includes(UNASSIGNED)) throw new TypeError(`The bytes are not ${name}`);
        parts.push(String.fromCharCode(...slice));
      }
      return parts.join('');
    },
  };
}
