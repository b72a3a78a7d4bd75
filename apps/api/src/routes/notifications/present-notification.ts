import { describeNotification, type NotificationReport, type UploadFacts } from '@pledgeline/db';
import { notificationLinks } from '../../links.js';

/** A notification as the feed and the event stream show it. */
export function presentNotification(report: NotificationReport, publicUrl: string | undefined) {
  const { id, event, message, facts, uploadId, createdAt, readAt } = report;
  const words = facts === null ? { title: message, sentences: [] } : describeNotification(facts);
  return {
    id,
    type: event,
    message,
    title: words.title,
    sentences: words.sentences,
    rows: facts?.kind === 'upload' ? facts.rows : null,
    gone: facts?.kind === 'upload' ? facts.gone : null,
    fileIssues: facts?.kind === 'upload' ? countsOf(facts) : null,
    uploadId,
    createdAt,
    readAt,
    links: notificationLinks(publicUrl, report),
  };
}

/** The counts, as in a webhook. The sentences already name the first issues. */
function countsOf({ fileIssues: { count, errors, codes } }: UploadFacts) {
  return { count, errors, codes };
}
