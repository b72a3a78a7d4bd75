import type { Verdict } from './detector.js';

/** The result for a file with two encodings, which should be refused with the line of the second encoding. */
export type GlueOutcome =
  | 'refused, right line'
  | 'refused, near'
  | 'refused, other line'
  | 'read, asked'
  | 'read in silence';

/** A line in the refusal that is off by at most this many is near enough to find the place. */
const NEAR = 2;

export function judgeGlue(verdict: Verdict, line: number): GlueOutcome {
  if (verdict.kind === 'read') return verdict.isCertain ? 'read in silence' : 'read, asked';
  if (verdict.line === line) return 'refused, right line';
  return Math.abs((verdict.line ?? Infinity) - line) <= NEAR ? 'refused, near' : 'refused, other line';
}
