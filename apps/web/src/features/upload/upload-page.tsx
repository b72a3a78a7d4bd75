import type { Upload } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode } from 'react';
import { Link, useSearch } from 'wouter';
import { uploadQuery } from '../../api/queries.js';
import { Late } from '../../parts/late.js';
import { Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { MappingForm } from '../mapping/mapping-form.js';
import { UndoProgress } from '../review/draft-progress.js';
import { LiveProgress } from './live-progress.js';
import { Report } from './report.js';
import { StatusTag } from './status-tag.js';
import { Undone } from './undone.js';
import { UploadActions } from './upload-actions.js';
import { useFollowing } from './use-following.js';
import { useGivenUp } from './use-given-up.js';

const ReviewScreen = lazy(() =>
  import('../review/review-screen.js').then((part) => ({ default: part.ReviewScreen })),
);

/** One import, wherever it stands: its progress, its questions, or its report. */
export function UploadPage({ id }: { readonly id: string }): ReactNode {
  const { texts, format } = useSpeech();
  const { data: upload, error, refetch } = useQuery(uploadQuery(id));
  const search = new URLSearchParams(useSearch());
  const followError = useFollowing(upload);
  const isGivenUp = useGivenUp(upload?.status);
  useTitle(upload?.filename ?? texts.navigation.imports);
  if (upload === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="tight">
        <div className="row">
          <h1>{upload.filename ?? texts.imports.unnamed}</h1>
          <StatusTag status={upload.status} review={upload.review} />
        </div>
        <p className="quiet">
          <Link href={`/campaigns/${upload.campaignId}`}>{upload.campaign}</Link> ·{' '}
          {format.bytes(upload.byteCount)} · {format.dateTime(upload.createdAt)}
        </p>
      </div>
      {search.has('duplicate') && <Note text={texts.sending.duplicate} />}
      {search.has('renewed') && <Note text={texts.review.renewed} />}
      {isGivenUp && <Note text={texts.moves.givenUp} />}
      {followError !== null && <Failed error={followError} />}
      <Standing upload={upload} />
      <UploadActions upload={upload} />
    </>
  );
}

function Note({ text }: { readonly text: string }): ReactNode {
  return (
    <div className="message doubt" role="status">
      <p>{text}</p>
    </div>
  );
}

/** What there is to see of an import as it stands. */
function Standing({ upload }: { readonly upload: Upload }): ReactNode {
  switch (upload.status) {
    case 'PENDING':
    case 'PROCESSING':
      return <LiveProgress upload={upload} />;
    case 'UNDOING':
      return <UndoProgress id={upload.id} />;
    case 'NEEDS_MAPPING':
      return <MappingForm upload={upload} />;
    case 'NEEDS_REVIEW':
    case 'REMAPPING':
      return (
        <Late>
          <ReviewScreen upload={upload} />
        </Late>
      );
    case 'UNDONE':
      return <Undone />;
    case 'COMPLETED':
    case 'FAILED':
    case 'CANCELED':
      return <Report upload={upload} />;
  }
}
