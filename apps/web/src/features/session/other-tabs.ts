import type { Session } from './session.js';

/** All tabs of the page have one cookie, so that they have one session. */
const CHANNEL = 'pledgeline-session';

export function tellOtherTabs(session: Session | null): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(session);
  channel.close();
}

/**
 * Calls back when another tab has signed in or out.
 *
 * @returns a function that stops it
 */
export function hearOtherTabs(onChange: (session: Session | null) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<Session | null>) => onChange(data));
  return () => channel.close();
}
