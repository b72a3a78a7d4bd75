import { isLastResort } from '../../src/detect-platform.js';
import { platformHeaders } from '../../src/header/platform-headers.js';
import { platforms } from '../../src/platforms/index.js';
import { nameIndex } from '../../src/suggest/name-index.js';
import type { ProposedColumn } from './propose-columns.js';

/** How many headers are used for the signatures. Any two of them are enough to detect the platform. */
const SIGNATURE_HEADERS = 4;

/**
 * Pairs of the least common headers that no other platform lists. Empty where the file has no two of them.
 */
export function proposeSignatures(
  columns: readonly ProposedColumn[],
  words: readonly string[],
): readonly (readonly string[])[] {
  const rare = columns
    .filter(({ key, as }) => key !== '' && !['secret', 'question', 'item', 'add-on'].includes(as))
    .filter(({ key }) => !platforms.some((platform) => platformHeaders(platform).knows(key)))
    .sort((a, b) => rarity(b, words) - rarity(a, words))
    .slice(0, SIGNATURE_HEADERS)
    .map(({ header }) => header);
  return rare.flatMap((header, index) => rare.slice(index + 1).map((other) => [header, other]));
}

/** Whether the header is a name that many people and programs give to such a column. */
export function isCommonName(header: string): boolean {
  const { fields, isOther } = nameIndex().match(header);
  return isOther || [...fields.values()].some(({ how, score }) => how === 'same' && score > 0.9);
}

function rarity({ header, key }: ProposedColumn, words: readonly string[]): number {
  const isOwn = words.some((word) => word.length > 2 && key.includes(word));
  const symbols = /[^\p{L}\p{N} ]/u.test(header) ? 1 : 0;
  return (isOwn ? 10 : 0) + (isCommonName(header) ? 0 : 4) + symbols + key.split(' ').length / 2;
}

/** The platforms with a signature, which the header row of another platform must not have. */
export const platformsWithSignature = platforms.filter((platform) => !isLastResort(platform));
