import type { Schemas } from '@pledgeline/client';

type Session = Schemas['Session'];

/** All tabs of the page have one cookie, so that they have one session. A channel does not hear itself. */
const channel = new BroadcastChannel('pledgeline-session');

export function tellOtherTabs(session: Session | null): void {
  channel.postMessage(session);
}

/**
 * Calls back when another tab has signed in or out.
 *
 * @returns a function that stops it
 */
export function hearOtherTabs(onChange: (session: Session | null) => void): () => void {
  const hear = ({ data }: MessageEvent<Session | null>): void => onChange(data);
  channel.addEventListener('message', hear);
  return () => channel.removeEventListener('message', hear);
}
