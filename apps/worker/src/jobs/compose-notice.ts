import { type DeliveredMessage, describeNotification, type UploadFacts } from '@pledgeline/db';
import type { MailStyle, Notice } from '@pledgeline/delivery';
import { uploadAddress } from './upload-address.js';

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
  if (facts.kind === 'endpoint') return { ...words, facts: [when], link: null };
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

/** Links lead to the API, since there is no website to log in to yet. */
const KEY_NEEDED = '(the API asks for your key)';

/** The page where the merchant has to act first: nothing is imported without a mapping. */
function linkOf(
  { uploadId }: DeliveredMessage,
  { status, rows, fileIssues }: UploadFacts,
  publicUrl: string | undefined,
): Notice['link'] {
  if (uploadId === null || publicUrl === undefined) return null;
  const upload = uploadAddress(publicUrl, uploadId);
  if (status === 'NEEDS_MAPPING') {
    return { label: `The columns of the file ${KEY_NEEDED}`, url: `${upload}/mapping` };
  }
  if (fileIssues.count > 0) return { label: `What to look at ${KEY_NEEDED}`, url: `${upload}/issues` };
  if (rows.leftOut > 0) return { label: `The rows to look at ${KEY_NEEDED}`, url: `${upload}/issues` };
  return rows.rejected > 0
    ? { label: `The rejected rows ${KEY_NEEDED}`, url: `${upload}/issues?severity=error` }
    : { label: `The import ${KEY_NEEDED}`, url: upload };
}
