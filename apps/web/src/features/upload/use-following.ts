import { hasEnded, type Upload } from '@pledgeline/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../../api/client.js';
import { campaignsQuery, uploadQuery, uploadsQuery } from '../../api/queries.js';
import { noticeError } from '../session/session.js';

/**
 * Keeps an upload that is under way up to date, by the events of the API or by asking again and again.
 *
 * @returns why it cannot; null while it can
 */
export function useFollowing(upload: Upload | undefined): unknown {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const id = upload === undefined || hasEnded(upload) ? null : upload.id;
  useEffect(() => {
    if (id === null) return;
    const leaving = new AbortController();
    const follow = async (): Promise<void> => {
      const { queryKey } = uploadQuery(id);
      await client.waitForUpload(id, {
        signal: leaving.signal,
        // A page may stay open through a night without network; the import goes on meanwhile.
        patienceMs: Number.POSITIVE_INFINITY,
        onProgress: (current) => queries.setQueryData(queryKey, current),
      });
      await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
      await queries.invalidateQueries({ queryKey: ['campaign'] });
    };
    setError(null);
    follow().catch((reason: unknown) => {
      if (leaving.signal.aborted) return;
      noticeError(queries, reason);
      setError(reason);
    });
    return () => leaving.abort();
  }, [id, queries]);
  return error;
}
