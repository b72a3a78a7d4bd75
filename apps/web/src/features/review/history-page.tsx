import { ProblemError, type Upload } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { uploadQuery } from '../../api/queries.js';
import { Blank, Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { draftQuery, isWorking } from './change-queries.js';
import { ChangesView } from './changes-view.js';
import { DraftProgress } from './draft-progress.js';
import { TotalsView } from './totals-view.js';

/** What an upload that has ended has changed. It is worked out from its kept rows for who comes here first. */
export function HistoryPage({ id }: { readonly id: string }): ReactNode {
  const { texts } = useSpeech();
  const { data: upload, error, refetch } = useQuery(uploadQuery(id));
  useTitle(texts.review.history);
  if (upload === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="tight">
        <h1>{texts.review.history}</h1>
        <p className="quiet">
          <Link href={`/uploads/${id}`}>{upload.filename ?? texts.imports.unnamed}</Link>
        </p>
      </div>
      <History upload={upload} />
    </>
  );
}

function History({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const { data, error, refetch } = useQuery(draftQuery(upload.id));
  if (data === undefined) {
    if (error === null) return <Loading />;
    const reason = reasonOf(error);
    if (reason === null) return <Failed error={error} onRetry={() => void refetch()} />;
    return <Blank>{texts.review.noHistory[reason]}</Blank>;
  }
  const { draft, totals } = data;
  if (isWorking(draft) || totals === null) return <DraftProgress draft={draft} />;
  return (
    <>
      {totals.campaign !== null && <TotalsView campaign={totals.campaign} />}
      <ChangesView upload={upload} totals={totals} />
    </>
  );
}

/** Why an upload has nothing to show, where trying again does not help. */
function reasonOf(error: unknown): 'rows_purged' | 'upload_not_done' | null {
  if (!(error instanceof ProblemError)) return null;
  if (error.code === 'rows_purged') return 'rows_purged';
  return error.code === 'upload_not_done' ? 'upload_not_done' : null;
}
