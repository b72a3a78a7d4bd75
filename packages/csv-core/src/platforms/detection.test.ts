import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectPlatform, isLastResort } from '../detect-platform.js';
import { normalizeHeader } from '../header/normalize-header.js';
import { platforms } from './index.js';
import type { Platform } from './platform.js';
import { readCsvFile } from './read-csv-file.testing.js';

/**
 * Measures how well platforms are detected. The header rows of all fixtures are changed as people and programs change
 * them: up to three in ten columns are missing, others are added, the order is different, and the rest is spelled as
 * spreadsheets and scripts spell it.
 */
const fixturesFolder = fileURLToPath(new URL('./fixtures/', import.meta.url));

interface Labelled {
  readonly platform: Platform;
  readonly headers: readonly string[];
}

const labelled = platforms.flatMap((platform) => {
  const folder = join(fixturesFolder, platform.name);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.csv')) : [];
  return files.map((name): Labelled => {
    const { headers } = readCsvFile(readFileSync(join(folder, name)));
    return { platform, headers };
  });
});

/** Changes of spelling that detection must tolerate. */
const spellings: readonly ((header: string) => string)[] = [
  (header) => header,
  (header) => header.toUpperCase(),
  (header) => header.toLowerCase(),
  (header) => ` ${header}  `,
  (header) => header.replaceAll(' ', '_'),
  (header) => header.replaceAll(' ', '\u00a0'),
  (header) => `${header}\u200b`,
  (header) => `${header}.1`,
  (header) => `${header} (2)`,
  (header) => header.replaceAll("'", '\u2019').replaceAll('-', '\u2010'),
  (header) => header.replace('o', '\u043e'),
];

const unknownHeaders = ['Zebra', 'Shoe size', 'Column1', '', 'Unnamed: 3', 'Checked by', 'Packed?', 'Zone'];

interface Mutated extends Labelled {
  /** The normalised headers that are left, as the platform writes them. */
  readonly left: readonly string[];
}

const mutation = fc.constantFrom(...labelled).chain(({ platform, headers }) =>
  fc
    .record({
      kept: fc.shuffledSubarray([...headers.keys()], { minLength: Math.ceil(headers.length * 0.7) }),
      spelling: fc.array(fc.constantFrom(...spellings), {
        minLength: headers.length,
        maxLength: headers.length,
      }),
      added: fc.array(fc.constantFrom(...unknownHeaders), { maxLength: 5 }),
      bom: fc.boolean(),
    })
    .map(({ kept, spelling, added, bom }): Mutated => {
      const seen = new Set<string>();
      const spelled = kept.map((position) => {
        const header = headers[position] ?? '';
        // Of several columns with the same header, a program that makes headers unique changes only the later ones.
        const isFirst = !seen.has(normalizeHeader(header));
        seen.add(normalizeHeader(header));
        const respell = spelling[position];
        return isFirst && header !== '' && respell ? respell(header) : header;
      });
      const all = [...spelled, ...added];
      if (bom) all[0] = `\ufeff${all[0]}`;
      return { platform, headers: all, left: [...seen] };
    }),
);

/** Whether the headers that are left are enough to detect the platform by its own definition. */
function isDetectable({ platform, left }: Mutated): boolean {
  const has = (header: string) => left.includes(header);
  if (isLastResort(platform)) {
    const fills = (...fields: readonly string[]) =>
      platform.columns.some(({ field, headers }) => fields.includes(field) && headers.some(has));
    return fills('externalId') && fills('email', 'backerExternalId');
  }
  const fields = new Set(
    platform.columns.filter(({ headers }) => headers.some(has)).map(({ field }) => field),
  );
  // Without a column that every row needs a file is not detected, so that a person is asked.
  if (platform.columns.some(({ required, field }) => required && !fields.has(field))) return false;
  const whole = platform.signatures.some((group) => group.every(has));
  return whole || left.some((key) => platform.signaturePatterns.some((pattern) => pattern.test(key)));
}

interface Score {
  right: number;
  wrong: number;
  missed: number;
  /** Mutations that left too few headers to detect the platform. */
  undetectable: number;
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);

describe('detectPlatform, on changed header rows of all fixtures', () => {
  it('takes no platform for another one, and finds at least 95 % of each platform', () => {
    const scores = new Map(
      platforms.map(({ name }): [string, Score] => [
        name,
        { right: 0, wrong: 0, missed: 0, undetectable: 0 },
      ]),
    );
    const count = (name: string, outcome: keyof Score) => {
      const score = scores.get(name);
      if (score) score[outcome] += 1;
    };
    const mistakes: unknown[] = [];
    for (const mutated of fc.sample(mutation, 8_000)) {
      const { name } = mutated.platform;
      const found = detectPlatform(mutated.headers).platform;
      if (found === name) count(name, 'right');
      else if (found !== null) {
        count(found, 'wrong');
        mistakes.push({ is: name, found, headers: mutated.headers });
      }
      if (found === name) continue;
      count(name, isDetectable(mutated) ? 'missed' : 'undetectable');
    }
    report(scores);
    expect(mistakes).toEqual([]);
    for (const [name, { right, missed }] of scores) {
      expect({ name, isEnough: share(right, right + missed) >= 0.95 }).toEqual({ name, isEnough: true });
    }
  });
});

function report(scores: ReadonlyMap<string, Score>): void {
  const percent = (part: number, whole: number) => `${(100 * share(part, whole)).toFixed(1)} %`;
  const line = ({ right, wrong, missed, undetectable }: Score) => ({
    files: right + missed + undetectable,
    precision: percent(right, right + wrong),
    recall: percent(right, right + missed),
    'recall, undetectable included': percent(right, right + missed + undetectable),
  });
  const total: Score = { right: 0, wrong: 0, missed: 0, undetectable: 0 };
  for (const score of scores.values()) {
    total.right += score.right;
    total.wrong += score.wrong;
    total.missed += score.missed;
    total.undetectable += score.undetectable;
  }
  console.table({
    ...Object.fromEntries([...scores].map(([name, score]) => [name, line(score)])),
    overall: line(total),
  });
}
