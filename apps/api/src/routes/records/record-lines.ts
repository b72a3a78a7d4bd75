import { z } from 'zod';
import { CSV, csvHeader, csvRow } from '../../answers/csv-answer.js';
import { type Column, columnName, columnsOf } from '../../contract/export-answers.js';
import type { ListFormat } from './export-format.js';

/** Writes the records of a list, each as a line. */
export interface RecordLines {
  readonly type: string;
  /** What comes before the first record. */
  readonly begin: string;
  line(record: Readonly<Record<string, unknown>>): string;
}

/** @param entry the schema of a record, which decides the columns and their order */
export function recordLines(format: Exclude<ListFormat, 'json'>, entry: z.ZodObject): RecordLines {
  if (format === 'ndjson') {
    return {
      type: 'application/x-ndjson; charset=utf-8',
      begin: '',
      line: (record) => `${JSON.stringify(record)}\n`,
    };
  }
  const columns = columnsOf(entry);
  return {
    type: CSV,
    begin: csvHeader(columns.map(columnName)),
    line: (record) => csvRow(columns.map((column) => cellOf(record, column))),
  };
}

const membersSchema = z.record(z.string(), z.unknown());

function cellOf(record: Readonly<Record<string, unknown>>, [member, inner]: Column): string {
  const value = record[member];
  return toText(inner === undefined ? value : membersSchema.parse(value)[inner]);
}

/** As in JSON, without quotation marks. What has members of its own, such as the items of a pledge, stays JSON. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  const json = JSON.stringify(value);
  return json.startsWith('"') ? z.string().parse(JSON.parse(json)) : json;
}
