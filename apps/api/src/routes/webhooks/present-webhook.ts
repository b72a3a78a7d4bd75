import type { DeliveryReport, WebhookEndpointReport } from '@pledgeline/db';
import { deliveryLinks, webhookLinks } from '../../links.js';

/** A webhook in an answer, without its secret, which is shown only when it is created. */
export function presentWebhook({ events, ...report }: WebhookEndpointReport, publicUrl: string | undefined) {
  return {
    ...report,
    types: events,
    enabled: report.disabled === null,
    links: webhookLinks(publicUrl, report.id),
  };
}

/** A delivery with all of its attempts. */
export function presentDelivery(report: DeliveryReport, webhookId: string, publicUrl: string | undefined) {
  const { event, ...delivery } = report;
  return {
    ...delivery,
    type: event,
    links: deliveryLinks(publicUrl, webhookId, report.id),
  };
}
