/** The parameters of a statement, numbered while it is written. */
export interface Parameters {
  /** Takes a value and returns its place, such as `$3`. */
  add(value: unknown): string;
  readonly values: readonly unknown[];
}

export function createParameters(): Parameters {
  const values: unknown[] = [];
  return { add: (value) => `$${values.push(value)}`, values };
}
