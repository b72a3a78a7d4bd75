import { type Field, fieldNames, fields, isField } from '../fields/fields.js';
import { displayHeader } from '../header/resolve-columns.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import { mapInSteps, runAtOnce, type Steps } from '../steps.js';
import { type ColumnCells, collectCells } from './column-cells.js';
import { createProfiler } from './column-profile.js';
import { type ChosenFields, chooseFields } from './compare-columns.js';
import { explainField, explainRefusal } from './explain.js';
import { type LeftoverRole, leftoverRole, secretRole } from './leftover-role.js';
import { type NameIndex, nameIndex } from './name-index.js';
import {
  disprovedField,
  type FieldScore,
  isUnnamed,
  type ScoredColumn,
  scoreColumn,
} from './score-column.js';

/** Another field that a column could be. */
export interface ColumnAlternative {
  readonly as: Field;
  /** 0 to 1. */
  readonly score: number;
}

/** The suggestion for one column: an assignment for `mapKeys`, with its score and reason. */
export interface ColumnSuggestion extends ColumnAssignment {
  /** For people, the header as the file writes it, or `Column 3` where it has no name. */
  readonly header: string;
  /** How certain the suggestion is: 0 to 1, with two decimals. */
  readonly score: number;
  /** For people, why: `named like an e-mail address, and 98 of 100 cells are e-mail addresses`. */
  readonly reason: string;
  /** Up to three other fields, best first. */
  readonly alternatives: readonly ColumnAlternative[];
}

/** The suggestions for the columns of an unknown file. */
export interface MappingSuggestion {
  /** One suggestion for each column, in file order. */
  readonly columns: readonly ColumnSuggestion[];
  /**
   * Required fields that no column seems to fill: `externalId`, and `email` where there is no `backerExternalId`
   * either, because one of the two is enough.
   */
  readonly missing: readonly Field[];
  /** How certain the mapping is as a whole: 0 to 1, with two decimals; at most 0.5 when a field is missing. */
  readonly confidence: number;
}

export interface SuggestMappingOptions {
  /** How many of the first rows are examined. Default 200. */
  readonly maxRows?: number | undefined;
  /** A field with a lower score is not suggested; 0 to 1. Default 0.45. */
  readonly threshold?: number | undefined;
}

const DEFAULT_ROWS = 200;
const DEFAULT_THRESHOLD = 0.45;
const MAX_ALTERNATIVES = 3;
const MIN_ALTERNATIVE = 0.2;

/**
 * Suggests a mapping for the columns of an unknown file. Compares their names, also misspelled ones, with the headers
 * of all platforms and with common names in a dozen languages, and examines what their cells look like. Each field is
 * assigned to at most one column, so that the assignments fit best as a whole. A column that fits no field is `item` or
 * `add-on` if it counts something, `question` if its name asks something, `ignored` if it is secret, else `kept`.
 *
 * The suggestion is for a person to confirm and should not be imported unchecked. Pure: the same headers and rows
 * always give the same result. Never throws.
 *
 * @param headers the header row as parsed from the file
 * @param sampleRows some rows of the file; without any, only the names are used
 */
export function suggestMapping(
  headers: readonly string[],
  sampleRows: readonly (readonly string[])[],
  options: SuggestMappingOptions = {},
): MappingSuggestion {
  return suggestWith(nameIndex(), headers, sampleRows, options);
}

/** Like {@link suggestMapping}, with an index of other names. */
export function suggestWith(
  index: NameIndex,
  headers: readonly string[],
  sampleRows: readonly (readonly string[])[],
  { maxRows = DEFAULT_ROWS, threshold = DEFAULT_THRESHOLD }: SuggestMappingOptions = {},
): MappingSuggestion {
  const rows = sampleRows.slice(0, maxRows);
  const cells = headers.map((_, position) => collectCells(rows.map((row) => row[position] ?? '')));
  const cellsOf = (position: number) => cells[position] ?? noCells;
  const scored = runAtOnce(scoreColumns(index, headers, cellsOf));
  return runAtOnce(suggestForColumns(scored, headers, cellsOf, threshold));
}

/**
 * A suggestion for columns that are scored already.
 *
 * @param cellsOf the cells of the column at a position
 */
export function* suggestForColumns(
  columns: readonly ScoredColumn[],
  headers: readonly string[],
  cellsOf: (position: number) => ColumnCells,
  threshold: number = DEFAULT_THRESHOLD,
): Steps<MappingSuggestion> {
  const chosen = yield* chooseFields(columns, threshold);
  const itemsPerRow = chosen.positions.has('productSku') || chosen.positions.has('productName');
  const suggestions = yield* mapInSteps(columns, (column) => {
    const field = chosen.fields.get(column.position);
    if (field) return suggestField(column, field, headers);
    const role = secretRole(column.header) ?? leftoverRole(column, cellsOf(column.position), itemsPerRow);
    return suggestRole(column, role ?? keptRole(column, chosen, headers), headers);
  });
  return { columns: suggestions, ...sumUp(suggestions) };
}

