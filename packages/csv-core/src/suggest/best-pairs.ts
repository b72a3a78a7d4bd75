import munkres from 'munkres';

/**
 * Pairs each row with at most one column and each column with at most one row, so that the total of the scores is as
 * great as possible. A row and a column with a score of 0 or less are never paired. Of several results with the same
 * total it is always the same one, in which earlier rows have earlier columns.
 *
 * By the algorithm of Kuhn and Munkres, in O(n² × m), where n is the smaller of the numbers of rows and columns.
 *
 * @param scores rows of equal length; 0 or less for pairs that must not be made
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

/** So small that it never outweighs a difference between scores. */
const TIE_BREAK = 1e-9;

/** A pair that must not be made costs 0, the same as no pair. */
function toCosts(scores: readonly (readonly number[])[]): number[][] {
  return scores.map((row, rowIndex) =>
    row.map((score, column) =>
      score > 0 ? -score - TIE_BREAK * (row.length - column) * (scores.length - rowIndex) : 0,
    ),
  );
}
