import { type Field, fields, isField, isMoneyField } from '../fields/fields.js';
import type { ColumnAssignment } from '../mapping/column-assignment.js';
import type { Platform } from '../platforms/platform.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { ColumnCells } from '../suggest/column-cells.js';
import { nameIndex } from '../suggest/name-index.js';
import type { ScoredColumn } from '../suggest/score-column.js';
import {
  type ColumnSuggestion,
  type MappingSuggestion,
  scoreColumns,
  suggestForColumns,
} from '../suggest/suggest-mapping.js';
import { parseBoolean } from '../values/boolean.js';
import { headerCurrency } from './header-currency.js';
import { isCertain } from './is-certain.js';
import { findOpenMeaning } from './open-meaning.js';
import { askAbout, askAboutFile, exampleCells, type OpenQuestion } from './open-question.js';
import { pinnedFields } from './pinned-fields.js';
import { askForWords, unknownStatusWords } from './status-words.js';
import { countsUnits, isCalledCount } from './unit-count.js';
import type { UnknownFile } from './unknown-file.js';

/** What the columns of a file of no known platform are, as far as its names and cells say it. */
export interface UnknownFileReading {
  /** A suggestion for every column, which can be accepted as it stands. */
  readonly suggestion: MappingSuggestion;
  /** What must be asked before the file is imported. Without a question the columns are understood. */
  readonly questions: readonly OpenQuestion[];
}

/**
 * Reads what the columns of a file of no known platform are, by names and cells together. A column that looks like money, a
 * payment status, a quantity, a refund or a cancellation is either understood for sure or asked about.
 *
 * @param platform the platform that reads such files: it has the common names and the known words
 */
export function readUnknownFile(file: UnknownFile, platform: Platform): UnknownFileReading {
  const { headers, cells } = file;
  const cellsOf = (position: number) => cells[position] ?? noCells;
  const scored = scoreColumns(nameIndex(), headers, cellsOf);
  const pinned = pinnedFields(headers, platform, scored);
  const raw = suggestForColumns(pin(scored, pinned), headers, cellsOf);
  const questions: OpenQuestion[] = [];
  const columns = raw.columns.map((suggested, index): ColumnSuggestion => {
    const column = scored[index];
    if (column === undefined) return suggested;
    const { position } = suggested;
    const settled = settle(suggested, column, pinned.has(position), cellsOf(position), platform);
    if (settled.question !== null) questions.push(settled.question);
    return settled.column;
  });
  const suggestion = {
    ...raw,
    columns: columns.map((column) =>
      readPaidFlag(donationAsAmount(column, columns), columns, scored, cellsOf),
    ),
  };
  const units = readUnits(suggestion, scored, cellsOf);
  if (units.question !== null) questions.push(units.question);
  return {
    suggestion: withoutIdleQuantity(units.suggestion),
    questions: [
      ...askForQuotes(file),
      ...askForFile(units.suggestion, scored),
      ...questions,
      ...findOpenMeaning(units.suggestion, scored, file, platform),
    ].slice(0, MAX_QUESTIONS),
  };
}

/** A file of thousands of unknown columns is not asked about column by column. */
const MAX_QUESTIONS = 50;

const noCells: ColumnCells = { rows: 0, filled: 0, texts: new Map() };

/** Lets a column with a common name be nothing but its field, and no other column be that field. */
function pin(scored: readonly ScoredColumn[], pinned: ReadonlyMap<number, Field>): readonly ScoredColumn[] {
  const taken = new Set(pinned.values());
  return scored.map((column) => {
    const field = pinned.get(column.position);
    const own = field === undefined ? undefined : column.scores.get(field);
    if (field !== undefined) {
      const score = own ?? { field, name: null, fit: 0, evidence: null, score: 0 };
      return { ...column, scores: new Map([[field, { ...score, score: Math.max(PINNED, score.score) }]]) };
    }
    return { ...column, scores: new Map([...column.scores].filter(([other]) => !taken.has(other))) };
  });
}

/** The least score of a column with a common name. */
const PINNED = 0.9;

/** Fields that decide whether a pledge exists, is paid and how much is owed: they are never guessed. */
const decisive: ReadonlySet<Field> = new Set<Field>([
  'externalId',
  'email',
  'backerExternalId',
  'amount',
  'status',
  'quantity',
  'refundedAmount',
  'refundedAt',
  'canceledAt',
]);

interface Settled {
  readonly column: ColumnSuggestion;
  readonly question: OpenQuestion | null;
}

