import type { DeliveredMessage } from '@pledgeline/db';
import type { WebhookMessage } from '@pledgeline/delivery';
import { uploadAddress, uploadPage } from './addresses.js';

/**
 * The payload of a webhook: ids, numbers and codes. No names, not even that of the file, and no cells: so the
 * receiver's log holds nothing about a backer. The payload is the same at every attempt.
 */
export function composeWebhook(
  id: string,
  { event, createdAt, notificationId, uploadId, facts }: DeliveredMessage,
  publicUrl: string | undefined,
): WebhookMessage {
  const data: Record<string, unknown> = { notificationId, uploadId };
  if (facts?.kind === 'upload') {
    data['campaignId'] = facts.campaignId;
    data['status'] = facts.status;
    data['rows'] = facts.rows;
    data['gone'] = facts.gone;
    data['failure'] = facts.failure === null ? null : { code: facts.failure.code };
    const { count, errors, codes } = facts.fileIssues;
    data['fileIssues'] = { count, errors, codes };
  }
  if (uploadId !== null && publicUrl !== undefined)
    data['links'] = { upload: uploadAddress(publicUrl, uploadId), page: uploadPage(publicUrl, uploadId) };
  return { id, type: event, timestamp: createdAt, data };
}
