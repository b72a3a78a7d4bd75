import type { NotificationReport, UploadFacts } from '@pledgeline/db';

/** The links of an upload; absolute when the public URL is known. */
export function uploadLinks(publicUrl: string | undefined, uploadId: string) {
  const self = `${root(publicUrl)}/uploads/${uploadId}`;
  return {
    self,
    files: `${self}/files`,
    events: `${self}/events`,
    issues: `${self}/issues`,
    issuesSummary: `${self}/issues/summary`,
    issuesCsv: `${self}/issues.csv`,
    rejected: `${self}/rejected.csv`,
    mapping: `${self}/mapping`,
    retry: `${self}/retry`,
    cancel: `${self}/cancel`,
    changes: `${self}/changes`,
    apply: `${self}/apply`,
    discard: `${self}/discard`,
    undo: `${self}/undo`,
    redo: `${self}/redo`,
    remap: `${self}/remap`,
  };
}

/** The links of a notification: only those that show something to see or to do. */
export function notificationLinks(
  publicUrl: string | undefined,
  { event, facts, uploadId }: Pick<NotificationReport, 'event' | 'facts' | 'uploadId'>,
): Readonly<Partial<Record<'page' | 'upload' | 'issues' | 'mapping' | 'changes' | 'webhook', string>>> {
  if (facts?.kind === 'endpoint') {
    const { self } = webhookLinks(publicUrl, facts.endpointId);
    return { page: pageOf(publicUrl, `webhooks/${facts.endpointId}`), webhook: self };
  }
  if (uploadId === null) return {};
  const { self, issues, mapping, changes } = uploadLinks(publicUrl, uploadId);
  return {
    page: pageOf(publicUrl, `uploads/${uploadId}`),
    upload: self,
    ...(facts !== null && issuesLink(issues, facts)),
    ...(event === 'upload.needs_mapping' && { mapping }),
    ...(event === 'upload.needs_review' && { changes }),
  };
}

/** Issues of files come first in the list, and rows that were left out have warnings. Where only rows were rejected, the link shows only errors. */
function issuesLink(issues: string, { rows, fileIssues }: UploadFacts) {
  if (fileIssues.count > 0 || rows.leftOut > 0) return { issues };
  return rows.rejected > 0 && { issues: `${issues}?severity=error` };
}

/** The links of a webhook. */
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

/** The links of a delivery to a webhook. */
export function deliveryLinks(publicUrl: string | undefined, webhookId: string, id: string) {
  const webhook = webhookLinks(publicUrl, webhookId);
  const self = `${webhook.deliveries}/${id}`;
  return { self, replay: `${self}/replay`, webhook: webhook.self };
}

/** The links of a campaign. */
export function campaignLinks(publicUrl: string | undefined, id: string) {
  const self = `${root(publicUrl)}/campaigns/${id}`;
  return { self, merge: `${self}/merge` };
}

/** The links of a key. */
export function keyLinks(publicUrl: string | undefined, id: string) {
  const revoke = `${root(publicUrl)}/keys/${id}`;
  return { revoke, rotate: `${revoke}/rotate` };
}

function root(publicUrl: string | undefined): string {
  return `${start(publicUrl)}/v1`;
}

/** A place in the page for people. */
function pageOf(publicUrl: string | undefined, place: string): string {
  return `${start(publicUrl)}/app/${place}`;
}

function start(publicUrl: string | undefined): string {
  return publicUrl?.replace(/\/+$/, '') ?? '';
}
