import type { OrderContinuation, OrderGrouping } from '../csv/order-grouping.js';
import { type Field, fieldsOf, productNameFields } from '../fields/fields.js';
import { headerKeys } from '../header/header-keys.js';
import type { ItemPart } from '../header/item-columns.js';
import { type ResolvedColumn, resolveColumns } from '../header/resolve-columns.js';
import type { AddressProof, Platform } from '../platforms/platform.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { ProductRecord } from '../schemas/product.js';
import { assignColumns } from './assign-columns.js';
import type { CellTest } from './cell-test.js';
import type { ColumnAssignment } from './column-assignment.js';
import type { FieldColumn } from './field-column.js';
import { lineColumnOf } from './line-column.js';
import { createNoRecordFinder, type NoRecordFinder, namingFields } from './no-record.js';
import type { RefundRule } from './refund-as-sale.js';
import { uniqueNames } from './unique-names.js';

/** A column whose cells count units of one product. */
export interface CountColumn extends TextColumn {
  /** Frozen, because all rows share it. */
  readonly product: Readonly<ProductRecord>;
}

/** A column of survey answers, or of cells that are kept with the pledge. */
export interface TextColumn {
  readonly position: number;
  readonly header: string;
  /** The header, made unique in the file. */
  readonly name: string;
}

/** A column with a part of an item. */
export interface PartColumn {
  readonly position: number;
  readonly header: string;
  readonly part: ItemPart;
}

/** A cell that may overrule the status column. */
export interface StatusTest extends CellTest {
  readonly is: 'filled' | 'blank';
  readonly status: PledgeStatus;
}

/** A cell that shows that its row is no pledge. */
export interface RefusalTest extends CellTest {
  readonly message: string;
  /** The cell that the message is about. */
  readonly shown: CellTest;
}

/** What each position of a header row means, worked out once per header row. */
export interface Mapping {
  readonly platform: Platform;
  /** The number of columns. */
  readonly width: number;
  /** The headers as they are shown, by position. */
  readonly headers: readonly string[];
  /** In the order in which they are read: the currency first, then by how well the header fits its field. */
  readonly fields: readonly FieldColumn[];
  readonly counts: readonly CountColumn[];
  /** The columns of each item of the item groups. */
  readonly items: readonly (readonly PartColumn[])[];
  readonly questions: readonly TextColumn[];
  readonly extras: readonly TextColumn[];
  /** For each field the first header that fills it. */
  readonly headerOf: ReadonlyMap<Field, string>;
  /** The columns that identify a pledge. A part that is not used for its key is kept with it under this name. */
  readonly keys: ReadonlyMap<Field, TextColumn>;
  /** Whether rows may name another platform as the origin of their pledge. */
  readonly namesOrigins: boolean;
  /** The fields whose blank cell rejects a row, with the header for the issue. */
  readonly required: readonly { readonly field: Field; readonly header: string }[];
  /** Whether the file has any column for the items of a pledge. */
  readonly hasItems: boolean;
  /** Recognises rows that are no records. */
  readonly noRecord: NoRecordFinder;
  /** Positions of the columns that say who has pledged, besides the e-mail address. */
  readonly persons: readonly number[];
  /** The positions of the columns in which rows of an order differ: those of its products. */
  readonly itemColumns: readonly number[];
  /** The position of the column that numbers the lines of an order; null when there is none. */
  readonly lineColumn: number | null;
  /** Null where every row is an order of its own. */
  readonly orders: OrderGrouping | null;
  /** Whether each row of an order is for one reward, because no other column names a product. */
  readonly rewardPerRow: boolean;
  readonly addressProof: CellTest | null;
  readonly statusTests: readonly StatusTest[];
  readonly refusalTests: readonly RefusalTest[];
  /** Null where rows that pay back a sale bear its number like any other row. */
  readonly refundRule: RefundRule | null;
}

const itemFields: readonly Field[] = ['rewardId', 'rewardTitle', 'rewardPrice', 'productSku', 'productName'];

/**
 * Compiles the mapping of a header row for a platform. Pure: the same arguments always give the same mapping.
 *
 * @param assignments the meanings that a person has assigned to the columns. Default: by the rules of the platform
 */
