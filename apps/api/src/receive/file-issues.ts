import {
  type BlankQuotes,
  type Damage,
  type EncodingDoubt,
  encodingTitle,
  type FileIssueCode,
  type Issue,
  type Quoting,
  quoteForIssue,
  type SlippedRow,
  type SlippedRows,
  type TextEncoding,
} from '@pledgeline/csv-core';
import type { FileNotice } from '@pledgeline/unpack';
import type { SkippedTable } from './skipped-table.js';

/** What was found in a file while it was read. */
export interface FileFindings {
  readonly kind: 'read';
  /** The name of the file in issues. */
  readonly file: string | null;
  /** Null for a sheet of a workbook. */
  readonly encoding: TextEncoding | null;
  readonly doubt: EncodingDoubt | null;
  readonly garbled: Damage['garbled'];
  readonly headers: readonly string[];
  readonly notices: readonly FileNotice[];
  /** Null for a sheet of a workbook. */
  readonly quoting: Quoting | null;
  readonly slippedRows: SlippedRows | null;
  /** Positions of the columns that are never stored. */
  readonly secrets: ReadonlySet<number>;
}

/** What the merchant has to know about a file as a whole, before its rows are mapped. */
export function fileIssues(found: SkippedTable | FileFindings): readonly Issue[] {
  if (found.kind === 'skipped') return found.mayHoldRows ? [unreadFile(found)] : [];
  return [
    ...uncertainEncoding(found),
    ...garbledText(found),
    ...found.notices.map(({ code, message }) => warning(found, code, message)),
    ...quotingIssues(found),
    ...slipIssues(found),
  ];
}

function warning({ file }: FileFindings, code: FileIssueCode | FileNotice['code'], message: string): Issue {
  return { file, row: null, line: null, column: null, code, message, value: null, severity: 'warning' };
}

function unreadFile({ name, reason }: SkippedTable): Issue {
  const code = 'unread_file' satisfies FileIssueCode;
  const message = `Not read: ${reason}${/[.!?]$/.test(reason) ? '' : '.'}`;
  return { file: name, row: null, line: null, column: null, code, message, value: null, severity: 'error' };
}

function uncertainEncoding(found: FileFindings): readonly Issue[] {
  const { encoding, doubt } = found;
  if (encoding === null || doubt === null) return [];
  const samples = doubt.samples.map(quoteForIssue);
  const question =
    samples.length === 0
      ? 'If names look wrong'
      : `Are these right: ${samples.map((sample) => `"${sample}"`).join(', ')}? If not`;
  const [first, ...more] = doubt.others;
  const others = `?encoding=${first ?? '…'}${more.length === 0 ? '' : ` (or ${more.join(', ')})`}`;
  const message = `The file was read as ${encodingTitle(encoding.name)}, which is a guess. ${question}, send it again with ${others}.`;
  const value = samples.length === 0 ? null : quoteForIssue(samples.join(SEPARATOR));
  return [{ ...warning(found, 'uncertain_encoding' satisfies FileIssueCode, message), value }];
}

/** Text that was decoded twice in some cells of a column only. In a column where all are, it is repaired. */
function garbledText(found: FileFindings): readonly Issue[] {
  const { garbled, headers } = found;
  if (garbled === null) return [];
  const { position, text, meant } = garbled;
  const message = `Some cells look as if another program had decoded them twice: "${quoteForIssue(text)}" is probably "${quoteForIssue(meant)}". Others in the column are right, so they are kept as they are. Correct them, or export the file again as UTF-8.`;
  return [
    {
      ...warning(found, 'garbled_text' satisfies FileIssueCode, message),
      column: headers[position] ?? null,
      value: quoteForIssue(text),
    },
  ];
}

function quotingIssues(found: FileFindings): readonly Issue[] {
  const { isWrapped = false, blankQuotes = null } = found.quoting ?? {};
  const wrapped =
    'Each line of the file is one cell in quotes, which holds all cells of a row: a program has quoted the file twice. The outer quotes were taken off, and the cells within them were read.';
  return [
    ...(isWrapped ? [warning(found, 'quoted_twice' satisfies FileIssueCode, wrapped)] : []),
    ...(blankQuotes === null ? [] : [blankQuoteIssue(blankQuotes, found)]),
  ];
}

function blankQuoteIssue({ areRead, count, line, openEndLine }: BlankQuotes, found: FileFindings): Issue {
  const sentences = [
    count === 1
      ? `One cell opens with a blank and a quotation mark, in line ${line}.`
      : `${count} cells open with a blank and a quotation mark, first in line ${line}.`,
    areRead
      ? 'All such cells were read without the blank and the marks.'
      : `${count === 1 ? 'It was read as it stands' : 'They were read as they stand'}, with the marks, and a delimiter between the marks divides the cell. If the marks are no part of the text, take out the blank before them and send the file again.`,
    ...(openEndLine === null
      ? []
      : [
          `Line ${openEndLine} has text behind the closing mark: check that cell, or take out the blank before its first mark and send the file again.`,
        ]),
  ];
  const issue = warning(found, 'quotes_after_blanks' satisfies FileIssueCode, sentences.join(' '));
  return { ...issue, line: openEndLine ?? line };
}

/** Between cells in a message. A comma could be part of a cell. */
const SEPARATOR = ' | ';

function slipIssues(found: FileFindings): readonly Issue[] {
  if (found.slippedRows === null) return [];
  const { width, count, first } = found.slippedRows;
  const issues = first.map((row) => slipIssue(row, width, found));
  const left = count - first.length;
  if (left === 0) return issues;
  const more = `${left} more ${left === 1 ? 'row has' : 'rows have'} slipped than are listed.`;
  return [...issues, warning(found, 'more_issues' satisfies FileIssueCode, more)];
}

function slipIssue({ row, line, width, cells }: SlippedRow, headerWidth: number, found: FileFindings): Issue {
  const surplus = width - headerWidth;
  const columns = surplus === 1 ? 'one column' : `${surplus} columns`;
  const message = `The row in line ${line} has ${width} cells, the header ${headerWidth}. Unless it just ends with a delimiter too many, a cell that holds one is not in quotes, and all behind it slipped by ${columns}. Put that cell in quotes and send the file again.`;
  const shown = cells.map((cell, at) => (isSecret(at, surplus, found) ? '' : cell)).join(SEPARATOR);
  return {
    ...warning(found, 'slipped_row' satisfies FileIssueCode, message),
    row,
    line,
    value: quoteForIssue(shown),
  };
}

/** Whether a cell may be secret. It may come from any column as far to the left as the row has slipped. */
function isSecret(position: number, surplus: number, { secrets }: FileFindings): boolean {
  return [...secrets].some((secret) => secret <= position && position <= secret + surplus);
}
