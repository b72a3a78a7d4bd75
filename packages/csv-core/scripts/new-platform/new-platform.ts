import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatCsvRow } from '../../src/csv/format-csv.js';
import { platforms } from '../../src/platforms/index.js';
import { type Answers, UsageError } from './answers.js';
import { assumptions } from './assumptions.js';
import { chooseRows } from './choose-rows.js';
import { inventRows } from './invent-rows.js';
import { listInReadme, listPlatform } from './list-platform.js';
import { openQuestions } from './open-questions.js';
import { platformSource } from './platform-source.js';
import type { ProposedColumn } from './propose-columns.js';
import { proposePlatform } from './propose-platform.js';
import { findGoodRow, inventSum, rejectRows } from './reject-rows.js';
import { readSample } from './sample.js';

/** What was written, and what a person has to check. */
export interface NewPlatform {
  /** Paths of the written files, relative to the root of the repository. */
  readonly written: readonly string[];
  readonly columns: readonly ProposedColumn[];
  /** For each header the words of the file that the fixtures contain. */
  readonly kept: ReadonlyMap<string, readonly string[]>;
  readonly assumed: readonly string[];
  readonly open: readonly string[];
}

/**
 * Writes the platform file, its fixtures and its lines in the list and in the README.
 *
 * @param root the root of the repository
 * @throws UsageError when the platform exists already, or an answer does not fit the file
 */
export async function writeNewPlatform(
  root: string,
  name: string,
  bytes: Uint8Array,
  answers: Answers,
): Promise<NewPlatform> {
  const folder = 'packages/csv-core/src/platforms';
  const file = `${folder}/${name}.ts`;
  if (platforms.some((platform) => platform.name === name) || existsSync(join(root, file))) {
    throw new UsageError(`There is already a platform named "${name}". Choose another name.`);
  }
  const sample = readSample(bytes);
  const proposal = proposePlatform(name, sample, answers);
  const open = openQuestions(proposal, sample);
  const { rows, kept } = inventRows(sample, proposal.columns, chooseRows(sample, proposal.columns));
  const good = findGoodRow(rows, sample.headers, proposal.platform) ?? rows[0] ?? [];
  const rejected = rejectRows(good, sample.headers, proposal.columns, proposal.platform);

  const csv = (table: readonly (readonly string[])[]) =>
    [sample.headers, ...table].map((cells) => formatCsvRow(cells)).join('');
  const index = `${folder}/index.ts`;
  const contents = {
    [file]: platformSource(proposal, open),
    [`${folder}/fixtures/${name}/orders.csv`]: csv(rows),
    [`${folder}/fixtures/${name}/rejected.csv`]: csv([
      ...rejected,
      ...sample.sums.slice(0, 1).map(inventSum),
    ]),
    [index]: listPlatform(await readFile(join(root, index), 'utf8'), name),
    'README.md': listInReadme(await readFile(join(root, 'README.md'), 'utf8'), proposal.platform.title),
  };
  await mkdir(join(root, folder, 'fixtures', name), { recursive: true });
  for (const [path, text] of Object.entries(contents)) await writeFile(join(root, path), text);
  return {
    written: Object.keys(contents),
    columns: proposal.columns,
    kept,
    assumed: assumptions(proposal, sample),
    open,
  };
}
