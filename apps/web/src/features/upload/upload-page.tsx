import { hasEnded } from '@pledgeline/client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useSearch } from 'wouter';
import { uploadQuery } from '../../api/queries.js';
import { Failed, Loading } from '../../parts/state.js';
import { useTitle } from '../../parts/use-title.js';
import { useSpeech } from '../../texts/texts.js';
import { MappingForm } from '../mapping/mapping-form.js';
import { LiveProgress } from './live-progress.js';
import { Report } from './report.js';
import { StatusTag } from './status-tag.js';
import { UploadActions } from './upload-actions.js';
import { useFollowing } from './use-following.js';

/** One import, wherever it stands: its progress, its questions, or its report. */
export function UploadPage({ id }: { readonly id: string }): ReactNode {
  const { texts, format } = useSpeech();
  const { data: upload, error, refetch } = useQuery(uploadQuery(id));
  const isDuplicate = new URLSearchParams(useSearch()).has('duplicate');
  const followError = useFollowing(upload);
  useTitle(upload?.filename ?? texts.navigation.imports);
  if (upload === undefined) {
    return error === null ? <Loading /> : <Failed error={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <div className="tight">
        <div className="row">
          <h1>{upload.filename ?? texts.imports.unnamed}</h1>
          <StatusTag status={upload.status} />
        </div>
        <p className="quiet">
          <Link href={`/campaigns/${upload.campaignId}`}>{upload.campaign}</Link> ·{' '}
          {format.bytes(upload.byteCount)} · {format.dateTime(upload.createdAt)}
        </p>
      </div>
      {isDuplicate && (
        <div className="message doubt" role="status">
          <p>{texts.sending.duplicate}</p>
        </div>
      )}
      {followError !== null && <Failed error={followError} />}
      {!hasEnded(upload) && <LiveProgress upload={upload} />}
      {upload.status === 'NEEDS_MAPPING' && <MappingForm upload={upload} />}
      {hasEnded(upload) && upload.status !== 'NEEDS_MAPPING' && <Report upload={upload} />}
      <UploadActions upload={upload} />
    </>
  );
}
