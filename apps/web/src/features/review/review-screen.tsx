import type { Upload } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failed, Loading } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { draftQuery, isWorking } from './change-queries.js';
import { ChangesView } from './changes-view.js';
import { DraftProgress } from './draft-progress.js';
import { ReviewActions } from './review-actions.js';
import { TotalsView } from './totals-view.js';

/** What an upload would change, while it waits for a person: a review, or other columns. */
export function ReviewScreen({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const { data, error, refetch } = useQuery(draftQuery(upload.id));
  if (data === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  const { draft, totals } = data;
  if (isWorking(draft)) return <DraftProgress draft={draft} />;
  if (draft.status === 'FAILED') {
    return (
      <div className="message wrong" role="alert">
        <strong>{texts.review.failed}</strong>
        <p lang="en">{draft.error}</p>
      </div>
    );
  }
  if (totals === null) return <Loading />;
  const isRemap = upload.status === 'REMAPPING';
  return (
    <>
      <section className="card" aria-labelledby="review">
        <div className="tight">
          <h2 id="review">{texts.review.title}</h2>
          <p className="quiet">{isRemap ? texts.remap.waits : texts.review.waits}</p>
          {(upload.complete || !isRemap) && (
            <p className="quiet">{upload.complete ? texts.review.goneText : texts.review.missingText}</p>
          )}
        </div>
        {draft.outdated && (
          <div className="message doubt" role="status">
            <p>{texts.review.outdated}</p>
          </div>
        )}
        <ReviewActions upload={upload} totals={totals} isOutdated={draft.outdated} />
      </section>
      {totals.campaign !== null && <TotalsView campaign={totals.campaign} />}
      <ChangesView upload={upload} totals={totals} />
    </>
  );
}
