import type { WeighedEncoding } from './weigh-encodings.js';

/**
 * Bits per character beyond ASCII of text that makes sense: up to so many, and some more where there are few. What is
 * mostly beyond ASCII varies less. Hardly one in two hundred files of known encoding costs more.
 */
const SENSE = {
  latin: { usual: 7, few: 10 },
  other: { usual: 5.7, few: 8 },
  eastAsian: { usual: 13.5, few: 10 },
} as const;

/** So much beyond that is nobody's text, if there are enough characters to tell. */
const SENSELESS_BITS = 2.5;
const LEAST_CHARACTERS = 12;

/** Whether text in an encoding that explains it best makes sense. */
export type Sense = 'sense' | 'doubtful' | 'senseless';

export function senseOf(weighed: WeighedEncoding): Sense {
  const count = countCharacters(weighed, BEYOND_ASCII);
  const { usual, few } = SENSE[kindOf(weighed, count)];
  const surplus = (weighed.bits - few) / count - usual;
  if (surplus <= 0) return 'sense';
  return surplus > SENSELESS_BITS && count >= LEAST_CHARACTERS ? 'senseless' : 'doubtful';
}

const BEYOND_ASCII = /[^\p{ASCII}]/gu;
/** Letters of other scripts than Latin. */
const NOT_LATIN = /(?!\p{Script=Latin})\p{L}/gu;

function kindOf(weighed: WeighedEncoding, count: number): keyof typeof SENSE {
  if (!weighed.isSingleByte) return 'eastAsian';
  return countCharacters(weighed, NOT_LATIN) * 2 > count ? 'other' : 'latin';
}

function countCharacters({ texts }: WeighedEncoding, kind: RegExp): number {
  return texts.reduce((sum, text) => sum + (text.match(kind)?.length ?? 0), 0);
}
