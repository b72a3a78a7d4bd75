import { type Field, fieldNames } from '../fields/fields.js';
import { mapInSteps, type Steps } from '../steps.js';
import { bestPairs } from './best-pairs.js';
import type { FieldScore, ScoredColumn } from './score-column.js';

/** The best assignment of fields to columns. */
export interface ChosenFields {
  /** The chosen field for the position of each column that has one. */
  readonly fields: ReadonlyMap<number, FieldScore>;
  /** The position of each field's column. */
  readonly positions: ReadonlyMap<Field, number>;
}

/**
 * Assigns each field to at most one column and each column to at most one field. The sum of the scores, each minus the
 * threshold, is as great as possible. Without subtracting the threshold, two fields that hardly fit could outweigh one
 * that fits well.
 */
export function* chooseFields(scored: readonly ScoredColumn[], threshold: number): Steps<ChosenFields> {
  const named = preferLastName(scored);
  yield;
  const columns = yield* weakenTies(named);
  const chosen = pairUp(columns, threshold);
  yield;
  const withNumber = useBackerNumber(columns, chosen);
  return withNumber ? pairUp(withNumber, threshold) : chosen;
}

function pairUp(columns: readonly ScoredColumn[], threshold: number): ChosenFields {
  const gains = fieldNames.map((field) =>
    columns.map(({ scores }) => Math.max(0, (scores.get(field)?.score ?? 0) - threshold)),
  );
  const fields = new Map<number, FieldScore>();
  const positions = new Map<Field, number>();
  for (const [row, position] of bestPairs(gains).entries()) {
    const field = fieldNames[row];
    const score = position === null || !field ? undefined : columns[position]?.scores.get(field);
    if (position === null || !score) continue;
    fields.set(position, score);
    positions.set(score.field, position);
  }
  return { fields, positions };
}

/** From this score on, a field counts as found. */
const FOUND = 0.7;

/** Beside a column of first names, `Name` (`Nom`, `Nome`) is the last name where its cells are single words. */
function preferLastName(columns: readonly ScoredColumn[]): readonly ScoredColumn[] {
  const isFound = (field: Field) => columns.some(({ scores }) => (scores.get(field)?.score ?? 0) >= FOUND);
  if (!isFound('firstName') || isFound('lastName')) return columns;
  return columns.map((column) => {
    const whole = column.scores.get('backerName');
    if (whole?.name?.how !== 'same' || column.profile.share('word') < 0.6) return column;
    const last = { ...whole, field: 'lastName', score: Math.max(whole.score, FOUND) } as const;
    return withScore(column, last, 'backerName');
  });
}

/** Factor for a score that another column has too. */
const TIED = 0.65;
/** Scores whose difference is smaller than this count as equal. */
const TIE = 0.05;

/**
 * Weakens equal scores of several columns for the same field that are based only on their cells. So of two columns of
 * amounts without a known name neither is suggested as the amount: choosing one would be chance.
 */
function* weakenTies(columns: readonly ScoredColumn[]): Steps<readonly ScoredColumn[]> {
  const contents = new Map<Field, number[]>();
  for (const { scores } of columns) {
    for (const { field, name, score } of scores.values()) {
      if (name !== null) continue;
      const known = contents.get(field);
      if (known === undefined) contents.set(field, [score]);
      else known.push(score);
    }
  }
  const tied = new Map([...contents].map(([field, scores]) => [field, tiedScores(scores)]));
  yield;
  const isTied = ({ field, name, score }: FieldScore) =>
    name === null && tied.get(field)?.has(score) === true;
  return yield* mapInSteps(columns, (column) => {
    const scores = [...column.scores.values()].map((score) =>
      isTied(score) ? { ...score, score: score.score * TIED } : score,
    );
    return { ...column, scores: new Map(scores.map((score) => [score.field, score])) };
  });
}

/** The scores beside which there is another one that is equal. */
function tiedScores(scores: readonly number[]): ReadonlySet<number> {
  const sorted = [...scores].sort((a, b) => a - b);
  const isNear = (one: number, other: number | undefined) =>
    other !== undefined && Math.abs(other - one) < TIE;
  return new Set(
    sorted.filter((score, index) => isNear(score, sorted[index - 1]) || isNear(score, sorted[index + 1])),
  );
}

/**
 * A list with one row per person, as Patreon and Kickstarter in 2013 wrote it, has no number except that of the person.
 * If no two rows share it, it is used as the number of the pledge. Null when the file is not such a list.
 */
function useBackerNumber(
  columns: readonly ScoredColumn[],
  { positions, fields }: ChosenFields,
): readonly ScoredColumn[] | null {
  const position = positions.get('backerExternalId') ?? -1;
  const number = fields.get(position);
  if (positions.has('externalId') || !positions.has('email') || !number) return null;
  return columns.map((column) => {
    const { filled, distinct, rows } = column.profile;
    if (column.position !== position || filled === 0 || distinct < filled || filled < rows) return column;
    const evidence = 'it is the only number, and no two rows share it';
    const score = {
      ...number,
      field: 'externalId',
      score: number.score * FOUND,
      name: null,
      evidence,
    } as const;
    return withScore(column, score, 'backerExternalId');
  });
}

function withScore(column: ScoredColumn, score: FieldScore, instead: Field): ScoredColumn {
  const scores = new Map(column.scores);
  scores.delete(instead);
  return { ...column, scores: scores.set(score.field, score) };
}
