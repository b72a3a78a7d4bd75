/**
 * Where a page of a list begins, if not at its beginning: beside an entry, which may be gone by now.
 *
 * @typeParam Key what the list is sorted by; it names one entry
 */
export interface PageStart<Key = string> {
  /** `after`: the page holds the entries that follow in the order of the list. `before`: those that come right before. */
  readonly side: 'after' | 'before';
  readonly key: Key;
}

/** How a query reads a page of a list that is sorted by one column. */
export interface Reading {
  /** Compares the column with the key of the start. */
  readonly beyond: '<' | '>';
  readonly order: 'ASC' | 'DESC';
}

/**
 * How a page is read from its start on. A page before an entry is read backwards, so that it holds the entries next to it;
 * whoever shows it turns it around.
 *
 * @param order of the list
 */
export function readingFrom({ side }: Partial<PageStart<unknown>> = {}, order: Reading['order']): Reading {
  return (order === 'ASC') === (side !== 'before')
    ? { beyond: '>', order: 'ASC' }
    : { beyond: '<', order: 'DESC' };
}
