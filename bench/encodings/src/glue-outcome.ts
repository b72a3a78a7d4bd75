import type { Verdict } from './detector.js';

/** What became of a file of two encodings: right is that it is refused, with the line of the second one. */
export type GlueOutcome =
  | 'refused, right line'
  | 'refused, near'
  | 'refused, other line'
  | 'read, asked'
  | 'read in silence';

/** A refusal so many lines off still leads people to the place. */
const NEAR = 2;

export function judgeGlue(verdict: Verdict, line: number): GlueOutcome {
  if (verdict.kind === 'read') return verdict.isCertain ? 'read in silence' : 'read, asked';
  if (verdict.line === line) return 'refused, right line';
  return Math.abs((verdict.line ?? Infinity) - line) <= NEAR ? 'refused, near' : 'refused, other line';
}
