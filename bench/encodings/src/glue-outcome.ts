import type { Verdict } from './detector.js';
import { decode } from './encode.js';
import type { GluedFile } from './glued-files.js';

/** The result for a file with two encodings, which should be refused with the line of the second encoding. */
export type GlueOutcome =
  | 'refused, right line'
  | 'refused, near'
  | 'refused, other line'
  | 'read, rightly'
  | 'read, asked'
  | 'read in silence';

/** A line in the refusal that is off by at most this many is near enough to find the place. */
const NEAR = 2;

/** Where one encoding happens to read both parts as they were meant, nothing is wrong. */
export function judgeGlue(verdict: Verdict, { bytes, text, change }: GluedFile): GlueOutcome {
  if (verdict.kind === 'read') {
    if (decode(bytes, verdict.encoding) === text) return 'read, rightly';
    return verdict.isCertain ? 'read in silence' : 'read, asked';
  }
  const { line } = verdict;
  if (line === null) return 'refused, other line';
  const distance = Math.max(change.firstLine - line, line - change.lastLine, 0);
  if (distance === 0) return 'refused, right line';
  return distance <= NEAR ? 'refused, near' : 'refused, other line';
}
