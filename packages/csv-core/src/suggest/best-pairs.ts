import munkres from 'munkres';

/**
 * Gives each row at most one column of its own and each column at most one row, so that the total of the scores is the
 * greatest there is. Pairs that score nothing stay apart. Of several ways with one total it is always the same one, in
 * which earlier rows take earlier columns.
 *
 * Kuhn and Munkres, in O(rows² × columns) for fewer rows than columns or the other way round.
 *
 * @param scores rows of equal length; 0 or less for what must not be paired
 * @returns for each row its column, or null
 */
export function bestPairs(scores: readonly (readonly number[])[]): readonly (number | null)[] {
  const assigned: (number | null)[] = scores.map(() => null);
  if (scores.length === 0 || scores[0]?.length === 0) return assigned;
  for (const [row, column] of munkres(toCosts(scores))) {
    if ((scores[row]?.[column] ?? 0) > 0) assigned[row] = column;
  }
  return assigned;
}

/** Too little to outweigh any difference between scores that have two decimals. */
const TIE_BREAK = 1e-9;

/** What is not to be paired costs nothing, as if it stayed alone. */
function toCosts(scores: readonly (readonly number[])[]): number[][] {
  return scores.map((row, rowIndex) =>
    row.map((score, column) =>
      score > 0 ? -score - TIE_BREAK * (row.length - column) * (scores.length - rowIndex) : 0,
    ),
  );
}
