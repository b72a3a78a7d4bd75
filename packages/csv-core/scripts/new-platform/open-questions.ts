import { findSignature } from '../../src/detect-platform.js';
import { fieldNames, fields, isMoneyField } from '../../src/fields/fields.js';
import { normalizeHeader } from '../../src/header/normalize-header.js';
import { mapRows } from '../../src/map-keys.js';
import { compileMapping } from '../../src/mapping/compile-mapping.js';
import { columnOf, type ProposedColumn } from './propose-columns.js';
import { hasCurrency, type Proposal } from './propose-platform.js';
import { isCommonName, platformsWithSignature } from './propose-signatures.js';
import { filledCells, type Sample } from './sample.js';

type Questions = (proposal: Proposal, sample: Sample) => readonly string[];

/**
 * What the file does not show and a person has to decide before the platform is finished, one sentence each. Of the
 * cells of the file, the sentences contain only words of the status column.
 */
export const openQuestions: Questions = (proposal, sample) =>
  [
    requiredFields,
    columnsWorthNaming,
    signature,
    unknownStatuses,
    paymentColumns,
    currency,
    dateOrders,
    unlistedColumns,
    columnsBesideEachOther,
    rowsOfOneOrder,
    rejectedRows,
  ].flatMap((ask) => ask(proposal, sample));

const quote = (headers: readonly string[]) => headers.map((header) => `"${header}"`).join(', ');
const headersOf = (columns: readonly ProposedColumn[]) => columns.map(({ header }) => header);

const requiredFields: Questions = ({ columns }) =>
  fieldNames
    .filter((field) => fields[field].required)
    .filter((field) => !columns.some(({ as }) => as === field || standsInFor(as, field)))
    .map((field) => `No column holds ${fields[field].label}. Name it: --as 'HEADER=${field}'.`);

function standsInFor(as: ProposedColumn['as'], field: string): boolean {
  return fieldNames.some((other) => other === as && fields[other].standsInFor === field);
}

/**
 * Without these fields pledges have no amount, or all count as collected. So a possible column, or the lack, is
 * reported.
 */
const columnsWorthNaming: Questions = ({ columns }) =>
  (['amount', 'status'] as const).flatMap((field) => {
    if (columns.some(({ as }) => as === field)) return [];
    const rivals = columns.filter(
      ({ like, isGiven, as }) => !isGiven && as !== 'secret' && like.includes(field),
    );
    if (rivals.length > 0)
      return [`${quote(headersOf(rivals))} may be ${fields[field].label}: --as 'HEADER=${field}'.`];
    return field === 'status'
      ? []
      : [`No column holds ${fields[field].label}: --as 'HEADER=${field}', if there is one.`];
  });

const signature: Questions = ({ definition, platform }, { headers }) => {
  const present = new Map(headers.map((header) => [normalizeHeader(header), header]));
  const rivals = platformsWithSignature.filter((other) => findSignature(other, present).length > 0);
  const taken = rivals.map(
    ({ title }) => `This header row is also detected as ${title}: add headers to the signature of ${title}.`,
  );
  const own = definition.signatures ?? [];
  if (own.length === 0) {
    return [...taken, 'No two headers are written only by this platform: find some for `signatures`.'];
  }
  const isCommon = own.every((group) => group.every(isCommonName));
  if (!isCommon) return taken;
  return [
    ...taken,
    `The signature of ${platform.title} has only common names (${quote([...new Set(own.flat())])}): other files may have them.`,
  ];
};

/** The words of the status column in the form in which they are compared, with how often each occurs. */
export function statusWords(sample: Sample, column: ProposedColumn | undefined): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  if (column === undefined) return words;
  for (const cell of filledCells(sample, column.position)) {
    const word = cell.toLowerCase().replace(/[\s_-]+/g, ' ');
    words.set(word, (words.get(word) ?? 0) + 1);
  }
  return words;
}

const unknownStatuses: Questions = ({ columns, platform }, sample) =>
  [...statusWords(sample, columnOf(columns, 'status'))]
    .filter(([word]) => !Object.hasOwn(platform.statuses, word))
    .map(
      ([word, count]) => `The status "${word}" (${times(count)}) means nothing yet: --status '${word}=…'.`,
    );

const OF_PAYMENT = /refund|cancel|disput|charge ?back|void|declin|fail/i;

