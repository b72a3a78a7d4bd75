import { assumedStatus } from '@pledgeline/csv-core';

/** A row of a table for clients. A blank text, which means "blank in the file" in the tables, becomes null. */
export function presentRecord(row: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, presentValue(value)]));
}

/** As {@link presentRecord}. A pledge without a status gets the one that it counts as. */
export function presentPledge(
  pledge: object & { readonly status: string | null },
): Readonly<Record<string, unknown>> {
  return { ...presentRecord(pledge), status: pledge.status ?? assumedStatus };
}

function presentValue(value: unknown): unknown {
  if (value === '') return null;
  // A count of units. It is below 2^53, so a JSON number is exact.
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(presentValue);
  // Dates and decimals serialize themselves.
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? presentRecord(value) : value;
}
