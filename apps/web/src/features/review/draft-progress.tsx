import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProgressCard } from '../../parts/progress-card.js';
import { useSpeech } from '../../texts/texts.js';
import { type Draft, draftQuery } from './change-queries.js';
import { shareOf } from './draft-share.js';

/** How far it is to know what an upload changes, or to write it. */
export function DraftProgress({ draft }: { readonly draft: Draft }): ReactNode {
  const { texts } = useSpeech();
  const { kind, status } = draft;
  const titles = texts.review.working[kind];
  return (
    <ProgressCard
      title={status === 'APPLYING' ? titles.applying : titles.building}
      percent={shareOf(draft)}
      note={kind === 'HISTORY' ? texts.review.historyLeave : texts.review.leaveHeld}
    />
  );
}

const begun: Draft = { kind: 'UNDO', status: 'BUILDING', outdated: false, percent: 0, error: null };

/** How far an undo is. Whatever keeps the page from asking, it is said where the upload is followed. */
export function UndoProgress({ id }: { readonly id: string }): ReactNode {
  const { data } = useQuery(draftQuery(id));
  return <DraftProgress draft={data?.draft.kind === 'UNDO' ? data.draft : begun} />;
}
