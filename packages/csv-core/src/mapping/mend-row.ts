import { quoteForIssue } from '../issue.js';
import { mayBeDamaged, signsIn } from '../values/damage-signs.js';
import { isPlainEmail } from '../values/mended-email.js';
import { isNullInTyped } from '../values/null-words.js';
import { isSpreadsheetError } from '../values/spreadsheet-error.js';
import { isBlankCell } from './blank-cell.js';
import { type Care, type CaredColumn, caredColumns, provenNulls } from './column-cares.js';
import type { Mapping } from './compile-mapping.js';
import type { Damage } from './damage-evidence.js';
import { isMissing, type RowView } from './find-missing.js';
import { lostLetter } from './lost-letter.js';
import { repairsOf, type TextRepair } from './mend-text.js';
import type { MissingValue, RepairLog, TextDamage } from './repair-log.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** How to mend the rows of a file. */
export interface MendOptions {
  /** What the whole file shows; null when it was not examined. Then only what a single cell proves is mended. */
  readonly damage: Damage | null;
  /** Whether damage is repaired. Otherwise it is only warned of. */
  readonly repair: boolean;
  readonly log: RepairLog;
}

/** Mends the cells of a row before they are read. Returns the row itself when there is nothing to mend. */
export type RowMender = (cells: readonly string[], issues: RowIssues) => readonly string[];

/** Creates the mender for the rows of one header row. */
export function createRowMender(mapping: Mapping, { damage, repair, log }: MendOptions): RowMender {
  const columns = caredColumns(mapping, damage);
  const suspects = columns.filter(({ mayHaveDamage }) => mayHaveDamage);
  const proven = provenNulls(columns, damage);
  const names = columns.filter(({ care }) => care === 'name').map(({ position }) => position);
  const products = productPositions(mapping);
  return (cells, issues) => {
    let mended: string[] | null = null;
    for (const column of suspects) {
      const text = cells[column.position];
      if (text === undefined || text === '' || !needsMending(text, column)) continue;
      const after = mendCell(text, column, cells, issues);
      if (after === text || !repair) continue;
      mended ??= [...cells];
      mended[column.position] = after;
    }
    return mended ?? cells;
  };

  function mendCell(text: string, column: CaredColumn, cells: readonly string[], issues: RowIssues): string {
    const repairs = repairsOf(text, column);
    for (const one of repairs) report(one, column, issues);
    const mended = repairs.at(-1)?.after ?? text;
    const word = mended.trim();
    if (isSpreadsheetError(word)) {
      reportMissing('spreadsheet_error', text, column, cells, issues);
      return '';
    }
    if (isMissing(word, column, proven, viewOf(cells)) && !countsOne(column, cells)) {
      reportMissing('null_word', text, column, cells, issues);
      return '';
    }
    const lost = lostLetter(word, column.care);
    if (lost !== null) addIssue(issues, 'warning', lost.code, lost.message, column.header, text);
    return mended;
  }

  function viewOf(cells: readonly string[]): RowView {
    return {
      otherNames: (position) =>
        names.flatMap((other) => (other === position ? [] : [cells[other]?.trim() ?? ''])).filter(Boolean),
    };
  }

  /** A blank quantity is one unit, so a quantity that is missing is no blank where the row names a product. */
  function countsOne({ care }: CaredColumn, cells: readonly string[]): boolean {
    return care === 'quantity' && namesAny(products.any, cells);
  }

  function report(
    { kind, before, after, others }: TextRepair,
    { header, care }: CaredColumn,
    issues: RowIssues,
  ): void {
    const isListed = log.add(kind, header, { line: issues.line, before, after });
    if (others > 0 && repair) {
      const message = `The cell has ${others + 1} e-mail addresses, and the first one is imported. Leave only the backer's.`;
      addIssue(issues, 'warning', 'several_emails', message, header, before);
    } else if (!repair && isListed)
      addIssue(issues, 'warning', 'damaged_value', `${reasons[kind]} ${KEPT}`, header, before);
    else if (isListed && kind !== 'formula_guard' && care !== 'answer') {
      const message = `${reasons[kind]} It is read as "${quoteForIssue(after)}".`;
      addIssue(issues, 'warning', 'repaired_value', message, header, before);
    }
  }

  function reportMissing(
    kind: MissingValue,
    text: string,
    { header, care }: CaredColumn,
    cells: readonly string[],
    issues: RowIssues,
  ): void {
    const isListed = log.add(kind, header, { line: issues.line, before: text, after: null });
    if (!repair) {
      if (isListed) addIssue(issues, 'warning', 'damaged_value', unmended[kind], header, text);
    } else if (kind === 'spreadsheet_error' && needed.has(care)) {
      addIssue(issues, 'error', ERROR_IN_KEY.code, ERROR_IN_KEY.message, header, text);
    } else if (care === 'sku' && leavesNoProduct(cells)) {
      const message = `"${quoteForIssue(text)}" stands for no value, and no other column names the product. Write its SKU.`;
      addIssue(issues, 'error', 'missing_value', message, header, text);
    } else if (isListed || care === 'key') {
      const { code, message } = kind === 'null_word' ? NULL_WORD : ERROR_IN_CELL;
      addIssue(issues, 'warning', code, message, header, text);
    }
  }

  /** Whether a row without an SKU owes units of something that nothing names. */
  function leavesNoProduct(cells: readonly string[]): boolean {
    const quantity = products.quantity === null ? '1' : (cells[products.quantity]?.trim() ?? '');
    if (/^0*(?:\.0+)?$/.test(quantity) || isNullInTyped(quantity)) return false;
    return !namesAny(products.named, cells);
  }
}

