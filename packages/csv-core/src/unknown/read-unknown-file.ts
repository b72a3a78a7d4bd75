import { type Field, fields, isField } from '../fields/fields.js';
import type { Platform } from '../platforms/platform.js';
import { mapInSteps, runAtOnce, type Steps } from '../steps.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import { nameIndex } from '../suggest/name-index.js';
import type { ScoredColumn } from '../suggest/score-column.js';
import {
  type ColumnSuggestion,
  type MappingSuggestion,
  scoreColumns,
  suggestForColumns,
} from '../suggest/suggest-mapping.js';
import { askForFile, askForQuotes } from './ask-for-file.js';
import { completeSuggestion, type SuggestedColumn, withoutIdleQuantity } from './complete-suggestion.js';
import { isCertain } from './is-certain.js';
import { askForMinorUnits } from './minor-units.js';
import { findOpenMeaning } from './open-meaning.js';
import { askAbout, exampleCells, type OpenQuestion } from './open-question.js';
import { askForFlag, isPlainAnswer } from './paid-flag.js';
import { pinnedFields } from './pinned-fields.js';
import { askForRivalKeys } from './rival-keys.js';
import { askForStatusMarks } from './status-marks.js';
import { askForWords, unknownStatusWords } from './status-words.js';
import type { UnknownFile } from './unknown-file.js';

/** What the columns of a file of no known platform are, as far as its names and cells say it. */
export interface UnknownFileReading {
  /** A suggestion for every column, which can be accepted as it stands. */
  readonly suggestion: MappingSuggestion;
  /** What must be asked before the file is imported. Without a question the columns are understood. */
  readonly questions: readonly OpenQuestion[];
}

/**
 * Reads what the columns of a file of no known platform are, by names and cells together. A column that looks like money, a
 * payment status, a quantity, a refund or a cancellation is either understood for sure or asked about.
 *
 * @param platform the platform that reads such files: it has the common names and the known words
 */
export function readUnknownFile(file: UnknownFile, platform: Platform): UnknownFileReading {
  return runAtOnce(readUnknownFileInSteps(file, platform));
}

/** Like {@link readUnknownFile}, in steps: a file may have thousands of columns. */
export function* readUnknownFileInSteps(file: UnknownFile, platform: Platform): Steps<UnknownFileReading> {
  const { headers, cells } = file;
  const cellsOf = (position: number) => cells[position] ?? noCells;
  const index = nameIndex();
  yield;
  const scored = yield* scoreColumns(index, headers, cellsOf);
  const pinned = pinnedFields(headers, platform, scored);
  yield;
  const raw = yield* suggestForColumns(pin(scored, pinned), headers, cellsOf);
  const columns = completeSuggestion(
    scored.flatMap((column, index): readonly SuggestedColumn[] => {
      const suggested = raw.columns[index];
      return suggested === undefined ? [] : [{ suggested, column, cells: cellsOf(index) }];
    }),
  );
  const suggestion = { ...raw, columns: columns.map(({ suggested }) => suggested) };
  yield;
  const questions = yield* mapInSteps(
    [
      () => askForQuotes(file),
      () => askForFile(suggestion, scored),
      () => askForMinorUnits(columns, file),
      () => askForStatusMarks(columns),
      () => askForRivalKeys(columns),
      () => columns.flatMap((one) => askIfUncertain(one, pinned.has(one.column.position), platform) ?? []),
      () => findOpenMeaning(suggestion, scored, file, platform),
    ],
    (ask) => ask(),
  );
  return {
    suggestion: { ...suggestion, columns: withoutIdleQuantity(suggestion.columns) },
    questions: oncePerColumn(questions.flat()).slice(0, MAX_QUESTIONS),
  };
}

/** Of several questions about a column the first one, which knows most. */
function oncePerColumn(questions: readonly OpenQuestion[]): readonly OpenQuestion[] {
  const asked = new Set<number>();
  return questions.filter(({ position }) => {
    if (position === null) return true;
    const isFirst = !asked.has(position);
    asked.add(position);
    return isFirst;
  });
}

/** A file of thousands of unknown columns is not asked about column by column. */
const MAX_QUESTIONS = 50;

const noCells: ColumnCells = { rows: 0, filled: 0, texts: new Map() };

/** Lets a column with a common name be nothing but its field, and no other column be that field. */
function pin(scored: readonly ScoredColumn[], pinned: ReadonlyMap<number, Field>): readonly ScoredColumn[] {
  const taken = new Set(pinned.values());
  return scored.map((column) => {
    const field = pinned.get(column.position);
    const own = field === undefined ? undefined : column.scores.get(field);
    if (field !== undefined) {
      const score = own ?? { field, name: null, fit: 0, evidence: null, score: 0 };
      return { ...column, scores: new Map([[field, { ...score, score: Math.max(PINNED, score.score) }]]) };
    }
    return { ...column, scores: new Map([...column.scores].filter(([other]) => !taken.has(other))) };
  });
}

/** The least score of a column with a common name. */
const PINNED = 0.9;

/** Fields that decide whether a pledge exists, is paid and how much is owed: they are never guessed. */
const decisive: ReadonlySet<Field> = new Set<Field>([
  'externalId',
  'email',
  'backerExternalId',
  'amount',
  'status',
  'quantity',
  'refundedAmount',
  'refundedAt',
  'canceledAt',
]);

/** Asks whether a column is what it was taken for; null where that is certain, or decides nothing. */
function askIfUncertain(
  { suggested, column, cells }: SuggestedColumn,
  isPinned: boolean,
  { statuses }: Platform,
): OpenQuestion | null {
  const { as, values } = suggested;
  if (!isField(as) || !decisive.has(as)) return null;
  if (values !== undefined) {
    if (isPlainAnswer(column, values)) return null;
    return askAbout(suggested, 'unclear_column', askForFlag(suggested.header), exampleCells(cells));
  }
  const words = as === 'status' ? askForWords(suggested, unknownStatusWords(cells, statuses)) : null;
  return words ?? (isPinned || isCertain(as, column, cells) ? null : ask(suggested, as, cells));
}

function ask(column: ColumnSuggestion, as: Field, cells: ColumnCells): OpenQuestion {
  return askAbout(
    column,
    'unclear_column',
    `Is "${column.header}" ${fields[as].label}?`,
    exampleCells(cells),
  );
}
