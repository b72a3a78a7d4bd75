import { noContext } from '../fields/field-kinds.js';
import { type Field, fields, isMoneyField } from '../fields/fields.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import type { ScoredColumn } from '../suggest/score-column.js';
import { isCalledCount } from './unit-count.js';

/** From this share on, cells say what a column is; the others are rejected in their rows. */
const NEARLY_ALL = 0.9;
/** From this score on, a name says what a column is. */
const SURE_NAME = 0.7;

/** Whether name and cells together leave no doubt that a column fills a field that decides about pledges. */
export function isCertain(field: Field, column: ScoredColumn, cells: ColumnCells): boolean {
  const { profile } = column;
  const name = column.scores.get(field)?.name ?? null;
  const isNamed = name !== null && name.how === 'same' && name.score >= SURE_NAME;
  if (field === 'email') {
    return profile.share('email') >= NEARLY_ALL || (isNamed && profile.share('email') >= 0.5);
  }
  if (field === 'status') return profile.share('statusWord') >= NEARLY_ALL && isAboutStatus(column);
  if (field === 'externalId' && name !== null && isUniqueNumber(column)) return true;
  if (field === 'amount' && name !== null && totalWords.some((word) => column.words.includes(word))) {
    return readsAs(field, cells);
  }
  if (field === 'amount' && isDonation(column)) return readsAs(field, cells);
  if (field === 'quantity' && isCalledCount(column)) return readsAs(field, cells);
  if (!isNamed || (column.scores.get(field)?.fit ?? 0) <= -0.5) return false;
  return field === 'externalId' || field === 'backerExternalId' || readsAs(field, cells);
}

/** Whether the name says that something was given; where nothing else was paid, that is the amount. */
function isDonation({ scores }: ScoredColumn): boolean {
  const name = scores.get('bonusAmount')?.name;
  return name?.how === 'same' && name.score >= SURE_NAME;
}

/** Words that say that an amount is the whole of it. */
const totalWords = ['total', 'paid'];

function isAboutStatus({ words, scores }: ScoredColumn): boolean {
  return (
    words.includes('status') || words.includes('payment') || (scores.get('status')?.name?.score ?? 0) >= 0.5
  );
}

const numberWords = ['number', 'id', 'reference', 'code'];

/** Whether a column is called a number of something, and no two rows share one. */
function isUniqueNumber({ words, profile }: ScoredColumn): boolean {
  const { rows, filled, distinct } = profile;
  const isNumber = numberWords.some((word) => words.includes(word));
  return isNumber && filled === rows && distinct === filled && profile.share('code') >= NEARLY_ALL;
}

/** Whether nearly all cells can be read as values of the field. */
function readsAs(field: Field, { texts, filled }: ColumnCells): boolean {
  const { read } = fields[field].kind;
  let readable = 0;
  for (const [text, times] of texts) {
    const result = read(text, noContext);
    const isDoubtful = !result.ok && result.problem.code === 'ambiguous_number' && isMoneyField(field);
    if (result.ok || isDoubtful) readable += times;
  }
  return readable >= filled * NEARLY_ALL;
}
