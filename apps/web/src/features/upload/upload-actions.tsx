import { hasEnded, type Upload } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { uploadQuery, uploadsQuery } from '../../api/queries.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { sessionQuery } from '../session/session.js';

/** What can be done with an import as it stands. What the key may not do is not offered. */
export function UploadActions({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { data: session } = useQuery(sessionQuery);
  const { id } = upload;
  const refresh = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: uploadQuery(id).queryKey });
    await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
  };
  const cancel = useMutation({
    mutationFn: () => client.post('/v1/uploads/{id}/cancel', { path: { id } }),
    onSuccess: refresh,
  });
  const retry = useMutation({
    mutationFn: () => client.post('/v1/uploads/{id}/retry', { path: { id } }),
    onSuccess: refresh,
  });
  const remove = useMutation({
    mutationFn: () => client.delete('/v1/uploads/{id}', { path: { id } }),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: uploadQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
      navigate('/');
    },
  });
  if (session === undefined || session === null || session.scope === 'read') return null;
  const canRetry = upload.status === 'FAILED' && upload.chunks.failed > 0;
  const canStop = upload.sealed && (!hasEnded(upload) || upload.status === 'NEEDS_MAPPING');
  const canRemove = hasEnded(upload) && upload.status !== 'NEEDS_MAPPING' && session.scope === 'admin';
  const error = cancel.error ?? retry.error ?? remove.error;
  return (
    <div className="stack">
      {error !== null && <Failed error={error} title={texts.errors.refused} />}
      <div className="row">
        {canRetry && (
          <button type="button" className="button" disabled={retry.isPending} onClick={() => retry.mutate()}>
            {texts.upload.retry}
          </button>
        )}
        {canStop && (
          <Asked text={texts.upload.cancel} question={texts.upload.cancelAsk} onYes={() => cancel.mutate()} />
        )}
        {canRemove && (
          <Asked text={texts.upload.remove} question={texts.upload.removeAsk} onYes={() => remove.mutate()} />
        )}
      </div>
    </div>
  );
}

interface AskedProps {
  readonly text: string;
  readonly question: string;
  readonly onYes: () => void;
}

/** A button for what cannot be taken back: it asks first, in its own place. */
function Asked({ text, question, onYes }: AskedProps): ReactNode {
  const { texts } = useSpeech();
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" className="button plain" onClick={() => setAsking(true)}>
        {text}
      </button>
    );
  }
  const answer = (isYes: boolean): void => {
    setAsking(false);
    if (isYes) onYes();
  };
  return (
    <div className="message doubt" role="alertdialog" aria-label={question}>
      <p>{question}</p>
      <div className="row">
        <button type="button" className="button" onClick={() => answer(true)}>
          {texts.upload.yes}
        </button>
        {/* biome-ignore lint/a11y/noAutofocus: the way back is next to the finger, and the focus must not be lost */}
        <button type="button" className="button plain" autoFocus onClick={() => answer(false)}>
          {texts.upload.no}
        </button>
      </div>
    </div>
  );
}
