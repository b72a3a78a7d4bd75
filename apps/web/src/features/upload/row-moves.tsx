import type { Schemas } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { describeError } from '../../api/describe-error.js';
import { Asked } from '../../parts/asked.js';
import { useSpeech } from '../../texts/texts.js';
import { sessionQuery } from '../session/session.js';
import { movesOf } from './moves.js';
import { useMove } from './use-move.js';

/** What can be done with an import in a list of them; the rest is on its own page. */
export function RowMoves({ upload }: { readonly upload: Schemas['UploadSummary'] }): ReactNode {
  const { texts } = useSpeech();
  const { data: session } = useQuery(sessionQuery);
  const move = useMove(upload.id);
  const can = session ? movesOf(upload, session.scope) : new Set();
  const named = (text: string) => `${text}: ${upload.filename ?? texts.imports.unnamed}`;
  return (
    <div className="row-moves small">
      {can.has('cancel') && (
        <Asked
          className="link"
          text={texts.moves.short.cancel}
          label={named(texts.moves.short.cancel)}
          question={upload.review ? texts.moves.cancelReviewAsk : texts.upload.cancelAsk}
          isDisabled={move.isPending}
          onYes={() => move.mutate('cancel')}
        />
      )}
      {can.has('retry') && (
        <button
          type="button"
          className="link"
          aria-label={named(texts.moves.short.retry)}
          disabled={move.isPending}
          onClick={() => move.mutate('retry')}
        >
          {texts.moves.short.retry}
        </button>
      )}
      {can.has('undo') && (
        <Asked
          className="link"
          text={texts.moves.short.undo}
          label={named(texts.moves.short.undo)}
          question={texts.moves.undoAsk}
          isDisabled={move.isPending}
          onYes={() => move.mutate('undo')}
        />
      )}
      {can.has('redo') && (
        <button
          type="button"
          className="link"
          aria-label={named(texts.moves.short.redo)}
          disabled={move.isPending}
          onClick={() => move.mutate('redo')}
        >
          {texts.moves.short.redo}
        </button>
      )}
      {move.error !== null && (
        <span className="wrong-text" role="alert">
          {describeError(move.error, texts)}
        </span>
      )}
    </div>
  );
}
