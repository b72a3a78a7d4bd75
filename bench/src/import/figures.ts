import type { ImportRun } from './measure-import.js';

/** What was measured in turn, with the same number of workers. */
export interface Pair {
  readonly workers: number;
  /** The other commit's import, where there is one. */
  readonly theirs: ImportRun | null;
  readonly ours: ImportRun;
  readonly copyMs: number | null;
  readonly plainMs: number | null;
  /** How many times as fast ours is as theirs: 2 is in half the time. */
  readonly speed: number | null;
  /** The same of the file sent again. */
  readonly againSpeed: number | null;
}

/**
 * The median of every time and speed, the highest of memory and of latencies. Speeds are those of pairs, and not of two
 * medians, since what slows the machine for a while slows both of a pair.
 */
export function summarise(pairs: readonly [Pair, ...Pair[]]): Pair {
  const [{ workers }] = pairs;
  const theirs = pairs.map((pair) => pair.theirs).filter((run) => run !== null);
  return {
    workers,
    theirs: theirs.length === 0 ? null : summariseRuns(theirs),
    ours: summariseRuns(pairs.map((pair) => pair.ours)),
    copyMs: median(pairs.map((pair) => pair.copyMs)),
    plainMs: median(pairs.map((pair) => pair.plainMs)),
    speed: median(pairs.map((pair) => pair.speed)),
    againSpeed: median(pairs.map((pair) => pair.againSpeed)),
  };
}

function summariseRuns(runs: readonly ImportRun[]): ImportRun {
  const middle = (pick: (run: ImportRun) => number): number => median(runs.map(pick)) ?? Number.NaN;
  const most = (pick: (run: ImportRun) => number): number => Math.max(...runs.map(pick));
  const first = runs[0]?.latencies ?? null;
  return {
    importMs: middle((run) => run.importMs),
    receivedMs: middle((run) => run.receivedMs),
    againMs: median(runs.map((run) => run.againMs)),
    apiPeakMb: most((run) => run.apiPeakMb),
    workerPeakMb: most((run) => run.workerPeakMb),
    latencies: first && {
      uploadP99Ms: most((run) => run.latencies?.uploadP99Ms ?? 0),
      healthP99Ms: most((run) => run.latencies?.healthP99Ms ?? 0),
      requests: first.requests,
    },
  };
}

function median(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? null;
}

/** `a / b`, where both were measured. */
export function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b;
}

/** Rows a second of something that took so long. */
export function rowsPerSecond(rows: number, ms: number | null): number | null {
  return ratio(rows * 1_000, ms);
}