/** Often a refund or cancellation is in a column of its own. */
const paymentColumns: Questions = ({ columns, definition }) => {
  const ruled = new Set((definition.statusRules ?? []).map(({ header }) => header));
  const found = columns.filter(
    ({ header, as }) => OF_PAYMENT.test(header) && as !== 'status' && as !== 'ignored' && !ruled.has(header),
  );
  if (found.length === 0) return [];
  return [
    `${quote(headersOf(found))} may overrule the status: write \`statusRules\`, or a comment why they do not.`,
  ];
};

const currency: Questions = ({ columns, definition }, sample) => {
  if (definition.currency || hasCurrency(sample, columns)) return [];
  const amounts = columns.filter(({ as }) => fieldNames.some((field) => field === as && isMoneyField(field)));
  return [
    `The currency of ${quote(headersOf(amounts))} is not known: --currency CODE, or every upload has to name it.`,
  ];
};

const dateOrders: Questions = ({ definition, platform, columns }, sample) => {
  if (definition.dateOrder) return [];
  const rejected = issuesOf(platform, sample).filter(({ code }) => code === 'ambiguous_date');
  const headers = [...new Set(rejected.map(({ column }) => column ?? ''))];
  const asked = columns.filter(({ header }) => headers.includes(header));
  if (asked.length === 0) return [];
  return [
    `Day and month of ${quote(headersOf(asked))} may be swapped: --date-order, if it is always the same.`,
  ];
};

const unlistedColumns: Questions = ({ columns, landmark }) => {
  const items = columns.filter(({ as }) => as === 'item' || as === 'add-on');
  const questions = columns.filter(({ as, isGiven }) => as === 'question' && !(isGiven && landmark !== null));
  return [
    ...(items.length === 0
      ? []
      : [`${quote(headersOf(items))} may count products: recognise such columns by \`dynamicColumn\`.`]),
    ...(questions.length === 0
      ? []
      : [
          `${quote(headersOf(questions))} may be questions to backers: --as 'HEADER=question' or 'HEADER=kept'.`,
        ]),
  ];
};

/** Finds headers with numbers (`Item 1 SKU`, `Item 2 SKU`) and headers that repeat. */
const columnsBesideEachOther: Questions = ({ columns }) => {
  const byTemplate = new Map<string, Set<string>>();
  for (const { key, position } of columns) {
    if (key === '' || /address|street|line|tax/.test(key)) continue;
    const template = key.replace(/\d+/, '{n}');
    const numbers = byTemplate.get(template) ?? new Set();
    numbers.add(template === key ? String(position) : key);
    byTemplate.set(template, numbers);
  }
  const repeated = [...byTemplate].filter(([, found]) => found.size > 1).map(([template]) => template);
  if (repeated.length === 0) return [];
  return [`${quote(repeated)} come several times: if they are columns of items, write \`itemGroups\`.`];
};

const rowsOfOneOrder: Questions = ({ columns, platform }, sample) => {
  const key = columnOf(columns, 'externalId');
  if (key === undefined) return [];
  const numbers = sample.rows.map((row) => row[key.position]?.trim() ?? '').filter((number) => number !== '');
  const runs = numbers.filter((number, index) => number !== numbers[index - 1]);
  const found: string[] = [];
  if (new Set(runs).size < runs.length) {
    found.push(
      `"${key.header}" has the same number in rows that are not consecutive: it may not be the number of an order.`,
    );
  }
  const isNamed = columns.some(({ as }) => fieldNames.some((field) => field === as && isOfItem(field)));
  if (platform.orderRows !== 'one' && !isNamed) {
    found.push(`Several rows have the same "${key.header}", but no column names the product of each row.`);
  }
  return found;
};

function isOfItem(field: (typeof fieldNames)[number]): boolean {
  return fields[field].part === 'product' || fields[field].part === 'reward';
}

const rejectedRows: Questions = ({ platform }, sample) => {
  const reasons = new Map<string, number>();
  for (const { code, column } of issuesOf(platform, sample)) {
    if (code === 'unknown_status' || code === 'ambiguous_date') continue;
    const reason = column === null ? code : `${code} in "${column}"`;
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, count]) => `Rows of the file are rejected: ${reason} (${times(count)}).`);
};

function issuesOf(platform: Proposal['platform'], { headers, rows }: Sample) {
  return mapRows(compileMapping(headers, platform), rows, {}).issues.filter(
    ({ severity }) => severity === 'error',
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
