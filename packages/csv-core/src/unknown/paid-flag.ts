import type { PledgeStatus } from '../schemas/pledge.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import type { ScoredColumn } from '../suggest/score-column.js';
import type { ColumnSuggestion } from '../suggest/suggest-mapping.js';
import { parseBoolean } from '../values/boolean.js';

/** Suggests a column such as `Paid: yes, no` as the payment status, with what its words mean. */
export function readPaidFlag(
  suggested: ColumnSuggestion,
  { words, isOther }: ScoredColumn,
  cells: ColumnCells,
): ColumnSuggestion {
  const { as } = suggested;
  const isNamed = !isOther && (words.includes('paid') || words.includes('payment'));
  if (as !== 'kept' || !isNamed) return suggested;
  const texts = [...cells.texts.keys()].map((text) => text.trim());
  const answers = texts.map((text) => [text, parseBoolean(text)] as const);
  if (texts.length === 0 || !answers.every(([, { ok }]) => ok)) return suggested;
  const values = answers.map(([text, answer]): [string, PledgeStatus] => [
    text,
    answer.ok && answer.value ? 'COLLECTED' : 'PENDING',
  ]);
  const reason = 'its cells say yes or no, and its name is about the payment';
  return { ...suggested, as: 'status', score: 0.5, reason, values: Object.fromEntries(values) };
}

/** Words beside which a yes or a no can only be about the payment. */
const answered: ReadonlySet<string> = new Set(['paid', 'payment', 'received', 'status']);
/** A yes and a no of one language. */
const pairs: readonly (readonly [string, string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['true', 'false'],
  ['1', '0'],
  ['ja', 'nein'],
  ['ja', 'nee'],
  ['j', 'n'],
  ['oui', 'non'],
  ['sí', 'no'],
  ['si', 'no'],
  ['sì', 'no'],
  ['sim', 'não'],
  ['tak', 'nie'],
  ['t', 'n'],
  ['はい', 'いいえ'],
];

/** Whether a column such as `Paid: yes, no` leaves no doubt: it is called nothing else, and answers in one language. */
export function isPlainAnswer(
  { words }: ScoredColumn,
  values: Readonly<Record<string, PledgeStatus>>,
): boolean {
  const answers = Object.keys(values).map((word) => word.toLowerCase());
  const isOneLanguage = pairs.some((pair) => answers.every((answer) => pair.includes(answer)));
  return isOneLanguage && words.includes('paid') && words.every((word) => answered.has(word));
}

/** The question whether a yes in a column means paid. */
export function askForFlag(header: string): string {
  return `Is "${header}" the payment status, with a yes for paid and a no for unpaid?`;
}
