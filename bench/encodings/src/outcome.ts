import type { Detector, Verdict } from './detector.js';
import { decode } from './encode.js';

/** The outcome for a file. `asked` means that the detector was uncertain, so that a person would be asked. */
export type Outcome = 'right' | 'right, asked' | 'wrong, asked' | 'wrong in silence' | 'refused';

/** The result of a detector for one file. */
export interface Trial {
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** Processor time, so that other programs on the machine do not count. */
  readonly milliseconds: number;
}

/** Runs a detector. Its result is right if the text is right, also with another encoding that gives the same text. */
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
