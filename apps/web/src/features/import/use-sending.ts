import type { SendingProgress } from '@pledgeline/client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../api/client.js';
import { campaignsQuery, uploadsQuery } from '../../api/queries.js';
import type { SendChoices } from './send-choices.js';

/** A file on its way to the API. */
export interface Sending {
  /** Null while nothing is sent. */
  readonly progress: SendingProgress | null;
  /** Why the last try failed; null if it did not. */
  readonly error: unknown;
  send(campaign: string, choices: SendChoices): void;
  cancel(): void;
}

/**
 * Sends a file, in parts when it is large, and leads to its import when it has arrived. A file in parts goes on where an earlier try
 * has stopped.
 */
export function useSending(file: File): Sending {
  const [progress, setProgress] = useState<SendingProgress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const stop = useRef<AbortController | null>(null);
  // The parts that have arrived are for what was said then, so they are of no use for anything else.
  const resume = useRef<{ readonly said: string; readonly id: string } | null>(null);

  useEffect(() => {
    if (progress === null) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [progress]);

  async function run(
    campaign: string,
    { review, complete }: SendChoices,
    signal: AbortSignal,
  ): Promise<void> {
    const said = JSON.stringify([campaign, review, complete]);
    const earlier = resume.current?.said === said ? resume.current.id : undefined;
    const { id, duplicateOf } = await client.uploadFile(file, {
      campaign,
      signal,
      onProgress: setProgress,
      onResumable: (resumable) => {
        resume.current = { said, id: resumable };
      },
      ...(review && { review: 'true' }),
      ...(complete && { complete: 'true' }),
      ...(earlier !== undefined && { resume: earlier }),
    });
    await queries.invalidateQueries({ queryKey: uploadsQuery.queryKey });
    await queries.invalidateQueries({ queryKey: campaignsQuery.queryKey });
    navigate(`/uploads/${id}${duplicateOf === undefined ? '' : '?duplicate'}`);
  }

  return {
    progress,
    error,
    send(campaign, choices) {
      const controller = new AbortController();
      stop.current = controller;
      setError(null);
      setProgress({ sentBytes: 0, totalBytes: file.size });
      run(campaign, choices, controller.signal)
        .catch((reason: unknown) => {
          if (!controller.signal.aborted) setError(reason);
        })
        .finally(() => setProgress(null));
    },
    cancel: () => stop.current?.abort(),
  };
}
