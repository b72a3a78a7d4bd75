import { createIso2022JpDecoder } from './decode-iso-2022-jp.js';
import { createLegacyDecoder } from './decode-legacy.js';
import { createUtf8Decoder } from './decode-utf8.js';
import { createUtf16Decoder } from './decode-utf16.js';
import type { TextDecoding, TextOutput } from './invalid-encoding.js';
import type { TextEncoding } from './text-encoding.js';

/** @param start which byte of the file the first one that is pushed will be */
export function openDecoder({ name, source }: TextEncoding, output: TextOutput, start: number): TextDecoding {
  switch (name) {
    case 'utf-8':
      return createUtf8Decoder(output, start);
    case 'utf-16le':
    case 'utf-16be':
      return createUtf16Decoder(name, output, start);
    case 'iso-2022-jp':
      return createIso2022JpDecoder(output, start);
    default:
      return createLegacyDecoder({ name, start, isGuess: source === 'content' }, output);
  }
}
