import type { Upload } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { uploadQuery, uploadsQuery } from '../../api/queries.js';
import { Asked } from '../../parts/asked.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { sessionQuery } from '../session/session.js';
import { movesOf } from './moves.js';
import { useMove } from './use-move.js';

/** What can be done with an import as it stands. What the key may not do is not offered. */
export function UploadActions({ upload }: { readonly upload: Upload }): ReactNode {
  const { texts } = useSpeech();
  const { id } = upload;
  const { data: session } = useQuery(sessionQuery);
  const move = useMove(id);
  const remove = useRemove(id);
  const can = session ? movesOf(upload, session.scope) : new Set();
  const error = move.error ?? remove.error;
  if (can.size === 0 && error === null) return null;
  return (
    <div className="stack">
      {error !== null && <Failed error={error} title={texts.errors.refused} />}
      <div className="row">
        {can.has('redo') && (
          <button
            type="button"
            className="button"
            disabled={move.isPending}
            onClick={() => move.mutate('redo')}
          >
            {texts.moves.redo}
          </button>
        )}
        {can.has('retry') && (
          <button
            type="button"
            className="button"
            disabled={move.isPending}
            onClick={() => move.mutate('retry')}
          >
            {texts.upload.retry}
          </button>
        )}
        {can.has('cancel') && (
          <Asked
            text={texts.upload.cancel}
            question={upload.review ? texts.moves.cancelReviewAsk : texts.upload.cancelAsk}
            isDisabled={move.isPending}
            onYes={() => move.mutate('cancel')}
          />
        )}
        {can.has('undo') && (
          <Asked
            text={texts.moves.undo}
            question={texts.moves.undoAsk}
            isDisabled={move.isPending}
            onYes={() => move.mutate('undo')}
          />
        )}
        {can.has('remap') && (
          <Link href={`/uploads/${id}/columns`} className="button plain">
            {texts.moves.remap}
          </Link>
        )}
        {can.has('remove') && (
          <Asked
            text={texts.upload.remove}
            question={texts.upload.removeAsk}
            isDisabled={remove.isPending}
            onYes={() => remove.mutate()}
          />
        )}
      </div>
    </div>
  );
}

function useRemove(id: string) {
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: () => client.delete('/v1/uploads/{id}', { path: { id } }),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: uploadQuery(id).queryKey });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
      navigate('/');
    },
  });
}
