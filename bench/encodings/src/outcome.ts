import type { Detector, Verdict } from './detector.js';
import { decode } from './encode.js';

/** What became of a file, and whether anybody was told of a doubt. */
export type Outcome = 'right' | 'right, asked' | 'wrong, asked' | 'wrong in silence' | 'refused';

/** What a detector made of a file. */
export interface Trial {
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** Of the processor: what else the machine does must not count. */
  readonly milliseconds: number;
}

/** Judges by the text: an encoding in which the file reads the same is as good as the one it was written in. */
export function tryDetector(detector: Detector, { bytes, text }: { bytes: Uint8Array; text: string }): Trial {
  const begun = process.cpuUsage();
  const verdict = detector.detect(bytes);
  const { user, system } = process.cpuUsage(begun);
  const milliseconds = (user + system) / 1_000;
  return { verdict, outcome: judge(verdict, bytes, text), milliseconds };
}

function judge(verdict: Verdict, bytes: Uint8Array, text: string): Outcome {
  if (verdict.kind === 'refused') return 'refused';
  if (decode(bytes, verdict.encoding) === text) return verdict.isCertain ? 'right' : 'right, asked';
  return verdict.isCertain ? 'wrong in silence' : 'wrong, asked';
}
