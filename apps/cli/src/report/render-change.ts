import type { RecordChange } from '../upload/changes.js';
import { formatCount } from './numbers.js';
import type { Style } from './style.js';
import { cut, printable } from './text.js';

type FieldChange = RecordChange['fields'][number];
type Value = FieldChange['before'];

/** The names of products by their ids. */
export type ProductNames = ReadonlyMap<string, string>;

/** A new record has a value in every field; its first ones say who it is. */
const MAX_NEW_FIELDS = 4;
const MAX_FIELDS = 20;
const FIELD_WIDTH = 18;

/** Renders one record and its fields: `name  Ada → Ada Lovelace`. */
export function renderChange(
  { type, kind, name, fields }: RecordChange,
  products: ProductNames,
  style: Style,
): readonly string[] {
  const limit = kind === 'created' ? MAX_NEW_FIELDS : MAX_FIELDS;
  const rest = fields.length - limit;
  const title = `  ${kindMarks[kind]} ${type} ${printable(name)}`;
  return [
    cut(`${title}${kind === 'changed' ? '' : `, ${kind}`}`, style.width),
    ...fields.slice(0, limit).map((field) => fieldLine(field, products, style)),
    ...(rest > 0 ? [`      … and ${formatCount(rest)} more fields`] : []),
  ];
}

const kindMarks = {
  created: '+',
  changed: '~',
  unchanged: '=',
  removed: '-',
  missing: '?',
} as const satisfies Record<RecordChange['kind'], string>;

function fieldLine(
  { field, part, before, after }: FieldChange,
  products: ProductNames,
  style: Style,
): string {
  const label = part === null ? field : `${field}: ${printable(part)}`;
  const values =
    before === null
      ? valueText(after, products)
      : `${valueText(before, products)} → ${valueText(after, products)}`;
  return `      ${cut(`${label.padEnd(FIELD_WIDTH)} ${values}`, style.width - 6)}`;
}

function valueText(value: Value, products: ProductNames): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return printable(value);
  if (value.length === 0) return 'nothing';
  return value
    .map(({ productId, quantity }) => `${quantity} × ${printable(products.get(productId) ?? productId)}`)
    .join(', ');
}
