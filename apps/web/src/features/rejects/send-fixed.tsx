import { hasEnded, type Upload } from '@pledgeline/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import { client } from '../../api/client.js';
import { uploadQuery, uploadsQuery } from '../../api/queries.js';
import { Failed } from '../../parts/state.js';
import { useSpeech } from '../../texts/texts.js';
import { StatusTag } from '../upload/status-tag.js';
import { useFollowing } from '../upload/use-following.js';
import type { BookState } from './book/protocol.js';
import type { RejectsStore } from './rejects-store.js';

interface SendProps {
  readonly upload: Upload;
  readonly store: RejectsStore;
  readonly state: BookState;
  /** The number of the file; undefined where it did not have to be chosen. */
  readonly file: number | undefined;
  readonly isOnline: boolean;
}

interface Sent {
  readonly id: string;
  readonly rows: number;
  /** Whether the campaign had these very rows already; then this is their import. */
  readonly isDuplicate: boolean;
}

/** Sends the rows that are fixed as an import of their own. It names the first one, so it is read as that was, and asks nothing. */
export function SendFixed({ upload, store, state, file: number, isOnline }: SendProps): ReactNode {
  const { texts, format } = useSpeech();
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: async (): Promise<Sent | null> => {
      const { file, rows } = await store.write();
      if (rows.length === 0) return null;
      const filename = texts.correcting.filename(upload.filename ?? 'rejected.csv');
      const { id, duplicateOf } = await client.uploadFile(file, { campaign: upload.campaignId, filename });
      await store.remove(rows);
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
      return { id, rows: rows.length, isDuplicate: duplicateOf !== undefined };
    },
  });
  const { fixed, rows, changed } = state;
  const shownFixed = format.number(fixed);
  return (
    <div className="stack">
      {sending.isError && <Failed error={sending.error} title={texts.correcting.notSent} />}
      {sending.data === null && <p className="message doubt">{texts.correcting.noneAlone}</p>}
      {sending.data != null && <SentView upload={upload} sent={sending.data} />}
      <div className="row">
        {rows > 0 && (
          <button
            type="button"
            className="button"
            disabled={fixed === 0 || !isOnline || sending.isPending}
            onClick={() => sending.mutate()}
          >
            {sending.isPending ? texts.correcting.sending : texts.correcting.send(fixed, shownFixed)}
          </button>
        )}
        <Download upload={upload} file={number} />
        <span className="quiet" role="status">
          {texts.correcting.account(format.number(rows), shownFixed, format.number(changed))}
        </span>
      </div>
    </div>
  );
}

function Download({ upload, file }: Pick<SendProps, 'upload' | 'file'>): ReactNode {
  const { texts } = useSpeech();
  const address = `/v1/uploads/${encodeURIComponent(upload.id)}/rejected.csv`;
  return (
    <a className="button plain" href={file === undefined ? address : `${address}?file=${file}`} download>
      {texts.rejects.download}
    </a>
  );
}

/** What became of the rows that were sent. */
function SentView({ upload, sent }: { readonly upload: Upload; readonly sent: Sent }): ReactNode {
  const { texts, format } = useSpeech();
  const queries = useQueryClient();
  const { data: later } = useQuery(uploadQuery(sent.id));
  const followError = useFollowing(later);
  const isOver = later !== undefined && hasEnded(later);
  useEffect(() => {
    // The first import says now by which one its rows were made good.
    if (isOver) void queries.invalidateQueries({ queryKey: uploadQuery(upload.id).queryKey, exact: true });
  }, [isOver, queries, upload.id]);
  return (
    <div className="message good" role="status">
      <p>
        {sent.isDuplicate
          ? texts.sending.duplicate
          : texts.correcting.sent(sent.rows, format.number(sent.rows))}{' '}
        {later !== undefined && <StatusTag status={later.status} review={later.review} />}
      </p>
      {followError !== null && <Failed error={followError} />}
      <Link href={`/uploads/${sent.id}`}>{texts.correcting.openSent}</Link>
    </div>
  );
}
