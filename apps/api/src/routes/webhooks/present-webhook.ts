import type { DeliveryReport, WebhookEndpointReport } from '@pledgeline/db';
import { deliveryLinks, webhookLinks } from '../../links.js';

/** A webhook as it is shown. The secret is no part of it: that is shown when it is made, and never again. */
export function presentWebhook(report: WebhookEndpointReport, publicUrl: string | undefined) {
  return { ...report, enabled: report.disabled === null, links: webhookLinks(publicUrl, report.id) };
}

/** A delivery with all of its attempts. */
export function presentDelivery(report: DeliveryReport, webhookId: string, publicUrl: string | undefined) {
  const { notificationId, uploadId, ...delivery } = report;
  return {
    ...delivery,
    notification: notificationId,
    upload: uploadId,
    links: deliveryLinks(publicUrl, webhookId, report.id),
  };
}
