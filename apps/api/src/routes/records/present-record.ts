import { assumedStatus } from '@pledgeline/csv-core';

/** A row as clients see it: in the tables a blank text says "blank in the file", to a client it is just nothing. */
export function presentRecord(row: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, presentValue(value)]));
}

/** As {@link presentRecord}, with the status that a pledge counts as while no file has told one. */
export function presentPledge(
  pledge: object & { readonly status: string | null },
): Readonly<Record<string, unknown>> {
  return { ...presentRecord(pledge), status: pledge.status ?? assumedStatus };
}

function presentValue(value: unknown): unknown {
  if (value === '') return null;
  // A count of units; JSON knows no other integer, and nothing here counts to 2^53.
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(presentValue);
  // Dates and decimals know themselves how they are written.
  const isPlain =
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return isPlain ? presentRecord(value) : value;
}
