import type { ReadContext } from '../fields/field-kinds.js';
import { fields as allFields, type Field, isMoneyField } from '../fields/fields.js';
import type { IssueCode, IssueSeverity } from '../issue.js';
import { lostCharacter } from '../values/text.js';
import { recall } from './recall.js';
import type { RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** Reads a filled cell of one column into its field. `currency` is the currency of the row. */
export type CellReader<F extends Field = Field> = (
  fields: Pick<RowFields, F>,
  text: string,
  currency: string | null,
  issues: RowIssues,
) => void;

/**
 * Creates the reader for the cells of one column. It caches results, for speed only.
 *
 * @param header the header as the file writes it, for issues
 */
export function createCellReader<F extends Field>(
  field: F,
  header: string,
  context: ReadContext,
): CellReader<F> {
  const readAlone = allFields[field].kind.read;
  const readCached = recall((text) => readAlone(text, context));
  const usesCurrency = isMoneyField(field);
  return (fields, text, currency, issues) => {
    // Of several columns for one field the first filled one is read; they come best first.
    if (fields[field] !== null) return;
    const hasOwnCurrency = usesCurrency && currency !== context.currency;
    const read = hasOwnCurrency ? readAlone(text, { ...context, currency }) : readCached(text);
    if (!read.ok) {
      addProblem(issues, 'error', read.problem, header, text);
      return;
    }
    // A spreadsheet guard around blanks is a blank cell, which never replaces a value.
    if (read.value === '') return;
    fields[field] = read.value;
    if (read.warning) addProblem(issues, 'warning', read.warning, header, text);
  };
}

/**
 * Adds the problem of a cell. If the text has lost a character, that is the cause of any error, and is reported
 * instead.
 */
export function addProblem(
  issues: RowIssues,
  severity: IssueSeverity,
  problem: { readonly code: IssueCode; readonly message: string },
  header: string,
  text: string,
): void {
  const { code, message } = severity === 'error' ? (lostCharacter(text) ?? problem) : problem;
  addIssue(issues, severity, code, message, header, text);
}