const noCells: ColumnCells = collectCells([]);

/** Of a file with more columns, which no person has named, the spelling is not corrected. */
const MAX_CORRECTED_COLUMNS = 300;

/** Scores every column for every field, by its name and its cells. */
export function* scoreColumns(
  index: NameIndex,
  headers: readonly string[],
  cellsOf: (position: number) => ColumnCells,
): Steps<readonly ScoredColumn[]> {
  const profiler = createProfiler();
  const corrects = headers.length <= MAX_CORRECTED_COLUMNS;
  return yield* mapInSteps(headers, (raw, position) => {
    const header = displayHeader(raw);
    const profile = profiler.profile(cellsOf(position));
    const column = scoreColumn(position, header, index.match(header, corrects), profile);
    return secretRole(header) ? { ...column, scores: new Map() } : column;
  });
}

function suggestField(
  column: ScoredColumn,
  chosen: FieldScore,
  headers: readonly string[],
): ColumnSuggestion {
  return {
    position: column.position,
    header: nameAt(column.position, headers),
    as: chosen.field,
    score: round(chosen.score),
    reason: explainField(chosen),
    alternatives: alternativesOf(column, chosen.field),
  };
}

function suggestRole(
  column: ScoredColumn,
  { as, score, reason }: LeftoverRole,
  headers: readonly string[],
): ColumnSuggestion {
  const { position } = column;
  const alternatives = alternativesOf(column, null);
  return { position, header: nameAt(position, headers), as, score: round(score), reason, alternatives };
}

/** The role of a column that is kept with the pledge. The better some field fits, the lower is the score. */
function keptRole(
  column: ScoredColumn,
  { positions }: ChosenFields,
  headers: readonly string[],
): LeftoverRole {
  const disproved = disprovedField(column);
  const [best] = bestFields(column);
  const like = disproved ?? best;
  if (!like || (like !== disproved && like.score < MIN_ALTERNATIVE)) {
    return { as: 'kept', score: 0.9, reason: whyNothing(column) };
  }
  const taker = like === disproved ? undefined : positions.get(like.field);
  const score = taker === undefined ? 1 - (best?.score ?? 0) : 0.6;
  return {
    as: 'kept',
    score,
    reason: explainRefusal(like, taker === undefined ? null : nameAt(taker, headers)),
  };
}

function whyNothing({ header, profile, isOther }: ScoredColumn): string {
  if (profile.filled === 0 && isUnnamed(header)) return 'it has no name, and no cell of the sample is filled';
  return isOther ? 'the name says something that no field holds' : 'neither name nor cells are like a field';
}

function alternativesOf(column: ScoredColumn, chosen: Field | null): readonly ColumnAlternative[] {
  return bestFields(column)
    .filter(({ field, score }) => field !== chosen && score >= MIN_ALTERNATIVE)
    .slice(0, MAX_ALTERNATIVES)
    .map(({ field, score }) => ({ as: field, score: round(score) }));
}

/** The fields with the best first; equal ones in the order of the table of fields. */
function bestFields({ scores }: ScoredColumn): readonly FieldScore[] {
  return [...scores.values()].sort((a, b) => b.score - a.score);
}

/** The confidence is the mean of the lowest score of a required field and the average score of all fields. */
function sumUp(columns: readonly ColumnSuggestion[]): Pick<MappingSuggestion, 'missing' | 'confidence'> {
  const found = columns.filter(({ as }) => isField(as));
  const needed = requiredFields.map((field) => {
    const scores = found.filter(({ as }) => servesAs(as, field)).map(({ score }) => score);
    return { field, score: Math.max(0, ...scores) };
  });
  const missing = needed.filter(({ score }) => score === 0).map(({ field }) => field);
  const weakest = Math.min(...needed.map(({ score }) => score));
  const average = found.reduce((sum, { score }) => sum + score, 0) / Math.max(1, found.length);
  return { missing, confidence: round((weakest + average) / 2) };
}

const requiredFields = fieldNames.filter((field) => fields[field].required);

function servesAs(as: ColumnAssignment['as'], field: Field): boolean {
  return as === field || (isField(as) && fields[as].standsInFor === field);
}

function nameAt(position: number, headers: readonly string[]): string {
  return displayHeader(headers[position] ?? '') || `Column ${position + 1}`;
}

function round(score: number): number {
  return Math.round(score * 100) / 100;
}
