import { committedStatuses, formatAmount, unpaidStatuses } from '@pledgeline/csv-core/map';
import type { UploadStatistics } from '@pledgeline/db';

/** What an upload has changed, apart from what its campaign held after it. */
export function presentStatistics(statistics: UploadStatistics) {
  const { rows, records, repairs, totals, units, productCount, backersWithoutPledge, gone } = statistics;
  return {
    upload: { rows: { ...rows, leftOut: rows.leftOut ?? 0 }, records, repairs, gone: gone ?? null },
    campaign: {
      totals: totals.map((total) => ({ ...total, amount: formatAmount(total.amount, total.currency) })),
      units: units.map((each) => ({ ...each, unpaid: each.unpaid ?? null })),
      unitStatuses: committedStatuses,
      unpaidStatuses,
      productCount,
      backersWithoutPledge,
    },
  };
}
