import { USUAL } from './candidate-encodings.js';
import { readsOtherwise, type WeighedEncoding } from './weigh-encodings.js';

/** A word speaks for an encoding that makes it cheaper by so many bits. */
const EVIDENCE_BITS = 2;
/** Several words must speak for leaving the usual encoding, and by so many bits in sum. */
const LEAST_WORDS = 2;
const LEAST_MARGIN = 3;
/** Many words may do it though each says little. */
const MANY_WORDS = 3;
const MARGIN_OF_MANY_WORDS = 4;
/** A single word of letters may do it, and anything at all if the usual encoding makes nonsense of it. */
const MARGIN_OF_ONE_WORD = 9;
const MARGIN_OF_ANYTHING = 14;

/**
 * The likeliest encoding for which there is evidence enough to leave {@link USUAL}: by far the most files are of that, so
 * a word that is odd in it should not mislead.
 *
 * @param weighed the likeliest first
 * @param hasMacLines whether lines end as old Macintosh programs wrote them
 */
export function chooseEncoding(weighed: readonly WeighedEncoding[], hasMacLines: boolean): WeighedEncoding {
  const usual = weighed.find(({ name }) => name === USUAL.name);
  if (usual === undefined) throw new RangeError('The usual encoding was not weighed.');
  for (const other of weighed.slice(0, weighed.indexOf(usual))) {
    // Who comes after it explains the same marks worse.
    if (!hasMacLines && isMacOfMarks(other)) return usual;
    if (mayReplace(usual, other, hasMacLines)) return other;
  }
  return usual;
}

/** A Macintosh's quotes and dashes stand where Western letters do: without letters of its own they are no evidence. */
function isMacOfMarks({ name, texts }: WeighedEncoding): boolean {
  return isMac(name) && !texts.some(hasLetter);
}

function isMac(name: string): boolean {
  return name === 'macintosh' || name.startsWith('x-mac-');
}

function mayReplace(usual: WeighedEncoding, other: WeighedEncoding, hasMacLines: boolean): boolean {
  // One character of East Asia may be any letter with an accent.
  if (!other.isSingleByte) return countWide(other) > 1;
  const margin = usual.bits - other.bits;
  if (margin >= MARGIN_OF_ANYTHING) return true;
  // What reads the same matters only for what follows the sample.
  if (!readsOtherwise(usual, other)) return false;
  const countsMarks = hasMacLines || !isMac(other.name);
  const differing = [...other.texts.entries()].filter(
    ([index, text]) => text !== usual.texts[index] && (countsMarks || hasLetter(text)),
  );
  const speaking = differing.filter(
    ([index]) => bitsOf(other, index) + EVIDENCE_BITS <= bitsOf(usual, index),
  );
  if (margin >= MARGIN_OF_ONE_WORD && speaking.some(([, text]) => isWord(text))) return true;
  if (margin >= MARGIN_OF_MANY_WORDS && differing.length >= MANY_WORDS) return true;
  return margin >= LEAST_MARGIN && speaking.length >= LEAST_WORDS;
}

/** Characters of East Asia that are as wide as high. */
function countWide({ texts }: WeighedEncoding): number {
  return texts.reduce((sum, text) => sum + (text.match(/[^\p{ASCII}\uff61-\uff9f]/gu)?.length ?? 0), 0);
}

function bitsOf({ wordBits }: WeighedEncoding, index: number): number {
  return wordBits[index] ?? 0;
}

/** Whether a word has letters of ASCII and others, three at least: a letter or two may be anything. */
function isWord(text: string): boolean {
  const runs = text.match(/[\p{L}\p{M}]{3,}/gu) ?? [];
  return runs.some((run) => /[a-z]/i.test(run) && hasLetter(run));
}

function hasLetter(text: string): boolean {
  return /(?![ªº])[^\p{ASCII}](?<=\p{L})/u.test(text);
}
