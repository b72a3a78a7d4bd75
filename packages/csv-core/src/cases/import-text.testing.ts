import { keepCells, type RowChunk } from '../csv/row-chunk.js';
import { mapOptions } from '../import/map-options.js';
import { openTextImport } from '../import/table-import.js';
import type { TableReport } from '../import/table-report.js';
import { type MappedRows, mapKeys } from '../map-keys.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import { peopleColumns } from '../unknown/people-columns.js';
import { acceptedColumns } from '../unknown/unknown-reader.js';

/** What became of a file: either it waits with questions and nothing is imported, or it is imported. */
export interface ImportedText {
  readonly report: TableReport;
  readonly headers: readonly string[];
  /** The questions, each as `code: header`. */
  readonly questions: readonly string[];
  /** What each column was taken for, by header. */
  readonly roles: Readonly<Record<string, ColumnAssignment['as']>>;
  /** Rows without their secrets, as they are stored. */
  readonly rows: readonly (readonly string[])[];
  readonly records: MappedRows['records'];
  readonly issues: MappedRows['issues'];
  /** The issues, each once, as `column: code`. */
  readonly codes: readonly string[];
  readonly repairs: MappedRows['repairs'];
  readonly rejects: MappedRows['rejects'];
  readonly leftOut: MappedRows['leftOut'];
}

/** How a person answers what a file asks: the suggestion, or the suggestion with other columns, or that rows are people. */
export type Answer =
  | 'accept'
  | 'people'
  | ((columns: readonly ColumnAssignment[]) => readonly ColumnAssignment[]);

/**
 * Imports a text as an upload does, up to the tables. A file with questions is imported only if they are answered.
 *
 * @param pieceLength how many bytes arrive at a time. Default: all of them
 */
export function importText(
  text: string | Uint8Array,
  answer?: Answer,
  pieceLength = Number.POSITIVE_INFINITY,
): ImportedText {
  const chunks: RowChunk[] = [];
  const table = openTextImport({ packer: keepCells, onChunk: (chunk) => chunks.push(chunk) });
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += pieceLength) table.push(bytes.subarray(at, at + pieceLength));
  const report = table.end();
  const { headers, questions, suggestion } = report;
  const answered = answerFor(report, answer);
  const options = mapOptions(report);
  const mapped =
    questions.length > 0 && answered === null
      ? []
      : chunks.map(({ rows, lines }) => mapKeys(headers, rows, { ...options, ...answered, lines }));
  const issues = mapped.flatMap((one) => one.issues);
  const columns = answered?.columns ?? report.columns ?? suggestion?.columns ?? [];
  return {
    report,
    headers,
    questions: questions.map(({ code, header }) => `${code}: ${header}`),
    roles: Object.fromEntries(columns.map(({ position, as }) => [headers[position], as])),
    rows: chunks.flatMap(({ rows }) => rows),
    records: mapped.flatMap((one) => one.records),
    issues,
    codes: [...new Set(issues.map(({ column, code }) => `${column}: ${code}`))],
    repairs: mapped.flatMap((one) => one.repairs),
    rejects: mapped.flatMap((one) => one.rejects),
    leftOut: mapped.flatMap((one) => one.leftOut),
  };
}

function answerFor({ suggestion, questions }: TableReport, answer: Answer | undefined) {
  if (suggestion === null || answer === undefined) return null;
  const accepted = acceptedColumns({ suggestion, questions });
  if (answer === 'people') return { columns: peopleColumns(accepted), platform: 'people' };
  return { columns: answer === 'accept' ? accepted : answer(accepted), platform: 'generic' };
}

/** A pledge in short. Null in a list of people. */
export type ShortPledge =
  | readonly [id: string, status: string | null, amount: string | null, units: Units]
  | null;

/** Units by SKU, or by name where there is none; null where the file has no products. */
type Units = Readonly<Record<string, number>> | null;

/** The pledges of a file in short. */
export function pledgesOf({ records }: Pick<ImportedText, 'records'>): readonly ShortPledge[] {
  return records.map(({ pledge, products }) => {
    if (pledge === null) return null;
    const { externalId, status, amount, items } = pledge;
    const skuOf = (key: string) => products.find((product) => product.key === key)?.sku ?? key;
    const units = items?.map(({ productKey, quantity }) => [skuOf(productKey), quantity] as const) ?? null;
    return [externalId, status, amount, units && Object.fromEntries(units)];
  });
}
