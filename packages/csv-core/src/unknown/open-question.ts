import { maxIssueValueLength, quoteForIssue } from '../issue.js';
import type { ColumnCells } from '../suggest/column-cells.js';

/** Stable codes of what must be known before a file of no known platform is imported. */
export const openQuestionCodes = [
  /** The order number, or who the person is, is in no column. */
  'missing_column',
  /** A column looks like money, a payment status, a quantity, a refund or a cancellation, and is not understood for sure. */
  'unclear_column',
  /** A payment status is written in words that nobody knows. */
  'unknown_words',
  /** The file may be a list of people, who have not pledged anything. */
  'people_or_pledges',
  /** The file seems to be from a platform, and lacks the columns that a file from there needs. */
  'likely_platform',
  /** Each line is one cell in quotes, which holds the cells of a row. */
  'quoted_twice',
] as const;

export type OpenQuestionCode = (typeof openQuestionCodes)[number];

/** What a person must say before a file of no known platform is imported. */
export interface OpenQuestion {
  readonly code: OpenQuestionCode;
  /** Position of the column, from 0; null when the question is about the file as a whole. */
  readonly position: number | null;
  /** The header as the file writes it; null when the question is about the file as a whole. */
  readonly header: string | null;
  /** For people: `Is "Paid" the payment status? Cells: Oui, Nein`. */
  readonly message: string;
  /** Up to {@link maxShownCells} different cells of the column, or the words that nobody knows. */
  readonly cells: readonly string[];
}

/** How many cells a question shows. */
export const maxShownCells = 5;
/** How many unknown words a question shows. */
export const maxShownWords = 20;
/** Longest cell that a question shows, in UTF-16 units. */
const MAX_SHOWN_LENGTH = 40;

/** A question about a column, with some of its cells. */
export function askAbout(
  column: { readonly position: number; readonly header: string },
  code: OpenQuestionCode,
  question: string,
  cells: readonly string[],
): OpenQuestion {
  const { position, header } = column;
  const shown = cells.length === 0 ? '' : ` Cells: ${cells.join(', ')}.`;
  return { code, position, header, message: `${question}${shown}`, cells };
}

/** A question about the file as a whole. */
export function askAboutFile(code: OpenQuestionCode, message: string): OpenQuestion {
  return { code, position: null, header: null, message, cells: [] };
}

/** Some different cells of a column, as they are shown to people. */
export function exampleCells({ texts }: ColumnCells): readonly string[] {
  const shown = new Set<string>();
  for (const text of texts.keys()) {
    if (shown.size === maxShownCells) break;
    shown.add(shownCell(text));
  }
  return [...shown];
}

/** A cell as a question shows it. */
export function shownCell(text: string): string {
  const trimmed = text.trim().slice(0, maxIssueValueLength);
  return quoteForIssue(
    trimmed.length > MAX_SHOWN_LENGTH ? `${trimmed.slice(0, MAX_SHOWN_LENGTH)}…` : trimmed,
  );
}
