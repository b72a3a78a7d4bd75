import type { ReadContext } from '../fields/field-kinds.js';
import type { ItemPart } from '../header/item-columns.js';
import { cleanText } from '../values/text.js';
import { isBlankCell } from './blank-cell.js';
import { addProblem, type CellReader, createCellReader } from './cell-reader.js';
import type { Mapping, PartColumn } from './compile-mapping.js';
import { readPackedItems } from './packed-items.js';
import { recall } from './recall.js';
import type { RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** The filled cells of one item. */
export interface ReadItem
  extends Pick<RowFields, (typeof partFields)[Exclude<ItemPart, 'option' | 'packed'>]> {
  /** The filled options, in the order of the columns. */
  readonly options: readonly string[];
}

/** Reads the items of a row's item groups. `currency` is the currency of the row. */
export type ItemsReader = (
  cells: readonly string[],
  currency: string | null,
  issues: RowIssues,
) => readonly ReadItem[];

/** The cells of an item are read like those of the fields for the one product of a row. */
const partFields = {
  sku: 'productSku',
  name: 'productName',
  quantity: 'quantity',
  unitPrice: 'productPrice',
} as const;

type PartReader = CellReader<'productSku' | 'productName' | 'quantity' | 'productPrice'>;

const noItems: readonly ReadItem[] = [];

/** Creates the reader for the item groups of one header row. */
export function createItemsReader({ items }: Mapping, context: ReadContext): ItemsReader {
  if (items.length === 0) return () => noItems;
  const readOption = recall(cleanText);
  const readers = new Map<number, PartReader>();
  const packed = new Map<number, PackedReader>();
  for (const { part, position, header } of items.flat()) {
    if (part === 'packed') packed.set(position, createPackedReader(header, context));
    else if (part !== 'option') readers.set(position, createCellReader(partFields[part], header, context));
  }
  return (cells, currency, issues) => {
    const found: ReadItem[] = [];
    for (const columns of items) {
      const options: string[] = [];
      const item = { productSku: null, productName: null, quantity: null, productPrice: null, options };
      for (const { part, position, header } of columns) {
        const text = cells[position];
        if (text === undefined || isBlankCell(text)) continue;
        if (part === 'packed') found.push(...(packed.get(position)?.(text, issues) ?? []));
        else if (part === 'option') readText(readOption, text, header, options, issues);
        else readers.get(position)?.(item, text, currency, issues);
      }
      if (item.productSku !== null || item.productName !== null) found.push(item);
      else if (options.length > 0) warnOfNameless(columns, options, issues);
    }
    return found;
  };
}

/** Reads a cell that lists several items. */
type PackedReader = (text: string, issues: RowIssues) => readonly ReadItem[];

function createPackedReader(header: string, context: ReadContext): PackedReader {
  const readSku = createCellReader('productSku', header, context);
  const readName = createCellReader('productName', header, context);
  const readQuantity = createCellReader('quantity', header, context);
  return (text, issues) => {
    const packed = readPackedItems(text);
    if (packed === null) {
      const message =
        'The items of the order could not be read. They are expected like "name:Lamp|sku:LAMP|quantity:2", separated by semicolons.';
      addIssue(issues, 'error', 'invalid_value', message, header, text);
      return noItems;
    }
    return packed.map(({ name, sku, quantity }) => {
      const item = { productSku: null, productName: null, quantity: null, productPrice: null, options: [] };
      if (sku !== '') readSku(item, sku, null, issues);
      if (name !== '') readName(item, name, null, issues);
      if (quantity !== '') readQuantity(item, quantity, null, issues);
      return item;
    });
  };
}

function readText(
  read: (text: string) => ReturnType<typeof cleanText>,
  text: string,
  header: string,
  texts: string[],
  issues: RowIssues,
): void {
  const result = read(text);
  if (!result.ok) {
    addProblem(issues, 'error', result.problem, header, text);
    return;
  }
  if (result.warning) addProblem(issues, 'warning', result.warning, header, text);
  if (result.value !== '') texts.push(result.value);
}

/** Platforms write quantities and prices also for items that are not there, but not options. */
function warnOfNameless(columns: readonly PartColumn[], options: readonly string[], issues: RowIssues): void {
  const header = columns.find(({ part }) => part === 'option')?.header ?? null;
  const message = 'This was chosen for an item without a name and SKU, and is left out. Name the item.';
  addIssue(issues, 'warning', 'nameless_item', message, header, options[0] ?? null);
}
