import type { Upload } from '@pledgeline/client';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSpeech } from '../../texts/texts.js';

/** The later imports that have brought back rejected rows of this one, and what became of the rows. */
export function MadeGood({ upload: { madeGoodBy } }: { readonly upload: Upload }): ReactNode {
  const { texts, format } = useSpeech();
  if (madeGoodBy.length === 0) return null;
  return (
    <section className="message good" aria-labelledby="made-good">
      <strong id="made-good">{texts.correcting.madeGood}</strong>
      <ul>
        {madeGoodBy.map(({ uploadId, status, imported, rejected }) => (
          <li key={uploadId}>
            {texts.correcting.madeGoodRows(imported, format.number(imported))}
            {rejected > 0 && texts.correcting.rejectedAgain(rejected, format.number(rejected))} ·{' '}
            <Link href={`/uploads/${uploadId}`}>{texts.upload.statuses[status]}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
