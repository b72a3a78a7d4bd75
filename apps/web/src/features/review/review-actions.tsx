import { ProblemError, type Upload } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { campaignsQuery, uploadQuery, uploadsQuery } from '../../api/queries.js';
import { Asked } from '../../parts/asked.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { sessionQuery } from '../session/session.js';
import { countKinds } from './change-filter.js';
import type { Totals } from './change-queries.js';

interface ReviewActionsProps {
  readonly upload: Upload;
  readonly totals: Totals;
  /** Whether the campaign has changed since; then the review is made anew before it can be applied. */
  readonly isOutdated: boolean;
}

/** Lets what is shown happen, or not. */
export function ReviewActions({ upload, totals, isOutdated }: ReviewActionsProps): ReactNode {
  const { texts } = useSpeech();
  const { data: session } = useQuery(sessionQuery);
  const apply = useAnswer(upload.id, 'apply');
  const discard = useAnswer(upload.id, 'discard');
  const submit = useApplyText(upload, totals);
  const isBusy = apply.isPending || discard.isPending;
  const error = apply.error ?? discard.error;
  if (session?.scope === 'read') return <p className="quiet">{texts.review.readOnly}</p>;
  return (
    <>
      {error !== null && !isMadeAnew(error) && <Failed error={error} title={texts.errors.refused} />}
      <div className="row">
        <button type="button" className="button" disabled={isBusy} onClick={() => apply.mutate()}>
          {isOutdated ? texts.review.renew : submit}
        </button>
        <Asked
          text={texts.review.discard}
          question={upload.status === 'REMAPPING' ? texts.remap.discardAsk : texts.review.discardAsk}
          isDisabled={isBusy}
          onYes={() => discard.mutate()}
        />
      </div>
    </>
  );
}

/** The button says how much it does. */
function useApplyText({ complete }: Upload, totals: Totals): string {
  const { texts, format } = useSpeech();
  const { created, changed, removed, missing } = countKinds(totals);
  const parts = [
    [created, texts.review.kinds.created],
    [changed, texts.review.kinds.changed],
    [removed, texts.review.kinds.removed],
    [complete ? missing : 0, texts.review.kinds.gone],
  ] as const;
  const said = parts
    .filter(([count]) => count > 0)
    .map(([count, kind]) => `${format.number(count)} ${kind.toLocaleLowerCase(format.language)}`);
  return said.length === 0 ? texts.review.applyNothing : texts.review.apply(said.join(', '));
}

const send = {
  apply: (id: string) => client.post('/v1/uploads/{id}/apply', { path: { id } }),
  discard: (id: string) => client.post('/v1/uploads/{id}/discard', { path: { id } }),
};

function useAnswer(id: string, answer: keyof typeof send) {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: () => send[answer](id),
    onSuccess: () => navigate(`/uploads/${id}`, { replace: true }),
    // In the address, because this screen goes while the review is made anew, and the reason must stay.
    onError: (error) => isMadeAnew(error) && navigate(`/uploads/${id}?renewed`, { replace: true }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: uploadQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
    },
  });
}

function isMadeAnew(error: unknown): boolean {
  return error instanceof ProblemError && error.code === 'review_outdated';
}
