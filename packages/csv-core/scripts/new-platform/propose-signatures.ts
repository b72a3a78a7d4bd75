import { isLastResort } from '../../src/detect-platform.js';
import { platformHeaders } from '../../src/header/platform-headers.js';
import { platforms } from '../../src/platforms/index.js';
import { nameIndex } from '../../src/suggest/name-index.js';
import type { ProposedColumn } from './propose-columns.js';

/** Headers that are taken for the signature: any two of them tell the platform. */
const TELLING = 4;

/**
 * Pairs of headers that no platform of the list knows, the least common ones. None where the file has no two of them.
 */
export function proposeSignatures(
  columns: readonly ProposedColumn[],
  words: readonly string[],
): readonly (readonly string[])[] {
  const telling = columns
    .filter(({ key, as }) => key !== '' && !['secret', 'question', 'item', 'add-on'].includes(as))
    .filter(({ key }) => !platforms.some((platform) => platformHeaders(platform).knows(key)))
    .sort((a, b) => strangeness(b, words) - strangeness(a, words))
    .slice(0, TELLING)
    .map(({ header }) => header);
  return telling.flatMap((header, index) => telling.slice(index + 1).map((other) => [header, other]));
}

/** Whether the header is what many people and programs would call such a column. */
export function isCommonName(header: string): boolean {
  const { fields, isOther } = nameIndex().match(header);
  return isOther || [...fields.values()].some(({ how, score }) => how === 'same' && score > 0.9);
}

function strangeness({ header, key }: ProposedColumn, words: readonly string[]): number {
  const isOwn = words.some((word) => word.length > 2 && key.includes(word));
  const symbols = /[^\p{L}\p{N} ]/u.test(header) ? 1 : 0;
  return (isOwn ? 10 : 0) + (isCommonName(header) ? 0 : 4) + symbols + key.split(' ').length / 2;
}

/** The platforms that would take the file for one of theirs. */
export const signedPlatforms = platforms.filter((platform) => !isLastResort(platform));
