import type { Upload } from '@pledgeline/client';
import { type ReactNode, Suspense } from 'react';
import { Link } from 'wouter';
import { useSpeech } from '../../texts/texts.js';
import { CampaignCharts } from '../campaign/campaign-charts.js';
import { RejectsList } from '../rejects/rejects-list.js';
import { Account } from './account.js';
import { Changes } from './changes.js';
import { Messages } from './messages.js';

/** What an import has done. */
export function Report({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const { failure, detail, warnings, statistics } = upload;
  return (
    <>
      {upload.status === 'FAILED' && (
        <div className="message wrong" role="alert">
          <strong>{texts.upload.failedTitle}</strong>
          <p lang="en">{failure?.message ?? detail}</p>
          {upload.review && <p>{texts.review.failedText}</p>}
        </div>
      )}
      {upload.status === 'CANCELED' && (
        <div className="message doubt">
          <strong>{texts.upload.canceledTitle}</strong>
          {detail !== undefined && <p lang="en">{detail}</p>}
        </div>
      )}
      {upload.rows.total > 0 && !upload.review && <Account upload={upload} />}
      <Messages title={texts.upload.warnings} messages={warnings.map(({ message }) => message)} />
      <RejectsList upload={upload} />
      {statistics !== null && <Changes statistics={statistics} />}
      {!upload.review && upload.rows.imported > 0 && (
        <p>
          <Link href={`/uploads/${upload.id}/changes`}>{texts.review.historyLink}</Link>
        </p>
      )}
      {statistics !== null && (
        <Suspense>
          <CampaignCharts id={upload.campaignId} />
        </Suspense>
      )}
    </>
  );
}
