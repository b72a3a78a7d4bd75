import type { WrongEncoding } from '../encoding/decoded-twice.js';
import type { Field } from '../fields/fields.js';
import type { ItemPart } from '../header/item-columns.js';
import type { Mapping } from './compile-mapping.js';
import type { Damage } from './damage-evidence.js';

/** What a column holds, as far as it decides how damage in its cells is mended. */
export type Care =
  | 'key'
  | 'id'
  | 'sku'
  | 'name'
  | 'place'
  | 'line'
  | 'answer'
  | 'email'
  | 'phone'
  | 'code'
  | 'typed'
  | 'needed'
  | 'country'
  | 'date'
  | 'quantity'
  | 'status'
  | 'count';

/** A column whose cells are mended before they are read. */
export interface CaredColumn {
  readonly position: number;
  /** The header as the file writes it, for issues. */
  readonly header: string;
  readonly care: Care;
  /** The encoding for which a program took the column's text; null when it did not. */
  readonly decodedAs: WrongEncoding | null;
  /** Whether the column's whole numbers were written as decimals. */
  readonly hasDecimalIds: boolean;
  /** Words for a missing value that are no names in this column, because they are in so many of its cells. */
  readonly frequentNulls: ReadonlySet<string>;
  /** Whether it is known that cells of the column are damaged, so that each is looked at. */
  readonly isSearched: boolean;
  /** Whether any of its cells may be damaged. */
  readonly mayHaveDamage: boolean;
}

const careOfField: Readonly<Record<Field, Care>> = {
  externalId: 'key',
  originPlatform: 'line',
  originExternalId: 'key',
  backerExternalId: 'id',
  backerName: 'name',
  firstName: 'name',
  lastName: 'name',
  email: 'email',
  billingState: 'place',
  billingCountry: 'country',
  status: 'status',
  amount: 'needed',
  shippingAmount: 'typed',
  bonusAmount: 'typed',
  currency: 'needed',
  pledgedAt: 'date',
  refundedAmount: 'needed',
  refundedAt: 'date',
  canceledAt: 'date',
  // `None` and `N/A` are states of a parcel.
  fulfillment: 'answer',
  notes: 'answer',
  rewardId: 'id',
  rewardTitle: 'line',
  rewardPrice: 'typed',
  productSku: 'sku',
  productName: 'line',
  productPrice: 'typed',
  quantity: 'quantity',
  surveyAnsweredAt: 'date',
  shippingName: 'name',
  shippingAddress1: 'place',
  shippingAddress2: 'place',
  shippingCity: 'place',
  shippingState: 'place',
  shippingPostalCode: 'code',
  shippingCountry: 'country',
  shippingPhone: 'phone',
  deliveryNotes: 'answer',
};

const careOfPart: Readonly<Record<ItemPart, Care>> = {
  // An item of a group without an SKU is a place that is not used.
  sku: 'id',
  name: 'line',
  option: 'line',
  packed: 'line',
  quantity: 'quantity',
  unitPrice: 'typed',
};

/** The columns of a file with what is known of each. */
export function caredColumns(mapping: Mapping, damage: Damage | null): readonly CaredColumn[] {
  const { fields, items, counts, questions, extras } = mapping;
  // A refund fills its field and is kept as text as well.
  const read = new Set(fields.map(({ position }) => position));
  const found: readonly (readonly [Care, { readonly position: number; readonly header: string }])[] = [
    ...fields.map((column) => [careOfField[column.field], column] as const),
    ...items.flat().map((column) => [careOfPart[column.part], column] as const),
    ...counts.map((column) => ['count', column] as const),
    ...questions.map((column) => ['answer', column] as const),
    ...extras.filter(({ position }) => !read.has(position)).map((column) => ['answer', column] as const),
  ];
  return found.map(([care, { position, header }]) => {
    const wrong = damage?.decodedTwice.find((column) => column.position === position);
    const hasDecimalIds = damage?.decimalIds.includes(position) ?? false;
    return {
      position,
      header,
      care,
      decodedAs: wrong?.encoding ?? null,
      hasDecimalIds: hasDecimalIds && decimalCares.has(care),
      frequentNulls: frequentNulls(position, damage),
      isSearched: wrong !== undefined || (hasDecimalIds && decimalCares.has(care)),
      mayHaveDamage: damage === null || care === 'email' || damage.suspects.includes(position),
    };
  });
}

const decimalCares: ReadonlySet<Care> = new Set(['key', 'id', 'sku', 'code', 'phone']);

/** Three people of one surname may be a family; every twentieth row of a file is not. */
const MIN_COUNT = 3;
const MIN_SHARE = 0.05;

function frequentNulls(position: number, damage: Damage | null): ReadonlySet<string> {
  if (damage === null) return new Set();
  const least = Math.max(MIN_COUNT, damage.rowCount * MIN_SHARE);
  return new Set(
    damage.nullWords
      .filter((found) => found.position === position && found.count >= least)
      .map(({ word }) => word),
  );
}

/** Cares of cells with a notation of their own, in which a word for a missing value cannot be a value. */
const notations: ReadonlySet<Care> = new Set([
  'email',
  'phone',
  'code',
  'typed',
  'needed',
  'country',
  'date',
  'quantity',
]);

/** The words with which the file's program writes missing values: those in columns where they can be nothing else. */
export function provenNulls(columns: readonly CaredColumn[], damage: Damage | null): ReadonlySet<string> {
  const positions = new Set(
    columns.filter(({ care }) => notations.has(care)).map(({ position }) => position),
  );
  const words = damage?.nullWords.filter(({ position }) => positions.has(position)) ?? [];
  return new Set(words.map(({ word }) => word));
}
