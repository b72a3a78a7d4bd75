import { type Field, fieldNames, isField } from '../../src/fields/fields.js';
import type { PlatformColumn } from '../../src/header/column-rules.js';
import { createDateEvidence } from '../../src/mapping/date-evidence.js';
import { createDecimalEvidence } from '../../src/mapping/decimal-evidence.js';
import { definePlatform, type Platform, type PlatformDefinition } from '../../src/platforms/platform.js';
import { parseCurrency } from '../../src/values/currency.js';
import type { DateOrder } from '../../src/values/date.js';
import { parseMoney } from '../../src/values/money.js';
import type { Answers } from './answers.js';
import { columnOf, type ProposedColumn, proposeColumns } from './propose-columns.js';
import { proposeSignatures } from './propose-signatures.js';
import { filledCells, type Sample } from './sample.js';

/** A platform as far as it can be proposed from one file. */
export interface Proposal {
  /** Without `dynamicColumn`, which is code. */
  readonly definition: PlatformDefinition;
  /** The normalised header after which unlisted columns are questions; null if they are not questions. */
  readonly landmark: string | null;
  /** The platform of the definition, with `dynamicColumn`. */
  readonly platform: Platform;
  readonly columns: readonly ProposedColumn[];
}

/** Fields that nearly all files of a platform have. */
const USUAL = ['externalId', 'email', 'status', 'amount', 'pledgedAt'];

/** Proposes the platform that wrote a file. */
export function proposePlatform(name: string, sample: Sample, answers: Answers): Proposal {
  const columns = proposeColumns(sample, answers);
  const title = answers.title ?? titleOf(name);
  const signatures = proposeSignatures(columns, title.toLowerCase().split(' '));
  const statusColumn = columnOf(columns, 'status');
  const draft: PlatformDefinition = {
    name,
    title,
    evidence: `Header row and ${sample.rows.length} rows of one file`,
    signatures,
    columns: fieldColumns(columns, answers),
    kept: headersAs(columns, 'kept'),
    ...listed('ignored', headersAs(columns, 'ignored')),
    ...(answers.statuses.size > 0 && { statuses: Object.fromEntries(answers.statuses) }),
    // A row without a status is an error only if every row of the file has one.
    statusRequired:
      statusColumn !== undefined && filledCells(sample, statusColumn.position).length === sample.rows.length,
    ...orderRows(sample, columns),
  };
  const definition = { ...draft, ...fileWide(sample, draft, columns, answers) };
  const landmark = landmarkOf(columns, answers);
  return { definition, landmark, platform: ready(definition, landmark), columns };
}

/** The last column before the questions, if unlisted columns are questions. */
function landmarkOf(columns: readonly ProposedColumn[], { others }: Answers): string | null {
  if (others === 'unknown') return null;
  const first = columns.findIndex(({ as }) => as === 'question');
  const before = first < 0 ? columns : columns.slice(0, first);
  return before.findLast(({ key }) => key !== '')?.key ?? null;
}

function ready(definition: PlatformDefinition, landmark: string | null): Platform {
  if (landmark === null) return definePlatform(definition);
  return definePlatform({
    ...definition,
    dynamicColumn: ({ header, position, positionOf }) => {
      const isQuestion = positionOf(landmark) >= 0 && position > positionOf(landmark);
      return isQuestion ? { role: 'question', question: header } : { role: 'unknown' };
    },
  });
}

function titleOf(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** Several columns that are given for one field are alternatives, in the order of the command line. */
function fieldColumns(columns: readonly ProposedColumn[], { as: given }: Answers): readonly PlatformColumn[] {
  const order = [...given.keys()];
  const ranked = [...columns].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
  const byField = new Map<Field, PlatformColumn>();
  for (const { as, header } of ranked) {
    if (!isField(as) || header === '') continue;
    const known = byField.get(as);
    byField.set(as, {
      field: as,
      headers: [...(known?.headers ?? []), header],
      ...(known && { alternatives: true }),
      ...(as === 'externalId' && { required: true }),
      ...(USUAL.includes(as) && { usual: true }),
    });
  }
  return fieldNames.flatMap((field) => byField.get(field) ?? []);
}

function headersAs(columns: readonly ProposedColumn[], role: ProposedColumn['as']): readonly string[] {
  return [...new Set(columns.filter(({ as, key }) => as === role && key !== '').map(({ header }) => header))];
}

function listed(name: 'ignored', headers: readonly string[]): Pick<PlatformDefinition, 'ignored'> {
  return headers.length === 0 ? {} : { [name]: headers };
}

/** A row that continues the order of the row above repeats its number, or leaves it blank. */
function orderRows(
  sample: Sample,
  columns: readonly ProposedColumn[],
): Pick<PlatformDefinition, 'orderRows'> {
  const position = columnOf(columns, 'externalId')?.position;
  if (position === undefined) return {};
  const numbers = sample.rows.map((row) => row[position]?.trim() ?? '');
  if (numbers.some((number, index) => index > 0 && number === '')) return { orderRows: 'blank-after-first' };
  const repeats = numbers.some((number, index) => index > 0 && number === numbers[index - 1]);
  return repeats ? { orderRows: 'repeated' } : {};
}

/** The properties of the whole file that it proves or that were given. */
function fileWide(
  sample: Sample,
  draft: PlatformDefinition,
  columns: readonly ProposedColumn[],
  answers: Answers,
): Pick<PlatformDefinition, 'currency' | 'dateOrder' | 'decimalMark'> {
  const platform = definePlatform(draft);
  const dates = createDateEvidence(sample.headers, platform);
  const decimals = createDecimalEvidence(sample.headers, platform);
  for (const row of sample.rows) {
    dates.add(row);
    decimals.add(row);
  }
  const orders = new Set(dates.result().map(({ order }) => order));
  const [shown = null] = orders;
  const dateOrder: DateOrder | null = answers.dateOrder ?? (orders.size === 1 ? shown : null);
  const currency = answers.currency ?? currencyInHeader(sample, columns);
  const decimalMark = decimals.result();
  return {
    ...(currency !== null && { currency }),
    ...(dateOrder !== null && { dateOrder }),
    ...(decimalMark !== null && { decimalMark }),
  };
}

/** The currency in a header such as `Total (EUR)`, if it is in no column and no cell. */
function currencyInHeader(sample: Sample, columns: readonly ProposedColumn[]): string | null {
  if (hasCurrency(sample, columns)) return null;
  const code = /\b([A-Z]{3})\b/.exec(columnOf(columns, 'amount')?.header ?? '')?.[1];
  return code !== undefined && parseCurrency(code).ok ? code : null;
}

/** Whether a currency column or the amounts themselves have the currency. */
export function hasCurrency(sample: Sample, columns: readonly ProposedColumn[]): boolean {
  const amount = columnOf(columns, 'amount');
  if (columnOf(columns, 'currency') !== undefined || amount === undefined) return true;
  return filledCells(sample, amount.position).every((cell) => {
    const read = parseMoney(cell);
    return read.ok && read.value.currency !== null;
  });
}
