import { measureBundles } from './bundle-size.js';
import { OURS } from './detector.js';
import { HELD_OUT_OF } from './held-out.js';
import type { Selection } from './labelled-file.js';
import { markdownTable, percent, rightTable } from './markdown-table.js';
import { type GlueTally, type Measured, measure, measureGlued, type SetName, type Wrong } from './measure.js';
import { filesOf, rightOf, type Tallies } from './tally.js';
import { writeFigures } from './write-figures.js';

export interface Wish {
  /** Names of detectors; all if it is empty. */
  readonly detectors: readonly string[];
  readonly sets: readonly SetName[];
  readonly selection: Selection;
  /** Whether to list each file that was read wrongly. */
  readonly showsWrong: boolean;
  /** Whether to write the figures to docs/encodings.md. */
  readonly writes: boolean;
}

/** Measures, and prints the tables. */
export async function report({ detectors, sets, selection, showsWrong, writes }: Wish): Promise<void> {
  const measured = measure(detectors, sets, selection);
  if (showsWrong) {
    const lines = measured.flatMap(({ detector, wrong }) => wrong.map((one) => describe(detector.name, one)));
    for (const line of lines) console.log(line);
  }
  const glued = sets.includes('glued')
    ? measureGlued(selection, (name, outcome) => {
        if (showsWrong) console.log(`${name}: ${outcome}`);
      })
    : null;
  const text = [
    conditions(selection),
    ...measured.flatMap(tablesOf),
    ...(glued === null ? [] : [gluedTable(glued)]),
    await summary(measured),
  ].join('\n\n');
  console.log(text);
  for (const { detector, wrong } of measured)
    console.log(`\n${detector.name} takes most often: ${confusions(wrong)}`);
  if (writes) writeFigures(text);
}

function conditions({ seed, repetitions }: Selection): string {
  return `Files are made of words that no model has seen: one word in ${HELD_OUT_OF}, chosen by a hash, is kept from training, and only those are measured with. Seed ${seed}, ${repetitions} files of each kind (fewer of the long ones); half of them have four plain rows beside each one beyond ASCII.`;
}

function tablesOf({ detector, ordinary, few }: Measured): readonly string[] {
  const tables: string[] = [];
  if (ordinary.rows.length > 0) {
    tables.push(
      `### ${detector.name}\n\nPercent of files read rightly, by rows with a word beyond ASCII; \`!n\` were wrong in silence.`,
      rightTable('encoding', ordinary),
      askedTable(ordinary),
    );
  }
  if (few.rows.length > 0 && detector === OURS) {
    tables.push('The same where thirty rows repeat so many different ones:', rightTable('encoding', few));
  }
  return tables;
}

function askedTable(tallies: Tallies): string {
  const sums = tallies.columns.map((column) => tallies.sum(undefined, column));
  return markdownTable(
    ['of all, percent', ...tallies.columns],
    [
      ['right, but asked about', ...sums.map((sum) => percent(sum['right, asked'], rightOf(sum)))],
      ['wrong and asked about', ...sums.map((sum) => percent(sum['wrong, asked'], filesOf(sum)))],
      ['wrong in silence', ...sums.map((sum) => percent(sum['wrong in silence'], filesOf(sum)))],
      ['refused', ...sums.map((sum) => percent(sum.refused, filesOf(sum)))],
    ],
  );
}

function gluedTable(tallies: GlueTally): string {
  const outcomes = [
    'refused, right line',
    'refused, near',
    'refused, other line',
    'read, rightly',
    'read, asked',
    'read in silence',
  ] as const;
  const rows = [...tallies].map(([kind, tally]) => {
    const files = [...tally.values()].reduce((sum, count) => sum + count, 0);
    return [kind, String(files), ...outcomes.map((outcome) => percent(tally.get(outcome) ?? 0, files))];
  });
  return `Files of two encodings, percent:\n\n${markdownTable(['files', 'number', ...outcomes], rows)}`;
}

async function summary(measured: readonly Measured[]): Promise<string> {
  const bundles = await measureBundles();
  const sets = ['ordinary', 'few', 'words', 'marks', 'unread'] as const;
  const rows = measured.flatMap((one) =>
    sets.flatMap((set) => {
      const tallies = one[set];
      const all = tallies.sum();
      if (filesOf(all) === 0) return [];
      const { mean, most } = tallies.milliseconds();
      return [
        [
          `${one.detector.name}: ${set}`,
          String(filesOf(all)),
          percent(rightOf(all), filesOf(all)),
          percent(all['right, asked'], rightOf(all)),
          String(all['wrong, asked']),
          String(all['wrong in silence']),
          String(all.refused),
          mean.toFixed(1),
          most.toFixed(1),
        ],
      ];
    }),
  );
  const head = [
    '',
    'files',
    '% right',
    '% of them asked',
    'wrong, asked',
    'wrong in silence',
    'refused',
    'ms',
    'ms, 99 %',
  ];
  const sizes = bundles.map(({ name, kilobytes }) => [name, kilobytes.toFixed(0)]);
  return `${markdownTable(head, rows)}\n\n${markdownTable(['minified and gzipped', 'kB'], sizes)}`;
}

function describe(detector: string, { set, file, trial }: Wrong): string {
  const { verdict, outcome } = trial;
  const found = verdict.kind === 'read' ? verdict.encoding : `${verdict.code} at ${verdict.line}`;
  const lines = file.text.split('\r\n').filter((line) => /[^\p{ASCII}]/u.test(line));
  const cells = lines.slice(0, 4).map((line) =>
    line
      .split(',')
      .filter((cell) => /[^\p{ASCII}]/u.test(cell))
      .join('|'),
  );
  return `${detector} ${set} ${file.language}/${file.encoding} ${file.rows} → ${found} (${outcome}): ${cells.join('; ')}`;
}

const SHOWN = 30;

function confusions(wrong: readonly Wrong[]): string {
  const counts = new Map<string, number>();
  for (const { file, trial } of wrong) {
    const found = trial.verdict.kind === 'read' ? trial.verdict.encoding : trial.verdict.code;
    const name = `${file.language}/${file.encoding} for ${found}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const sorted = [...counts].sort((left, right) => right[1] - left[1]).slice(0, SHOWN);
  return sorted.map(([name, count]) => `${name} ${count}`).join('; ') || 'nothing';
}
