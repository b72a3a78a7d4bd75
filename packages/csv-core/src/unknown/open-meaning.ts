import { statusWord } from '../fields/field-kinds.js';
import { type Field, fields, isField, productNameFields } from '../fields/fields.js';
import type { Platform } from '../platforms/platform.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import { isUnnamed, type ScoredColumn } from '../suggest/score-column.js';
import type { ColumnSuggestion, MappingSuggestion } from '../suggest/suggest-mapping.js';
import { parseMoney } from '../values/money.js';
import type { SuggestedColumn } from './complete-suggestion.js';
import { askAbout, exampleCells, type OpenQuestion } from './open-question.js';
import { askForFlag, readPaidFlag } from './paid-flag.js';
import { countsUnits } from './unit-count.js';
import type { UnknownFile } from './unknown-file.js';

/** The fields that no column may seem to hold without being read. */
const watched: readonly Field[] = [
  'amount',
  'status',
  'quantity',
  'refundedAmount',
  'refundedAt',
  'canceledAt',
];
/** From this score on, a name seems to be that of a field. */
const SEEMS_NAMED = 0.55;
/** From this share on, cells seem to be those of a field. */
const MOSTLY = 0.8;

/**
 * Questions about the columns that are left over, and seem to hold money, a status, a quantity, a refund or a cancellation;
 * and about a quantity that counts nothing.
 */
export function findOpenMeaning(
  { columns }: MappingSuggestion,
  scored: readonly ScoredColumn[],
  file: UnknownFile,
  platform: Platform,
): readonly OpenQuestion[] {
  const assigned = new Map(columns.flatMap((column) => (isField(column.as) ? [[column.as, column]] : [])));
  const questions = columns.flatMap((suggested): readonly OpenQuestion[] => {
    const column = scored[suggested.position];
    const cells = file.cells[suggested.position];
    if (column === undefined || cells === undefined || cells.filled === 0) return [];
    const question = askAboutLeftover({ suggested, column, cells }, assigned, file, platform);
    return question === null ? [] : [question];
  });
  const quantity = assigned.get('quantity');
  if (quantity === undefined || hasProduct(assigned)) return questions;
  const cells = file.cells[quantity.position];
  const message = `What does "${quantity.header}" count? No column holds a product or a reward.`;
  return [...questions, askAbout(quantity, 'unclear_column', message, cells ? exampleCells(cells) : [])];
}

function hasProduct(assigned: ReadonlyMap<Field, ColumnSuggestion>): boolean {
  return productNameFields.some((field) => assigned.has(field));
}

function askAboutLeftover(
  leftover: SuggestedColumn,
  assigned: ReadonlyMap<Field, ColumnSuggestion>,
  file: UnknownFile,
  platform: Platform,
): OpenQuestion | null {
  const question = questionOf(leftover, assigned, file, platform);
  const { suggested, cells } = leftover;
  return question === null ? null : askAbout(suggested, 'unclear_column', question, exampleCells(cells));
}

function questionOf(
  leftover: SuggestedColumn,
  assigned: ReadonlyMap<Field, ColumnSuggestion>,
  file: UnknownFile,
  platform: Platform,
): string | null {
  const { suggested, cells } = leftover;
  const { as, header } = suggested;
  if (as === 'amount' && mixesCurrencies(cells, assigned)) {
    return `Some cells of "${header}" say a currency, and others do not. Which currency do those have?`;
  }
  if (as === 'item') return `Does "${header}" count units of a product?`;
  return as === 'kept' ? questionOfKept(leftover, assigned, file, platform) : null;
}

function questionOfKept(
  leftover: SuggestedColumn,
  assigned: ReadonlyMap<Field, ColumnSuggestion>,
  file: UnknownFile,
  platform: Platform,
): string | null {
  const { suggested, column, cells } = leftover;
  const { header } = suggested;
  if (isOwed(leftover)) return `"${header}" says that something is still to be paid. Are these pledges paid?`;
  if (column.isOther) return null;
  const mail = assigned.get('email');
  if (mail !== undefined && isOtherMail(column) && differs(mail, suggested, file)) {
    return `Whose address is in "${header}"? It is another one than in "${mail.header}".`;
  }
  if (!assigned.has('status') && readPaidFlag(suggested, column, cells) !== suggested)
    return askForFlag(header);
  if (!assigned.has('quantity') && countsUnits(column, cells, hasProduct(assigned))) {
    return `Is "${header}" ${fields.quantity.label}?`;
  }
  const field = seemsToBe(column, assigned);
  if (field === null) return null;
  const holder = assigned.get(field);
  if (holder === undefined) return `Is "${header}" ${fields[field].label}?`;
  const isPart = field === 'amount' && column.words.some((word) => partWords.has(word));
  if (isPart || !contradicts(field, holder, leftover, file, platform)) return null;
  return `Which of "${holder.header}" and "${header}" is ${fields[field].label}? They differ.`;
}

