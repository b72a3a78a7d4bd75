import type { EncodingDoubt } from './text-encoding.js';

/** What bytes seem to be. */
export type EncodingGuess =
  | {
      readonly kind: 'text';
      /** WHATWG name, or that of a code page. */
      readonly name: string;
      /** Whether its characters are of one byte. */
      readonly isSingleByte: boolean;
      /** Null when it is certain. */
      readonly doubt: EncodingDoubt | null;
    }
  /** Two files of different encodings in one. */
  | {
      readonly kind: 'glued';
      /** Line of the sample where the second one begins, from 0. */
      readonly line: number;
      /** WHATWG names of what is before it and of what follows. */
      readonly parts: readonly [string, string];
    }
  /** Text in no encoding that is known. */
  | { readonly kind: 'senseless'; readonly doubt: EncodingDoubt };