export function compileMapping(
  headers: readonly string[],
  platform: Platform,
  assignments?: readonly ColumnAssignment[],
): Mapping {
  const resolved =
    assignments === undefined
      ? resolveColumns(headers, platform)
      : assignColumns(headers, platform, assignments);
  const fields = fieldColumns(resolved, headers);
  const counts = countColumns(resolved);
  const items = itemColumns(resolved);
  const uniqueName = uniqueNames();
  const names = resolved.map(({ header }) => uniqueName(header));
  const headerOf = new Map<Field, string>();
  for (const column of fields) if (!headerOf.has(column.field)) headerOf.set(column.field, column.header);
  const tests = cellTests(headers, resolved);
  const noRecord = createNoRecordFinder({ headers, fields, counts: counts.map(({ position }) => position) });
  return {
    platform,
    width: headers.length,
    headers: resolved.map(({ header }) => header),
    fields,
    counts,
    items,
    questions: questionColumns(resolved),
    extras: extraColumns(resolved, names),
    headerOf,
    keys: keyColumns(fields, names),
    namesOrigins: headerOf.has('originPlatform') || headerOf.has('originExternalId'),
    required: platform.columns
      .filter((column) => column.required)
      .map(({ field, title }) => ({ field, header: headerOf.get(field) ?? title })),
    hasItems: counts.length > 0 || items.length > 0 || itemFields.some((field) => headerOf.has(field)),
    noRecord,
    persons: fields.filter(({ field }) => namingFields.includes(field)).map(({ position }) => position),
    itemColumns: fields.filter(({ field }) => itemFields.includes(field)).map(({ position }) => position),
    lineColumn: lineColumnOf(headers, fields),
    orders: groupingOf(fields, items.length > 0, platform, noRecord),
    rewardPerRow: headerOf.has('quantity') && items.length === 0 && !namesProduct(headerOf),
    addressProof: platform.addressRequires && tests(platform.addressRequires),
    statusTests: platform.statusRules.flatMap((rule) => {
      const test = tests(rule);
      return test ? [{ ...test, is: rule.is ?? 'filled', status: rule.status }] : [];
    }),
    refusalTests: platform.refusedRows.flatMap((rule) => {
      const test = tests(rule);
      if (test === null) return [];
      const shown = rule.shows === undefined ? null : tests({ header: rule.shows });
      return [{ ...test, message: rule.message, shown: shown ?? test }];
    }),
    refundRule: refundRuleOf(platform, fields, tests),
  };
}

/** Null when the file lacks one of the columns that the rule needs. */
function refundRuleOf(
  { refundRows }: Platform,
  fields: readonly FieldColumn[],
  testOf: (rule: AddressProof) => CellTest | null,
): RefundRule | null {
  if (refundRows === null) return null;
  const tests = refundRows.tests.flatMap((rule) => testOf(rule) ?? []);
  const moves = refundRows.moves.flatMap(({ field, header }) => {
    const to = fields.find((column) => column.field === field)?.position;
    const from = testOf({ header })?.position;
    return to === undefined || from === undefined ? [] : [{ from, to }];
  });
  const isWhole = tests.length === refundRows.tests.length && moves.length === refundRows.moves.length;
  return isWhole ? { tests, moves } : null;
}

function fieldColumns(
  resolved: readonly ResolvedColumn[],
  headers: readonly string[],
): readonly FieldColumn[] {
  const keys = headerKeys(headers, () => false);
  return resolved
    .flatMap((column, position) => {
      if (column.role !== 'field') return [];
      const { field, followedBy = [] } = column.column;
      // Without the first one, the others have nothing to belong to: a zone without a time.
      const isFollowed = followedBy.slice(0, 1).some((header) => keys.includes(header));
      const following = isFollowed
        ? followedBy.map((header) => keys.indexOf(header)).filter((at) => at >= 0)
        : [];
      const { header, rank, currency = null, values = null } = column;
      return [{ position, header, field, rank, currency, values, followedBy: following }];
    })
    .sort((a, b) => Number(b.field === 'currency') - Number(a.field === 'currency') || a.rank - b.rank);
}

function countColumns(resolved: readonly ResolvedColumn[]): readonly CountColumn[] {
  return resolved.flatMap((column, position) =>
    column.role === 'add-on' || column.role === 'item'
      ? [
          {
            position,
            header: column.header,
            name: column.name,
            product: Object.freeze({
              kind: column.role === 'add-on' ? ('ADD_ON' as const) : ('ITEM' as const),
              key: column.key,
              name: column.name,
              sku: null,
              price: null,
              currency: null,
            }),
          },
        ]
      : [],
  );
}

