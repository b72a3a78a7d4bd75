import type { Settlement } from '@pledgeline/db';
import type { Logger } from '@pledgeline/queue';

/** An account that does not close is a fault of ours, and the merchant's upload is `FAILED` for it: somebody must look. */
export function logSettlement(settlement: Settlement | null, logger: Logger): void {
  if (settlement === null || settlement.differences.length === 0) return;
  const { uploadId, differences } = settlement;
  logger.error({ uploadId, differences }, 'the account of an upload does not close');
}
