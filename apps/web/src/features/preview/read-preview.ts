import {
  CsvFileError,
  encodingTitle,
  findPlatform,
  keepCells,
  type MappedRows,
  type RowIssue,
  resolveColumns,
  type TableReport,
} from '@pledgeline/csv-core';
import { openTextImport } from '@pledgeline/csv-core/import';
import { mapKeys, mapOptions } from '@pledgeline/csv-core/map';
import type { ExpectedProblem, Meaning, Preview, PreviewColumn, Sample, TablePreview } from './preview.js';
import { understoodCells } from './understood-cells.js';

/** How much of a file is looked at. */
export const PREVIEW_BYTES = 2 * 1024 ** 2;
/** How many rows are mapped. */
const MAX_ROWS = 2_000;
const SHOWN_SAMPLES = 3;
const SHOWN_PROBLEMS = 50;

interface Beginning {
  readonly bytes: Uint8Array;
  /** Whether there is more of the file. */
  readonly isCut: boolean;
}

/** Reads the beginning of a file as an import would, in the browser: nothing of it leaves the machine. */
export function readPreview({ bytes, isCut }: Beginning): Preview {
  if (isPacked(bytes)) return { kind: 'packed' };
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  try {
    const table = openTextImport({
      packer: keepCells,
      maxRowsTaken: MAX_ROWS,
      onChunk: (chunk) => {
        rows.push(...chunk.rows);
        lines.push(...chunk.lines);
      },
    });
    table.push(bytes);
    const report = table.end({ isCut });
    return describe(report, rows, lines, !isCut && table.rowCount <= MAX_ROWS);
  } catch (error) {
    if (!(error instanceof CsvFileError)) throw error;
    return { kind: 'unreadable', message: error.message };
  }
}

/** Zip (also of workbooks), gzip, and the workbooks of old. */
const signatures = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x1f, 0x8b],
  [0xd0, 0xcf, 0x11, 0xe0],
];

function isPacked(bytes: Uint8Array): boolean {
  return signatures.some((signature) => signature.every((byte, at) => bytes[at] === byte));
}

function describe(
  report: TableReport,
  rows: readonly (readonly string[])[],
  lines: readonly number[],
  areAll: boolean,
): TablePreview {
  const mapped =
    report.platform === null ? null : mapKeys(report.headers, rows, { ...mapOptions(report), lines });
  const { detection, format } = report;
  const isNamed = report.platform !== null && report.columns === null;
  return {
    kind: 'table',
    platform: isNamed ? (findPlatform(report.platform ?? '')?.title ?? null) : null,
    isUnderstood: report.platform !== null,
    reasons: isNamed ? detection.reasons : [],
    encoding: format.encoding && encodingTitle(format.encoding.name),
    delimiter: format.delimiter?.value ?? null,
    columns: describeColumns(report, rows, mapped),
    questions: report.questions,
    assumptions: report.assumptions.map(({ message }) => message),
    rows: {
      seen: rows.length,
      areAll,
      imported: mapped?.importedRows ?? 0,
      rejected: mapped?.rejects.length ?? 0,
      leftOut: mapped?.leftOut.length ?? 0,
    },
    problems: groupProblems(mapped?.issues ?? []),
  };
}

function describeColumns(
  report: TableReport,
  rows: readonly (readonly string[])[],
  mapped: MappedRows | null,
): readonly PreviewColumn[] {
  const meanings = meaningsOf(report);
  const understood = mapped === null ? null : understoodCells(mapped.records);
  return report.headers.map((header, position) => {
    const meaning = meanings[position] ?? null;
    const samples = new Map<string, Sample>();
    for (const [at, cells] of rows.entries()) {
      const raw = cells[position]?.trim() ?? '';
      // Different ones say more than the first ones.
      if (raw === '' || samples.has(raw)) continue;
      samples.set(raw, { raw, understood: understood?.(at + 1, meaning) ?? null });
      if (samples.size === SHOWN_SAMPLES) break;
    }
    return { position, header, meaning, samples: [...samples.values()] };
  });
}

/** What each column is taken for, by position; null where that is asked. */
function meaningsOf(report: TableReport): readonly (Meaning | null)[] {
  const { headers, platform: name, columns, suggestion, questions } = report;
  const assigned = columns ?? suggestion?.columns;
  if (assigned !== undefined) {
    const byPosition = new Map(assigned.map(({ position, as }) => [position, as]));
    const asked = new Set(questions.map(({ position }) => position));
    return headers.map((_, position) => (asked.has(position) ? null : (byPosition.get(position) ?? 'kept')));
  }
  const platform = findPlatform(name ?? '');
  if (platform === undefined) return headers.map(() => null);
  return resolveColumns(headers, platform).map((column) => {
    switch (column.role) {
      case 'field':
        return column.column.field;
      case 'unknown':
        return 'kept';
      default:
        return column.role;
    }
  });
}

/** Problems by code and column: those that reject rows first, then the most frequent. */
export function groupProblems(issues: readonly RowIssue[]): readonly ExpectedProblem[] {
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