function itemColumns(resolved: readonly ResolvedColumn[]): readonly (readonly PartColumn[])[] {
  const items = new Map<string, { readonly group: number; readonly item: number; columns: PartColumn[] }>();
  for (const [position, column] of resolved.entries()) {
    if (column.role !== 'item-part') continue;
    const { group, item, part } = column.item;
    const id = `${group} ${item}`;
    const known = items.get(id) ?? { group, item, columns: [] };
    known.columns.push({ position, header: column.header, part });
    items.set(id, known);
  }
  return [...items.values()]
    .sort((a, b) => a.group - b.group || a.item - b.item)
    .map(({ columns }) => columns);
}

function questionColumns(resolved: readonly ResolvedColumn[]): readonly TextColumn[] {
  const uniqueName = uniqueNames();
  return resolved.flatMap((column, position) =>
    column.role === 'question'
      ? [{ position, header: column.header, name: uniqueName(column.question) }]
      : [],
  );
}

const reversalFields = fieldsOf('reversal');

/** Their names differ from those of all other columns, also of columns with the same header that fill a field. */
function extraColumns(resolved: readonly ResolvedColumn[], names: readonly string[]): readonly TextColumn[] {
  return resolved.flatMap((column, position) => {
    const { role, header } = column;
    // A pledge stores the status that follows from a refund, so the refund itself is kept as text.
    const isKept =
      role === 'unknown' ||
      role === 'kept' ||
      (role === 'field' && reversalFields.includes(column.column.field));
    return isKept ? [{ position, header, name: names[position] ?? header }] : [];
  });
}

const keyFields = fieldsOf('key');

function keyColumns(
  fields: readonly FieldColumn[],
  names: readonly string[],
): ReadonlyMap<Field, TextColumn> {
  const keys = new Map<Field, TextColumn>();
  for (const { field, position, header } of fields) {
    if (!keyFields.includes(field) || keys.has(field)) continue;
    keys.set(field, { position, header, name: names[position] ?? header });
  }
  return keys;
}

/**
 * Where rows repeat the columns of their order, rows with the same number are one order only if the file has columns
 * for products, in which they can differ. Otherwise a second row with the same number repeats the same pledge, and
 * adding it up would double it.
 */
function groupingOf(
  fields: readonly FieldColumn[],
  hasItems: boolean,
  platform: Platform,
  noRecord: NoRecordFinder,
): OrderGrouping | null {
  if (platform.orderRows === 'one') return null;
  const blankContinues = platform.orderRows === 'blank-after-first';
  const has = (...wanted: readonly Field[]) => fields.some(({ field }) => wanted.includes(field));
  if (!blankContinues && !hasItems && !has(...productNameFields)) return null;
  const column =
    fields.find(({ field }) => field === 'externalId') ??
    fields.find(({ field }) => field === 'originExternalId');
  if (column === undefined) return null;
  return {
    orderColumn: column.position,
    blankContinues,
    continuation: isKnown(platform) ? null : continuationOf(fields),
    isNoRecord: (row) => noRecord(row) !== null,
  };
}

/** Whether the platform writes its files by a program, and not people by hand. */
function isKnown({ signatures, signaturePatterns }: Platform): boolean {
  return signatures.length + signaturePatterns.length > 0;
}

const personFields = new Set<Field>([...fieldsOf('backer'), ...fieldsOf('address'), 'amount']);
const productFields = new Set<Field>([...fieldsOf('reward'), ...fieldsOf('product')]);

/**
 * People leave the cells of an order blank, or merge them, in the rows of its other products: such a row has a product, and no
 * person and amount of its own.
 */
function continuationOf(fields: readonly FieldColumn[]): OrderContinuation {
  const positionsOf = (wanted: ReadonlySet<Field>) =>
    fields
      .filter(({ field }) => wanted.has(field))
      .map(({ position }) => position)
      .sort((a, b) => a - b);
  return { blank: positionsOf(personFields), filled: positionsOf(productFields) };
}

function namesProduct(headerOf: ReadonlyMap<Field, string>): boolean {
  return headerOf.has('productSku') || headerOf.has('productName');
}

/** Makes tests of a platform's rules. The column of a rule may also have another role. */
function cellTests(
  headers: readonly string[],
  resolved: readonly ResolvedColumn[],
): (rule: AddressProof) => CellTest | null {
  const keys = headerKeys(headers, () => false);
  return ({ header, pattern }) => {
    const position = keys.indexOf(header);
    const column = resolved[position];
    return column ? { position, header: column.header, pattern: pattern ?? null } : null;
  };
}
