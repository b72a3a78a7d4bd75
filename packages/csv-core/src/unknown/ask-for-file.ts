import { fields } from '../fields/fields.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { ScoredColumn } from '../suggest/score-column.js';
import type { MappingSuggestion } from '../suggest/suggest-mapping.js';
import { askAboutFile, type OpenQuestion } from './open-question.js';
import type { UnknownFile } from './unknown-file.js';

const DELIMITERS = [',', ';', '\t', '|'];
/** So many delimiters in each cell are no punctuation. */
const MANY = 2;

/** Asks for another file where a program has put each whole line in quotes, so that nothing of it is a column. */
export function askForQuotes({ headers, sampleRows }: UnknownFile): readonly OpenQuestion[] {
  const [header = '', ...others] = headers;
  const lines = [header, ...sampleRows.map(([cell = '']) => cell)];
  const isWhole = (delimiter: string) => lines.every((line) => line.split(delimiter).length > MANY);
  if (others.length > 0 || !DELIMITERS.some(isWhole)) return [];
  return [
    askAboutFile(
      'quoted_twice',
      'Each line of the file is one cell in quotes, which holds all cells of a row: a program has quoted the file twice. Take off the outer quotes, or export it again.',
    ),
  ];
}

/** Asks for the key and the person where no column holds them, and whether a file without money or products is a list of people. */
export function askForFile(
  { columns, missing }: MappingSuggestion,
  scored: readonly ScoredColumn[],
): readonly OpenQuestion[] {
  const questions = missing.map((field) =>
    askAboutFile(
      'missing_column',
      field === 'email'
        ? 'Who has pledged? No column holds an e-mail address or a customer number.'
        : `Which column holds ${fields[field].label}? None seems to.`,
    ),
  );
  const held = new Set<ColumnAssignment['as']>(columns.map(({ as }) => as));
  const key = columns.find(({ as }) => as === 'externalId');
  const saysOrder = scored[key?.position ?? -1]?.words.some((word) => orderWords.has(word)) ?? false;
  if (missing.length > 0 || saysOrder || pledgeFields.some((as) => held.has(as))) return questions;
  return [
    ...questions,
    askAboutFile(
      'people_or_pledges',
      'Are these pledges, or only people? No column holds an amount, a payment status, a product or a date. Say { "people": true } for a list of people, or { "accept": true } if each row is a pledge that is paid.',
    ),
  ];
}

/** Words of an order number that say that each row is something that was ordered. */
const orderWords: ReadonlySet<string> = new Set(['order', 'pledge', 'payment', 'transaction', 'bonus']);

const pledgeFields: readonly ColumnAssignment['as'][] = [
  'amount',
  'status',
  'quantity',
  'pledgedAt',
  'refundedAmount',
  'refundedAt',
  'canceledAt',
  'rewardId',
  'rewardTitle',
  'rewardPrice',
  'productSku',
  'productName',
  'productPrice',
  'item',
  'add-on',
];