/** Decides whether a suggestion is certain enough to import by, or must be asked about. */
function settle(
  suggested: ColumnSuggestion,
  column: ScoredColumn,
  isPinned: boolean,
  cells: ColumnCells,
  { statuses }: Platform,
): Settled {
  const { as } = suggested;
  if (!isField(as)) return { column: suggested, question: null };
  const settled = addCurrency(suggested, as);
  if (as === 'status') {
    const question = askForWords(settled, unknownStatusWords(cells, statuses));
    return {
      column: settled,
      question: question ?? (isPinned || isCertain(as, column, cells) ? null : ask(settled, as, cells)),
    };
  }
  if (isPinned || !decisive.has(as) || isCertain(as, column, cells))
    return { column: settled, question: null };
  return { column: settled, question: ask(settled, as, cells) };
}

const productFields: readonly ColumnAssignment['as'][] = [
  'productSku',
  'productName',
  'rewardId',
  'rewardTitle',
];

/** Suggests the only column that seems to count units as the quantity of the row's product. Only its name makes that sure. */
function readUnits(
  suggestion: MappingSuggestion,
  scored: readonly ScoredColumn[],
  cellsOf: (position: number) => ColumnCells,
): { readonly suggestion: MappingSuggestion; readonly question: OpenQuestion | null } {
  const { columns } = suggestion;
  const held = new Set(columns.map(({ as }) => as));
  const counts = columns.filter(({ position, as }) => {
    const column = scored[position];
    return as === 'kept' && column !== undefined && countsUnits(column, cellsOf(position), true);
  });
  const [only, ...others] = counts;
  const column = scored[only?.position ?? -1];
  const hasProduct = productFields.some((as) => held.has(as));
  if (
    held.has('quantity') ||
    !hasProduct ||
    only === undefined ||
    column === undefined ||
    others.length > 0
  ) {
    return { suggestion, question: null };
  }
  const reason = 'its cells are small whole numbers, and no other column counts the product of the row';
  const quantity: ColumnSuggestion = { ...only, as: 'quantity', score: 0.5, reason };
  return {
    suggestion: { ...suggestion, columns: columns.map((one) => (one === only ? quantity : one)) },
    question: isCalledCount(column) ? null : ask(quantity, 'quantity', cellsOf(only.position)),
  };
}

/** A quantity that counts nothing is asked about, and until then only kept: a mapping with it would be refused. */
function withoutIdleQuantity(suggestion: MappingSuggestion): MappingSuggestion {
  const { columns } = suggestion;
  if (productFields.some((product) => columns.some(({ as }) => as === product))) return suggestion;
  const kept = columns.map(
    (column): ColumnSuggestion => (column.as === 'quantity' ? { ...column, as: 'kept' } : column),
  );
  return { ...suggestion, columns: kept };
}

/** Where nothing else was paid, a donation is no bonus on top of a pledge, but all of it. */
function donationAsAmount(column: ColumnSuggestion, all: readonly ColumnSuggestion[]): ColumnSuggestion {
  const isAll = column.as === 'bonusAmount' && !all.some(({ as }) => as === 'amount');
  return isAll ? { ...column, as: 'amount' } : column;
}

/** Suggests a column such as `Paid: yes, no` as the payment status, with what its words mean. */
function readPaidFlag(
  suggested: ColumnSuggestion,
  all: readonly ColumnSuggestion[],
  scored: readonly ScoredColumn[],
  cellsOf: (position: number) => ColumnCells,
): ColumnSuggestion {
  const { position, as } = suggested;
  const { words = [], isOther = false } = scored[position] ?? {};
  const isNamed = !isOther && (words.includes('paid') || words.includes('payment'));
  if (as !== 'kept' || !isNamed || all.some((column) => column.as === 'status')) return suggested;
  const texts = [...cellsOf(position).texts.keys()].map((text) => text.trim());
  const answers = texts.map((text) => [text, parseBoolean(text)] as const);
  if (texts.length === 0 || !answers.every(([, { ok }]) => ok)) return suggested;
  const values = answers.map(([text, answer]): [string, PledgeStatus] => [
    text,
    answer.ok && answer.value ? 'COLLECTED' : 'PENDING',
  ]);
  const reason = 'its cells say yes or no, and its name is about the payment';
  return { ...suggested, as: 'status', score: 0.5, reason, values: Object.fromEntries(values) };
}

function addCurrency(suggested: ColumnSuggestion, as: Field): ColumnSuggestion {
  const currency = isMoneyField(as) ? headerCurrency(suggested.header) : null;
  return currency === null ? suggested : { ...suggested, currency };
}

function ask(column: ColumnSuggestion, as: Field, cells: ColumnCells): OpenQuestion {
  return askAbout(
    column,
    'unclear_column',
    `Is "${column.header}" ${fields[as].label}?`,
    exampleCells(cells),
  );
}

const DELIMITERS = [',', ';', '\t', '|'];
/** So many delimiters in each cell are no punctuation. */
const MANY = 2;

/** Whether a program has put each whole line in quotes, so that nothing of it is a column. */
function askForQuotes({ headers, sampleRows }: UnknownFile): readonly OpenQuestion[] {
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

/** Questions about the file as a whole. */
function askForFile(
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
