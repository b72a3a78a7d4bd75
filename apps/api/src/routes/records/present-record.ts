import { assumedStatus } from '@pledgeline/csv-core';

/** A row as clients see it: in the tables a blank text says "blank in the file", to a client it is just nothing. */
export function presentRecord(row: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === '' ? null : value]));
}

/** As {@link presentRecord}, with the status that a pledge counts as while no file has told one. */
export function presentPledge(
  pledge: object & { readonly status: string | null },
): Readonly<Record<string, unknown>> {
  return { ...presentRecord(pledge), status: pledge.status ?? assumedStatus };
}
