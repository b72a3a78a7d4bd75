import { type DeliveredMessage, describeNotification, type UploadFacts } from '@pledgeline/db';
import type { MailStyle, Notice } from '@pledgeline/delivery';
import { uploadAddress } from './upload-address.js';

/** What a mail says, with its numbers as the merchant writes them. */
export function composeNotice(
  message: DeliveredMessage,
  { locale }: MailStyle,
  publicUrl: string | undefined,
): Notice {
  const { facts, createdAt } = message;
  const when = { label: 'Time', value: createdAt };
  // Written by a process of the release before: all that is known are its words.
  if (facts === null)
    return { title: 'News of an import', sentences: [message.message], facts: [when], link: null };
  const numbers = new Intl.NumberFormat(locale);
  const words = describeNotification(facts, { formatCount: (count) => numbers.format(count) });
  if (facts.kind === 'endpoint') return { ...words, facts: [when], link: null };
  const { total, imported, rejected, open } = facts.rows;
  return {
    ...words,
    facts: [
      { label: 'Campaign', value: facts.campaign },
      ...(facts.filename === null ? [] : [{ label: 'File', value: facts.filename }]),
      { label: 'Rows', value: total },
      { label: 'Imported', value: imported },
      { label: 'Rejected', value: rejected },
      { label: 'Not processed', value: open },
      when,
    ],
    link: linkOf(message, facts, publicUrl),
  };
}

/** There is no page yet that a person could log in to. */
const ASKS = '(the API asks for your key)';

/** Where to act comes first: nothing is imported without a mapping. */
function linkOf(
  { uploadId }: DeliveredMessage,
  { status, rows, fileIssues }: UploadFacts,
  publicUrl: string | undefined,
): Notice['link'] {
  if (uploadId === null || publicUrl === undefined) return null;
  const upload = uploadAddress(publicUrl, uploadId);
  if (status === 'NEEDS_MAPPING') {
    return { label: `The columns of the file ${ASKS}`, url: `${upload}/mapping` };
  }
  if (fileIssues.count > 0) return { label: `What to look at ${ASKS}`, url: `${upload}/issues` };
  return rows.rejected > 0
    ? { label: `The rejected rows ${ASKS}`, url: `${upload}/issues?severity=error` }
    : { label: `The import ${ASKS}`, url: upload };
}
