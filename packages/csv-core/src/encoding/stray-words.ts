import type { WeighedEncoding } from './weigh-encodings.js';

/** Some words of a file that make sense only in another encoding. */
export interface StrayWords {
  /** Positions of the words. */
  readonly at: readonly number[];
  /** WHATWG name of the other encoding, or that of a code page. */
  readonly encoding: string;
}

/** A word that costs up to so many bits more than elsewhere may just be rare. */
const RARE_WORD_BITS = 7;
/** By so many bits more than that the words must cost in sum, and some more in a long file, which has more rare words. */
const LEAST_BITS = 1;
/** Characters of East Asia cost more by themselves. */
const LEAST_EAST_ASIAN_BITS = 24;

/** Looks for words that another encoding explains much better than the one that explains the most of them. */
export function findStrayWords(
  best: WeighedEncoding,
  weighed: readonly WeighedEncoding[],
): StrayWords | null {
  let most = (best.isSingleByte ? LEAST_BITS : LEAST_EAST_ASIAN_BITS) + Math.log2(best.texts.length);
  let found: StrayWords | null = null;
  for (const { name, wordBits } of weighed) {
    const at: number[] = [];
    let sum = 0;
    for (const [index, bits] of best.wordBits.entries()) {
      const surplus = bits - (wordBits[index] ?? 0) - RARE_WORD_BITS;
      if (surplus <= 0) continue;
      at.push(index);
      sum += surplus;
    }
    if (sum < most) continue;
    most = sum;
    found = { at, encoding: name };
  }
  return found;
}
