/**
 * Columns that tell of one item each, several times in one row. Of each header that the file has, the first
 * occurrence belongs to the first item, the second to the second, and so on.
 */
export interface ItemGroup {
  /**
   * `same-names`: the headers are repeated as they are (Indiegogo), perhaps with a suffix by which a spreadsheet made
   * them unique (`Item SKU.1`, `Item SKU_2`). `numbered`: `{n}` in the headers stands for 1, 2, 3 …
   */
  readonly repeat: 'same-names' | 'numbered';
  /** The item's SKU or the platform's id: its key. Without one the name is. Of several headers the best first. */
  readonly sku?: ItemHeaders;
  readonly name?: ItemHeaders;
  /**
   * What was chosen (`Option 1`: red). Filled cells become part of name and key: another colour is another product.
   */
  readonly options?: readonly string[];
  /** A blank cell, or a file without the column, counts as 1. */
  readonly quantity?: ItemHeaders;
  /** Of one unit. */
  readonly unitPrice?: ItemHeaders;
}

/** What a column of an item is called, or was called by other versions of the platform: the best first. */
export type ItemHeaders = string | readonly string[];

/** What a column says of an item. */
export type ItemPart = 'sku' | 'name' | 'option' | 'quantity' | 'unitPrice';

/** One of several columns that tell of one item together. */
export interface ItemColumn {
  /** Index of the platform's item group. */
  readonly group: number;
  /** Number of the item in the row, from 1. */
  readonly item: number;
  readonly part: ItemPart;
}

/**
 * Finds the columns of items that stand beside each other in one row. Columns of an item that has neither a name nor a
 * SKU column are left out: they would be read for nothing.
 *
 * @param keys the normalised headers of the file.
 * @returns the columns by position.
 */
export function findItemColumns(
  keys: readonly string[],
  groups: readonly ItemGroup[],
): ReadonlyMap<number, ItemColumn> {
  const found = new Map<number, ItemColumn>();
  for (const [index, group] of groups.entries()) {
    const columns = group.repeat === 'numbered' ? numberedColumns(keys, group) : repeatedColumns(keys, group);
    const named = new Set(
      columns.filter(({ part }) => part === 'sku' || part === 'name').map(({ item }) => item),
    );
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

/** `Item SKU.1`, `Item SKU (2)`, `Item SKU 2`: made unique by a program that allows a name only once. */
function isRenamed(key: string, header: string): boolean {
  return key.startsWith(header) && /^(?:[. ]\d{1,3}| ?\(\d{1,3}\))$/.test(key.slice(header.length));
}

function numberedColumns(keys: readonly string[], group: ItemGroup): readonly FoundColumn[] {
  return partsOf(group).flatMap(({ part, headers }) => {
    const seen = new Set<number>();
    return headers.map(numberPattern).flatMap((pattern) =>
      keys.flatMap((key, position) => {
        const item = Number(pattern.exec(key)?.[1] ?? 0);
        // A second column of one number, under this name or another, would count its item twice.
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
  const { sku, name, quantity, unitPrice, options = [] } = group;
  const parts: readonly (readonly [ItemPart, ItemHeaders | undefined])[] = [
    ['sku', sku],
    ['name', name],
    ...options.map((option) => ['option', option] as const),
    ['quantity', quantity],
    ['unitPrice', unitPrice],
  ];
  return parts.flatMap(([part, headers]) =>
    headers === undefined ? [] : [{ part, headers: [headers].flat() }],
  );
}
