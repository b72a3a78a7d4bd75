import { formatAmount } from '@pledgeline/csv-core/map';
import { type ChangedCells, type ChangedType, columnOf, type RecordChange } from '@pledgeline/db';
import { z } from 'zod';

/** The fields of an address, which are changed together. */
const addressFields = [
  'shippingName',
  'shippingAddress1',
  'shippingAddress2',
  'shippingCity',
  'shippingState',
  'shippingPostalCode',
  'shippingCountry',
  'shippingCountryRaw',
] as const;

/** Every field that a change may name, and `address` for those of the address. */
export const fieldNames = [
  'address',
  'email',
  'name',
  'billingState',
  'billingCountry',
  'billingCountryRaw',
  'sku',
  'price',
  'currency',
  'backerId',
  'status',
  'statusRaw',
  'amount',
  'shippingAmount',
  'bonusAmount',
  'pledgedAt',
  'fulfillment',
  'notes',
  ...addressFields,
  'shippingPhone',
  'deliveryNotes',
  'extra',
  'items',
  'answeredAt',
  'answers',
] as const;

/** The fields behind the names that a client gives. */
export function expandFields(names: readonly (typeof fieldNames)[number][] | undefined) {
  return names?.flatMap((name) => (name === 'address' ? [...addressFields] : [name]));
}

/** One field of a record, before and after. */
interface FieldChange {
  readonly field: string;
  readonly part: string | null;
  readonly before: ShownValue;
  readonly after: ShownValue;
}

type ShownValue = string | null | readonly ShownItem[];

interface ShownItem {
  readonly productId: string;
  readonly quantity: number;
  readonly unitPrice: string | null;
}

const amounts: ReadonlySet<string> = new Set(['amount', 'shippingAmount', 'bonusAmount', 'price']);

/** A change for clients: what the record is called, and each field that changes with its values. */
export function presentChange(change: RecordChange) {
  const { type, id, kind, title, before, after } = change;
  return {
    type,
    id,
    kind,
    name: nameOf(type, after ?? before ?? {}) ?? title ?? id,
    fields: fieldsOf(change).flatMap((field) => presentField(field, before, after)),
  };
}

/** The fields to show: of a record that is created or removed, all that have a value. */
function fieldsOf({ kind, fields, before, after }: RecordChange): readonly string[] {
  if (kind !== 'created' && kind !== 'removed') return fields;
  const cells = after ?? before ?? {};
  return fieldNames.filter((field) => isSaid(cells[columnOf(field)]));
}

function isSaid(cell: ChangedCells[string] | undefined): boolean {
  return cell !== undefined && cell !== '' && (typeof cell === 'string' || Object.keys(cell).length > 0);
}

const nameColumns: Readonly<Record<ChangedType, readonly string[]>> = {
  backer: ['name', 'email', 'identity'],
  product: ['name', 'key'],
  pledge: ['external_id'],
  survey: [],
};

function nameOf(type: ChangedType, cells: ChangedCells): string | null {
  for (const column of nameColumns[type]) {
    const cell = cells[column];
    if (typeof cell === 'string' && cell !== '') return cell;
  }
  return null;
}

function presentField(
  field: string,
  before: ChangedCells | null,
  after: ChangedCells | null,
): readonly FieldChange[] {
  const column = columnOf(field);
  const [old, now] = [before?.[column] ?? null, after?.[column] ?? null];
  if (field === 'items') {
    return [{ field, part: null, before: itemsOf(old, before), after: itemsOf(now, after) }];
  }
  if (isEntries(old) || isEntries(now))
    return presentEntries(field, isEntries(old) ? old : {}, isEntries(now) ? now : {});
  return [{ field, part: null, before: textOf(field, old, before), after: textOf(field, now, after) }];
}

type Cell = ChangedCells[string] | null;
type Entries = Readonly<Record<string, string>>;

function isEntries(cell: Cell): cell is Entries {
  return cell !== null && typeof cell !== 'string';
}

/** One change for each question or header that differs. */
function presentEntries(field: string, before: Entries, after: Entries): readonly FieldChange[] {
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return parts
    .map((part) => ({
      field,
      part,
      before: entryOf(field, before[part]),
      after: entryOf(field, after[part]),
    }))
    .filter((change) => change.before !== change.after);
}

/** Answers are kept with the position of their question before them: `3:Blue`. */
function entryOf(field: string, text: string | undefined): string | null {
  if (text === undefined) return null;
  const said = field === 'answers' ? text.slice(text.indexOf(':') + 1) : text;
  return said === '' ? null : said;
}

/** A blank that a file states is shown as nothing. */
function textOf(field: string, cell: Cell, cells: ChangedCells | null): string | null {
  if (typeof cell !== 'string' || cell === '') return null;
  return amounts.has(field) ? formatAmount(cell, currencyOf(cells)) : cell;
}

function currencyOf(cells: ChangedCells | null): string | null {
  const currency = cells?.['currency'];
  return typeof currency === 'string' && currency !== '' ? currency : null;
}

const itemsSchema = z.record(
  z.string(),
  z.object({ quantity: z.number(), unitPrice: z.string().optional() }),
);

function itemsOf(cell: Cell, cells: ChangedCells | null): readonly ShownItem[] | null {
  if (typeof cell !== 'string') return null;
  return Object.entries(itemsSchema.parse(JSON.parse(cell))).map(([productId, { quantity, unitPrice }]) => ({
    productId,
    quantity,
    unitPrice: unitPrice === undefined ? null : formatAmount(unitPrice, currencyOf(cells)),
  }));
}