/** Words of an address that is somebody else's, or that mail is sent to for another reason. */
const otherMails: ReadonlySet<string> = new Set([
  'shipping',
  'recipient',
  'billing',
  'payment',
  'notification',
  'profile',
  'login',
  'paypal',
]);

function isOtherMail({ profile, words }: ScoredColumn): boolean {
  return profile.share('email') >= MOSTLY && !words.some((word) => otherMails.has(word));
}

function differs(a: ColumnSuggestion, b: ColumnSuggestion, { sampleRows }: UnknownFile): boolean {
  return sampleRows.some((row) => {
    const [first = '', second = ''] = [row[a.position]?.trim(), row[b.position]?.trim()];
    return first !== '' && second !== '' && first.toLowerCase() !== second.toLowerCase();
  });
}

/** Whether only some amounts have a currency, and no column says it for the others. */
function mixesCurrencies({ texts }: ColumnCells, assigned: ReadonlyMap<Field, ColumnSuggestion>): boolean {
  if (assigned.has('currency')) return false;
  const signs = [...texts.keys()].map((text) => /[^\d\s.,()+-]/.test(text));
  return signs.includes(true) && signs.includes(false);
}

/** Words that say that an amount beside the whole one is a part of it: without tax, or of one line. */
const partWords: ReadonlySet<string> = new Set(['net', 'line', 'unit']);

/** Whether the column holds what is still to be paid, and something is. */
function isOwed({ column, cells }: SuggestedColumn): boolean {
  if (!column.words.includes('owed')) return false;
  return [...cells.texts.keys()].some((text) => {
    const money = parseMoney(text);
    return money.ok && Number(money.value.amount) !== 0;
  });
}

function seemsToBe(column: ScoredColumn, assigned: ReadonlyMap<Field, ColumnSuggestion>): Field | null {
  const { profile, scores } = column;
  const byName = watched
    .filter((field) => (scores.get(field)?.name?.score ?? 0) >= SEEMS_NAMED)
    .sort((a, b) => (scores.get(b)?.score ?? 0) - (scores.get(a)?.score ?? 0));
  const [best] = byName;
  if (best !== undefined) return best;
  if (isUnnamed(column.header) && !assigned.has('amount') && profile.share('money') >= MOSTLY)
    return 'amount';
  // Without a telling name, cells alone raise a question only where nothing else holds the field.
  if (!assigned.has('amount') && profile.share('price') >= MOSTLY) return 'amount';
  if (!assigned.has('status') && profile.share('statusWord') >= MOSTLY) return 'status';
  return null;
}

/** Whether two columns that seem to hold the same field say different things in some row. */
function contradicts(
  field: Field,
  holder: ColumnSuggestion,
  { suggested, cells }: SuggestedColumn,
  { sampleRows }: UnknownFile,
  platform: Platform,
): boolean {
  const read = field === 'status' ? statusReader(platform.statuses) : readNumber;
  if (field === 'status' && ![...cells.texts.keys()].some((text) => ends(read(text)))) return false;
  return sampleRows.some((row) => {
    const held = read(row[holder.position] ?? '');
    const other = read(row[suggested.position] ?? '');
    if (field === 'status') return ends(other) && !ends(held);
    return other !== null && held !== null && other !== held;
  });
}

/** Of two statuses the one about money counts, unless the other one says that the pledge has ended. */
function ends(status: string | null): boolean {
  return status === 'CANCELED' || status === 'REFUNDED' || status === 'DROPPED';
}

function statusReader(statuses: Readonly<Record<string, PledgeStatus>>): (text: string) => string | null {
  return (text) => {
    const word = statusWord(text);
    return Object.hasOwn(statuses, word) ? (statuses[word] ?? null) : null;
  };
}

function readNumber(text: string): string | null {
  const money = parseMoney(text);
  return money.ok ? String(Number(money.value.amount)) : text.trim() || null;
}
