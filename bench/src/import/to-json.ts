import { type Pair, ratio, rowsPerSecond } from './figures.js';
import type { ImportRun } from './measure-import.js';

/** The figures of one number of workers, as the last line of output has them. What was not measured is null or left out. */
export function toJson(rows: number, { workers, theirs, ours, copyMs, plainMs, speed, againSpeed }: Pair) {
  return {
    workers,
    oursMs: rounded(ours.importMs),
    copyMs: rounded(copyMs),
    plainMs: rounded(plainMs),
    vsCopy: hundredths(ratio(ours.importMs, copyMs)),
    vsPlain: hundredths(ratio(plainMs, ours.importMs)),
    ...runToJson(rows, ours),
    ...(theirs !== null && {
      theirs: { importMs: rounded(theirs.importMs), ...runToJson(rows, theirs) },
      speedVsTheirs: hundredths(speed),
      againSpeedVsTheirs: hundredths(againSpeed),
    }),
  };
}

function runToJson(rows: number, { importMs, againMs, apiPeakMb, workerPeakMb, latencies }: ImportRun) {
  return {
    rowsPerSecond: rounded(rowsPerSecond(rows, importMs)),
    apiPeakMb: rounded(apiPeakMb),
    workerPeakMb: rounded(workerPeakMb),
    ...(againMs !== null && { againMs: rounded(againMs) }),
    ...(latencies !== null && {
      uploadP99Ms: rounded(latencies.uploadP99Ms),
      healthP99Ms: rounded(latencies.healthP99Ms),
    }),
  };
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

function hundredths(value: number | null): number | null {
  return value === null ? null : Number(value.toFixed(2));
}
