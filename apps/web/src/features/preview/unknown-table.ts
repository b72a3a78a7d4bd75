import { findPlatform, type MapKeysOptions, type TableReport } from '@pledgeline/csv-core';
import { peopleColumns } from '@pledgeline/csv-core/import';
import { createDecimalEvidence, findAssumptions } from '@pledgeline/csv-core/map';
import { assignedColumns, type FileAnswers, type UnknownFile } from '../mapping/file-answers.js';
import { openQuestions } from '../mapping/open-questions.js';

interface UnknownTable extends Pick<TableReport, 'headers' | 'questions' | 'suggestion'> {
  readonly file: number;
  readonly rows: readonly (readonly string[])[];
}

const SHOWN_ROWS = 5;

/** A table whose columns are suggested, as the API would ask about it after it was sent. */
export function toUnknownFile({ headers, questions, suggestion, file, rows }: UnknownTable): UnknownFile {
  return {
    file,
    name: null,
    sheet: null,
    detection: null,
    headers: [...headers],
    rows: rows.slice(0, SHOWN_ROWS).map((row) => [...row]),
    questions: questions.map((question) => ({ ...question, cells: [...question.cells] })),
    suggestion: suggestion && {
      ...suggestion,
      missing: [...suggestion.missing],
      columns: suggestion.columns.map(({ currency, values, alternatives, ...column }) => ({
        ...column,
        alternatives: [...alternatives],
        ...(currency !== undefined && { currency }),
        ...(values !== undefined && { values }),
      })),
    },
  };
}

/** How rows are mapped by what a person has said of their columns, as the API would do it. */
export function answeredOptions(
  file: UnknownFile,
  answers: FileAnswers,
  rows: readonly (readonly string[])[],
): MapKeysOptions {
  const platform = findPlatform(answers.isPeople ? 'people' : 'generic');
  if (platform === undefined) throw new Error('csv-core knows no platform for files of nobody');
  // What is not answered yet must not reject the rows, of which the other columns are to be understood.
  const open = new Set(openQuestions(file, answers).map(({ position }) => position));
  const known = answers.columns.map((as, position) => (open.has(position) ? null : as));
  const assigned = assignedColumns(file, { ...answers, columns: known });
  const columns = answers.isPeople ? peopleColumns(assigned) : assigned;
  const decimals = createDecimalEvidence(file.headers, platform, columns);
  for (const row of rows) decimals.add(row);
  return {
    platform: platform.name,
    columns,
    decimalMark: decimals.result(),
    dateOrder: answers.dateOrder ?? undefined,
  };
}

/** What would be assumed of a table that is read so, because its columns do not say it. */
export function assumptionsOf(
  headers: readonly string[],
  { platform: name, columns }: Pick<MapKeysOptions, 'platform' | 'columns'>,
): readonly string[] {
  const platform = findPlatform(name ?? '');
  if (platform === undefined || columns === undefined) return [];
  return findAssumptions(headers, platform, columns).map(({ message }) => message);
}
