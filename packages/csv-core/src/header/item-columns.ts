/**
 * Columns that describe one item and that repeat in a row, once for each item. The first column with a header belongs
 * to the first item, the second column with the same header to the second item, and so on.
 */
export interface ItemGroup {
  /**
   * `same-names`: the headers repeat unchanged (Indiegogo), or with a suffix that a spreadsheet added to make them
   * unique (`Item SKU.1`, `Item SKU_2`). `numbered`: `{n}` in the headers stands for 1, 2, 3 …
   */
  readonly repeat: 'same-names' | 'numbered';
  /** The item's SKU or the platform's id, which is its key. Without one the name is the key. */
  readonly sku?: ItemHeaders;
  readonly name?: ItemHeaders;
  /**
   * Options of the item (`Option 1`: red). Filled cells become part of its name and key, because an item in another
   * colour is another product.
   */
  readonly options?: readonly string[];
  /** A blank cell, or a file without the column, counts as 1. */
  readonly quantity?: ItemHeaders;
  /** The price of one unit. */
  readonly unitPrice?: ItemHeaders;
  /** A column whose cell lists items with all their parts: `name:Lamp|sku:LAMP|quantity:2;name:…`. */
  readonly packed?: ItemHeaders;
  /** The group is read only in files with none of these headers, because they hold the same items. */
  readonly onlyWithout?: readonly string[];
}

/** The header of an item's column, or several if versions of the platform differ, best first. */
export type ItemHeaders = string | readonly string[];

/** The part of an item that a column holds. */
export type ItemPart = 'sku' | 'name' | 'option' | 'quantity' | 'unitPrice' | 'packed';

const namingParts: readonly ItemPart[] = ['sku', 'name', 'packed'];

/** One of the columns that describe an item. */
export interface ItemColumn {
  /** Index of the platform's item group. */
  readonly group: number;
  /** Number of the item in the row, from 1. */
  readonly item: number;
  readonly part: ItemPart;
}

/**
 * Finds the columns of item groups. Columns of an item that has neither a name nor a SKU column are left out, because
 * such an item cannot be imported.
 *
 * @param keys the normalised headers of the file
 * @returns the columns by position
 */
export function findItemColumns(
  keys: readonly string[],
  groups: readonly ItemGroup[],
): ReadonlyMap<number, ItemColumn> {
  const found = new Map<number, ItemColumn>();
  for (const [index, group] of groups.entries()) {
    if (group.onlyWithout?.some((header) => keys.includes(header))) continue;
    const columns = group.repeat === 'numbered' ? numberedColumns(keys, group) : repeatedColumns(keys, group);
    const named = new Set(columns.filter(({ part }) => namingParts.includes(part)).map(({ item }) => item));
    for (const { position, item, part } of columns) {
      if (named.has(item) && !found.has(position)) found.set(position, { group: index, item, part });
    }
  }
  return found;
}

interface FoundColumn {
  readonly position: number;
  readonly item: number;
  readonly part: ItemPart;
}

/** The k-th column of a name belongs to item k. */
function repeatedColumns(keys: readonly string[], group: ItemGroup): readonly FoundColumn[] {
  return partsOf(group).flatMap(({ part, headers }) => {
    const header = headers.find((each) => keys.includes(each));
    if (header === undefined) return [];
    const isSame = (key: string) => key === header || isRenamed(key, header);
    return keys
      .flatMap((key, position) => (isSame(key) ? [position] : []))
      .map((position, index) => ({ position, item: index + 1, part }));
  });
}

/** Whether a program has made the header unique: `Item SKU.1`, `Item SKU (2)`, `Item SKU 2`. */
function isRenamed(key: string, header: string): boolean {
  return key.startsWith(header) && /^(?:[. ]\d{1,3}| ?\(\d{1,3}\))$/.test(key.slice(header.length));
}

function numberedColumns(keys: readonly string[], group: ItemGroup): readonly FoundColumn[] {
  return partsOf(group).flatMap(({ part, headers }) => {
    const seen = new Set<number>();
    return headers.map(numberPattern).flatMap((pattern) =>
      keys.flatMap((key, position) => {
        const item = Number(pattern.exec(key)?.[1] ?? 0);
        // A second column with the same number, under any of the headers, would count its item twice.
        if (item < 1 || seen.has(item)) return [];
        seen.add(item);
        return [{ position, item, part }];
      }),
    );
  });
}

function numberPattern(header: string): RegExp {
  const [before = '', after = ''] = header
    .split('{n}')
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${before}(\\d{1,3})${after}$`);
}

interface PartHeaders {
  readonly part: ItemPart;
  /** Best first. */
  readonly headers: readonly string[];
}

function partsOf(group: ItemGroup): readonly PartHeaders[] {
  const { sku, name, quantity, unitPrice, packed, options = [] } = group;
  const parts: readonly (readonly [ItemPart, ItemHeaders | undefined])[] = [
    ['sku', sku],
    ['name', name],
    ...options.map((option) => ['option', option] as const),
    ['quantity', quantity],
    ['unitPrice', unitPrice],
    ['packed', packed],
  ];
  return parts.flatMap(([part, headers]) =>
    headers === undefined ? [] : [{ part, headers: [headers].flat() }],
  );
}