/** Where the row names its products and its reward. */
function productPositions({ fields }: Mapping) {
  const of = (...wanted: readonly string[]) =>
    fields.filter(({ field }) => wanted.includes(field)).map(({ position }) => position);
  return {
    any: of('productSku', 'productName', 'rewardId', 'rewardTitle'),
    named: of('productName', 'rewardId', 'rewardTitle'),
    quantity: of('quantity')[0] ?? null,
  };
}

function namesAny(positions: readonly number[], cells: readonly string[]): boolean {
  return positions.some((position) => {
    const text = cells[position] ?? '';
    return !isBlankCell(text) && !isNullInTyped(text.trim());
  });
}

/** Cares of columns without which a row means something else. An error there rejects the row. */
const needed: ReadonlySet<Care> = new Set(['key', 'id', 'sku', 'needed', 'quantity', 'count']);

function needsMending(text: string, { isSearched, care }: CaredColumn): boolean {
  if (isSearched) return true;
  if (care === 'email') return !isPlainEmail(text);
  return mayBeDamaged(text, signsIn(text));
}

const reasons: Readonly<Record<TextDamage, string>> = {
  decoded_twice: 'Another program decoded this text twice.',
  html_entities: 'Another program escaped this text for a web page.',
  formula_guard: 'Another program guarded this text from being run as a formula.',
  decimal_id: 'Another program wrote this number as a decimal.',
  email_debris: 'The e-mail address has other characters around it.',
};

const NULL_WORD = {
  code: 'null_word',
  message:
    'This is a word for a missing value, so the cell counts as blank. If it is a value, send the file again with "?repair=false".',
} as const;
const ERROR_IN_CELL = {
  code: 'spreadsheet_error',
  message:
    'A spreadsheet wrote an error here in place of the value, so the cell counts as blank. Correct it in the spreadsheet and export the file again.',
} as const;
const ERROR_IN_KEY = {
  code: 'spreadsheet_error',
  message:
    'A spreadsheet wrote an error here in place of the value, and the row needs it. Correct it in the spreadsheet and export the file again.',
} as const;

const KEPT = 'It is kept as it is, because repairs are switched off.';
const unmended: Readonly<Record<MissingValue, string>> = {
  null_word: `This looks like a word for a missing value. ${KEPT}`,
  spreadsheet_error: `This looks like an error that a spreadsheet wrote in place of the value. ${KEPT}`,
};
