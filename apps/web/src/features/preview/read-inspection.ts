import type { Inspection, Schemas } from '@pledgeline/client';
import { encodingTitle, findPlatform, type MapKeysOptions } from '@pledgeline/csv-core';
import { assignableFields, mapKeys } from '@pledgeline/csv-core/map';
import { type FileAnswers, firstAnswers, type UnknownFile } from '../mapping/file-answers.js';
import { describeColumns } from './describe-columns.js';
import { groupProblems } from './group-problems.js';
import type { Look } from './look.js';
import { outcomeOf } from './outcome.js';
import type { Meaning, Preview, SkippedPreview, TablePreview } from './preview.js';
import { answeredOptions, assumptionsOf } from './unknown-table.js';

type Inspected = Schemas['InspectedFile'];

/** Explains what the server has seen in a file that only it can open. */
export function readInspection({ files, hasMoreFiles }: Inspection, look: Look): Preview {
  const tables = files.map((file, at) => ('skipped' in file ? skipped(file) : describe(file, at, look)));
  return { kind: 'seen', by: 'server', tables, hasMoreFiles };
}

function skipped({ name, skipped: reason }: Schemas['SkippedFile']): SkippedPreview {
  return { kind: 'skipped', name, reason };
}

function describe(inspected: Inspected, file: number, { answers: all }: Look): TablePreview {
  const { name, sheet, format, headers, rows, platform, detection, issues, rowsSeen, hasMore } = inspected;
  const unknown = toUnknown(inspected, file);
  const answers = unknown && (all.get(file) ?? firstAnswers(unknown));
  const options = unknown === null || answers === null ? null : optionsOf(inspected, unknown, answers);
  const mapped = options && mapKeys(headers, rows, options);
  const isNamed = platform !== null && platform !== 'generic';
  return {
    kind: 'table',
    file,
    name: name ?? sheet,
    platform: isNamed ? (findPlatform(platform)?.title ?? null) : null,
    template: null,
    unknown,
    reasons: isNamed ? detection.reasons : [],
    encoding: format.encoding && encodingTitle(format.encoding.name),
    delimiter: format.delimiter?.value ?? null,
    columns: describeColumns(
      headers,
      answers?.columns ?? meaningsOf(inspected),
      rows,
      mapped?.records ?? inspected.records,
    ),
    assumptions:
      options === null
        ? inspected.assumptions.map(({ message }) => message)
        : assumptionsOf(headers, options),
    rows:
      mapped === null
        ? { seen: rowsSeen, areAll: !hasMore, outcome: null }
        : { seen: rows.length, areAll: !hasMore && rows.length === rowsSeen, outcome: outcomeOf(mapped) },
    problems: groupProblems([...issues, ...(mapped?.issues ?? [])]),
  };
}

function toUnknown(
  { name, sheet, headers, rows, questions, suggestion }: Inspected,
  file: number,
): UnknownFile | null {
  if (suggestion === null) return null;
  return { file, name, sheet, detection: null, headers, rows, questions, suggestion };
}

/** How the rows that the server shows are mapped, as it was answered. The server maps none while something is asked. */
function optionsOf(
  { rows, dateOrders, sheet }: Inspected,
  unknown: UnknownFile,
  answers: FileAnswers,
): MapKeysOptions {
  const isSheet = sheet !== null || undefined;
  return {
    shortRows: isSheet,
    serialDates: isSheet,
    dateOrders: dateOrders.flatMap(({ position, order }) => (order === null ? [] : [{ position, order }])),
    ...answeredOptions(unknown, answers, rows),
  };
}

/** What each column is taken for, by position; `unknown` to the platform is what is kept. */
function meaningsOf({ headers, columns }: Inspected): readonly (Meaning | null)[] {
  return headers.map((_, position) => {
    const column = columns?.[position];
    if (column === undefined) return null;
    const name = column.field ?? column.role;
    return meanings.find((meaning) => meaning === name) ?? 'kept';
  });
}

const meanings: readonly Meaning[] = [
  ...assignableFields,
  'item',
  'add-on',
  'question',
  'kept',
  'ignored',
  'secret',
  'item-part',
];
