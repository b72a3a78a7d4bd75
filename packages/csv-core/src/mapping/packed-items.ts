/** One item of a cell that lists all items of an order. The texts are as the file writes them; '' where none is. */
export interface PackedItem {
  readonly name: string;
  readonly sku: string;
  readonly quantity: string;
}

/** A `;` between two items: a part of the next item follows it. Others belong to a name. */
const betweenItems = /(?<!\\);\s*(?=(?:id|name|product_id|sku|quantity|qty)\s*:)/i;
/** A `|` between two parts: the name of the next part follows it. */
const betweenParts = /(?<!\\)\|(?=[^\s|:][^|:]{0,60}:)/;
const part = /^\s*([^:]+):([\s\S]*)$/;

/**
 * Reads the items of an order that a shop has written into one cell: `name:Lamp|sku:LAMP|quantity:2;name:Wick|…`, or
 * the same as a JSON list.
 *
 * @returns null when the text is neither, or when an item has neither a name nor a SKU
 */
export function readPackedItems(text: string): readonly PackedItem[] | null {
  const items = text.trimStart().startsWith('[') ? readJson(text) : readParts(text);
  if (items === null || items.length === 0) return null;
  return items.every(({ name, sku }) => name !== '' || sku !== '') ? items : null;
}

function readParts(text: string): readonly PackedItem[] | null {
  const items: PackedItem[] = [];
  for (const item of text.replace(/;\s*$/, '').split(betweenItems)) {
    const parts = new Map<string, string>();
    for (const each of item.split(betweenParts)) {
      const [found, name = '', value = ''] = part.exec(each) ?? [];
      if (found === undefined) return null;
      parts.set(name.trim().toLowerCase(), withoutEscapes(value));
    }
    items.push(itemOf((name) => parts.get(name)));
  }
  return items;
}

function withoutEscapes(value: string): string {
  return value.replace(/\\([|;:,=\\])/g, '$1').trim();
}

function readJson(text: string): readonly PackedItem[] | null {
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return null;
    return list.map((each: unknown) => {
      const parts = new Map<string, unknown>(
        typeof each === 'object' && each !== null ? Object.entries(each) : [],
      );
      return itemOf((name) => textOf(parts.get(name)));
    });
  } catch {
    return null;
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function itemOf(partOf: (name: string) => string | undefined): PackedItem {
  return {
    name: partOf('name') ?? '',
    sku: partOf('sku') ?? '',
    quantity: partOf('quantity') ?? partOf('qty') ?? '',
  };
}
