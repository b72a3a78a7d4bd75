import type { PledgeStatus } from '@pledgeline/csv-core';
import { assumedStatus, pledgeStatusSchema } from '@pledgeline/csv-core/map';

/** The status of a pledge as readers see it: what files say, or that the campaign does not have the pledge any more. */
export const shownStatuses = [...pledgeStatusSchema.options, 'GONE'] as const;

export type ShownStatus = (typeof shownStatuses)[number];

/** As {@link shownStatusSql}, of a pledge that was read. */
export function shownStatus({
  goneSequence,
  status,
}: {
  readonly goneSequence: number | null;
  readonly status: PledgeStatus | null;
}): ShownStatus {
  return goneSequence === null ? (status ?? assumedStatus) : 'GONE';
}

/** SQL: the {@link ShownStatus} of a pledge, as text. */
export const shownStatusSql = (pledge: string) =>
  `CASE WHEN ${pledge}.gone_sequence IS NULL THEN coalesce(${pledge}.status::text, '${assumedStatus}') ELSE 'GONE' END`;
