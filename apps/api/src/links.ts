import type { NotificationReport, UploadFacts } from '@pledgeline/db';

/** Addresses that an answer leads on to, absolute when the public address is known. */
export function uploadLinks(publicUrl: string | undefined, uploadId: string) {
  const self = `${root(publicUrl)}/uploads/${uploadId}`;
  return {
    self,
    files: `${self}/files`,
    issues: `${self}/issues`,
    issuesSummary: `${self}/issues/summary`,
    mapping: `${self}/mapping`,
    retry: `${self}/retry`,
    cancel: `${self}/cancel`,
  };
}

/** Where to look, or to act, after a notification: only what there is anything to see at. */
export function notificationLinks(
  publicUrl: string | undefined,
  { event, facts, uploadId }: Pick<NotificationReport, 'event' | 'facts' | 'uploadId'>,
): Readonly<Partial<Record<'upload' | 'issues' | 'mapping' | 'webhook', string>>> {
  if (facts?.kind === 'endpoint') return { webhook: webhookLinks(publicUrl, facts.endpointId).self };
  if (uploadId === null) return {};
  const { self, issues, mapping } = uploadLinks(publicUrl, uploadId);
  return {
    upload: self,
    ...(facts !== null && issuesLink(issues, facts)),
    ...(event === 'upload.needs_mapping' && { mapping }),
  };
}

/** What was found in files comes first in the list; where only rows were rejected, they are all that is looked for. */
function issuesLink(issues: string, { rows, fileIssues }: UploadFacts) {
  if (fileIssues.count > 0) return { issues };
  return rows.rejected > 0 && { issues: `${issues}?severity=error` };
}

/** What can be done with a webhook. */
export function webhookLinks(publicUrl: string | undefined, id: string) {
  const self = `${root(publicUrl)}/webhooks/${id}`;
  return {
    self,
    rotateSecret: `${self}/rotate-secret`,
    test: `${self}/test`,
    deliveries: `${self}/deliveries`,
    replay: `${self}/replay`,
  };
}

/** What can be done with a delivery to a webhook. */
export function deliveryLinks(publicUrl: string | undefined, webhookId: string, id: string) {
  const webhook = webhookLinks(publicUrl, webhookId);
  const self = `${webhook.deliveries}/${id}`;
  return { self, replay: `${self}/replay`, webhook: webhook.self };
}

function root(publicUrl: string | undefined): string {
  return `${publicUrl?.replace(/\/+$/, '') ?? ''}/v1`;
}
