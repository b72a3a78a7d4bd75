import { type Pair, ratio, rowsPerSecond } from './figures.js';
import type { ImportOptions } from './import-options.js';
import type { ImportRun } from './measure-import.js';

interface Line {
  readonly run: ImportRun;
  readonly copyMs: number | null;
  readonly plainMs: number | null;
  readonly speed: number | null;
}

type Column = readonly [title: string, value: (line: Line) => number | null];

/** The columns of what was asked for. */
function columnsOf({ again, against, probe, skipCopy, skipPlain }: ImportOptions): readonly Column[] {
  const when = (wanted: boolean, ...columns: readonly Column[]) => (wanted ? columns : []);
  return [
    ['import', ({ run }) => run.importMs],
    ['received', ({ run }) => run.receivedMs],
    ...when(again, ['again', ({ run }) => run.againMs]),
    ...when(!skipCopy, ['COPY', ({ copyMs }) => copyMs]),
    ...when(!skipPlain, ['plain', ({ plainMs }) => plainMs]),
    // Of speeds; the ratios beside it are of times.
    ...when(against !== null, ['ours / theirs', ({ speed }) => speed]),
    ...when(!skipCopy, ['ours / COPY', ({ run, copyMs }) => ratio(run.importMs, copyMs)]),
    ...when(!skipPlain, ['plain / ours', ({ run, plainMs }) => ratio(plainMs, run.importMs)]),
    ...when(
      probe,
      ['GET p99', ({ run }) => run.latencies?.uploadP99Ms ?? null],
      ['healthz p99', ({ run }) => run.latencies?.healthP99Ms ?? null],
    ),
    ['API MB', ({ run }) => run.apiPeakMb],
    ['worker MB', ({ run }) => run.workerPeakMb],
  ];
}

export function printTitles(options: ImportOptions): void {
  const titles = columnsOf(options).map(([title]) => title);
  printCells('', titles);
}

/** A line of milliseconds and megabytes for each side. */
export function printPair(options: ImportOptions, name: string, pair: Pair): void {
  const columns = columnsOf(options);
  const print = (label: string, line: Line) => {
    const cells = columns.map(([, value]) => shorten(value(line)));
    printCells(label, cells);
  };
  const label = `${name}, ${workersText(pair.workers)}`;
  if (pair.theirs !== null)
    print(`${label}, theirs`, { run: pair.theirs, copyMs: null, plainMs: null, speed: null });
  print(pair.theirs === null ? label : `${label}, ours`, { ...pair, run: pair.ours });
}

/** Rows a second of both sides, and how many times as fast ours is. */
export function printSpeeds(options: ImportOptions, medians: readonly Pair[]): void {
  printCells('rows/s', ['theirs', 'ours', 'ours / theirs']);
  for (const { workers, theirs, ours, speed, againSpeed } of medians) {
    const print = (label: string, times: readonly (number | null)[], ratioOfSpeeds: number | null) => {
      const speeds = times.map((ms) => rowsPerSecond(options.rows, ms));
      printCells(`${label}, ${workersText(workers)}`, [...speeds, ratioOfSpeeds].map(shorten));
    };
    print('import', [theirs?.importMs ?? null, ours.importMs], speed);
    if (options.again) print('again', [theirs?.againMs ?? null, ours.againMs], againSpeed);
  }
}

function workersText(workers: number): string {
  return workers === 1 ? '1 worker' : `${workers} workers`;
}

function printCells(label: string, cells: readonly string[]): void {
  console.log([label.padEnd(25), ...cells.map((cell) => cell.padStart(14))].join(''));
}

function shorten(value: number | null): string {
  if (value === null) return '';
  return value < 100 ? value.toFixed(2) : String(Math.round(value));
}
