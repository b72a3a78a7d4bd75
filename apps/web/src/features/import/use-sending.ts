import type { SendingProgress } from '@pledgeline/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { patientClient } from '../../api/client.js';
import { campaignsQuery, uploadsQuery } from '../../api/queries.js';
import { answerAtOnce } from '../mapping/answer-mapping.js';
import { noticeError } from '../session/session.js';
import { isSaid, type Said } from './said.js';

/** A file on its way to the API. */
export interface Sending {
  /** Null while nothing is sent. */
  readonly progress: SendingProgress | null;
  /** Whether the connection is gone, so that nothing is sent until it is back. */
  readonly isWaiting: boolean;
  /** Why the last try failed; null if it did not. */
  readonly error: unknown;
  send(campaign: string): void;
  cancel(): void;
}

/**
 * Sends a file, in parts when it is large, and leads to its import when it has arrived. A file in parts goes on where an earlier try
 * has stopped. What was said of its columns is said to the API as soon as it has arrived.
 */
export function useSending(file: File, said: Said): Sending {
  const [progress, setProgress] = useState<SendingProgress | null>(null);
  const [isWaiting, setWaiting] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const stop = useRef<AbortController | null>(null);
  const resume = useRef<{ readonly about: string; readonly id: string } | null>(null);

  useEffect(() => {
    if (progress === null) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [progress]);

  async function run(campaign: string, signal: AbortSignal): Promise<void> {
    const about = JSON.stringify([campaign, isSaid(said), said.isOwn]);
    const earlier = resume.current?.about === about ? resume.current.id : undefined;
    let isNewTry = false;
    const { id, status, duplicateOf } = await patientClient.uploadFile(file, {
      campaign,
      signal,
      // Read as it was said, also when the campaign has the file as it was read before.
      ...(isSaid(said) && { ask: 'true', force: 'true' }),
      ...(said.isOwn && { platform: 'generic' }),
      onRetry: () => {
        isNewTry = true;
        setWaiting(true);
      },
      onProgress: (current) => {
        // The first report of a try comes before anything has left.
        if (!isNewTry) setWaiting(false);
        isNewTry = false;
        setProgress(current);
      },
      onResumable: (resumable) => {
        resume.current = { about, id: resumable };
      },
      ...(earlier !== undefined && { resume: earlier }),
    });
    if (isSaid(said) && status === 'NEEDS_MAPPING') await answerAtOnce(queries, id, said);
    await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
    await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
    navigate(`/uploads/${id}${duplicateOf === undefined ? '' : '?duplicate'}`);
  }

  return {
    progress,
    isWaiting,
    error,
    send(campaign) {
      const controller = new AbortController();
      stop.current = controller;
      setError(null);
      setWaiting(false);
      setProgress({ sentBytes: 0, totalBytes: file.size });
      run(campaign, controller.signal)
        .catch((reason: unknown) => {
          if (controller.signal.aborted) return;
          noticeError(queries, reason);
          setError(reason);
        })
        .finally(() => setProgress(null));
    },
    cancel: () => stop.current?.abort(),
  };
}
