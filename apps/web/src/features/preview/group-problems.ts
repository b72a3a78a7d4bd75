import type { ExpectedProblem } from './preview.js';

const SHOWN_PROBLEMS = 50;

/** Problems by code and column: those that reject rows first, then the most frequent. */
export function groupProblems(issues: readonly Omit<ExpectedProblem, 'count'>[]): readonly ExpectedProblem[] {
  const groups = new Map<string, ExpectedProblem>();
  for (const { code, column, severity, message, value } of issues) {
    const key = JSON.stringify([severity, code, column]);
    const known = groups.get(key) ?? { code, column, severity, count: 0, message, value };
    groups.set(key, { ...known, count: known.count + 1 });
  }
  return [...groups.values()]
    .sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error') || b.count - a.count)
    .slice(0, SHOWN_PROBLEMS);
}
