import type { Settlement } from '@pledgeline/db';
import type { Logger } from '@pledgeline/queue';

/** Logs an account that does not close. That is a fault of ours which fails the merchant's upload, so a person must look. */
export function logSettlement(settlement: Settlement | null, logger: Logger): void {
  if (settlement === null || settlement.differences.length === 0) return;
  const { uploadId, differences } = settlement;
  logger.error({ uploadId, differences }, 'The account of an upload does not close');
}
