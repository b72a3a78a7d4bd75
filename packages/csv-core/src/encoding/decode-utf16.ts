import { cutOff, type TextDecoding, type TextOutput } from './invalid-encoding.js';

export type Utf16Name = 'utf-16le' | 'utf-16be';

/**
 * Decodes UTF-16 in pieces of any size. Half of a surrogate pair becomes U+FFFD: one damaged character is for its
 * row to answer for, not for the file.
 *
 * @param start which byte of the file the first one is; the byte order mark must be behind it
 */
export function createUtf16Decoder(name: Utf16Name, output: TextOutput, start: number): TextDecoding {
  const decoder = new TextDecoder(name, { ignoreBOM: true });
  let length = 0;

  return {
    push(bytes) {
      length += bytes.length;
      output.onText(decoder.decode(bytes, { stream: true }));
    },
    end() {
      if (length % 2 === 1) throw cutOff(name, start + length - 1, output.currentLine());
      output.onText(decoder.decode());
    },
  };
}
