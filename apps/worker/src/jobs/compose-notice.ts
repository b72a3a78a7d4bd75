import { type DeliveredMessage, describeNotification, type UploadFacts } from '@pledgeline/db';
import type { MailStyle, Notice } from '@pledgeline/delivery';
import { uploadPage, webhookPage } from './addresses.js';

/** The content of a mail, with numbers in the merchant's locale. */
export function composeNotice(
  message: DeliveredMessage,
  { locale }: MailStyle,
  publicUrl: string | undefined,
): Notice {
  const { facts, createdAt } = message;
  const when = { label: 'Time', value: createdAt };
  // Written by a process of another release: only its text can be used.
  if (facts === null)
    return { title: 'News of an import', sentences: [message.message], facts: [when], link: null };
  const numbers = new Intl.NumberFormat(locale);
  const words = describeNotification(facts, { formatCount: (count) => numbers.format(count) });
  if (facts.kind === 'endpoint') {
    const url = publicUrl === undefined ? null : webhookPage(publicUrl, facts.endpointId);
    return { ...words, facts: [when], link: url === null ? null : { label: 'See the webhook', url } };
  }
  const { total, imported, rejected, leftOut, open } = facts.rows;
  return {
    ...words,
    facts: [
      { label: 'Campaign', value: facts.campaign },
      ...(facts.filename === null ? [] : [{ label: 'File', value: facts.filename }]),
      { label: 'Rows', value: total },
      { label: 'Imported', value: imported },
      { label: 'Rejected', value: rejected },
      ...(leftOut === 0 ? [] : [{ label: 'Left out', value: leftOut }]),
      { label: 'Not processed', value: open },
      when,
    ],
    link: linkOf(message, facts, publicUrl),
  };
}

/** What the page shows first of the upload: what the merchant has to do, or to look at. */
function linkOf(
  { uploadId }: DeliveredMessage,
  { status, rows, fileIssues }: UploadFacts,
  publicUrl: string | undefined,
): Notice['link'] {
  if (uploadId === null || publicUrl === undefined) return null;
  const url = uploadPage(publicUrl, uploadId);
  if (status === 'NEEDS_MAPPING') return { label: 'Say what the columns are', url };
  if (status === 'NEEDS_REVIEW') return { label: 'Review what it would change', url };
  if (fileIssues.count > 0) return { label: 'See what to look at', url };
  if (rows.leftOut > 0) return { label: 'See the rows to look at', url };
  return { label: rows.rejected > 0 ? 'See the rejected rows' : 'See the import', url };
}
