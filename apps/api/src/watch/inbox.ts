import type { NotificationEvent, NotificationReport } from '@pledgeline/db';
import { laterOf } from './id-time.js';

/** Which of a merchant's messages one connection has already received. */
export interface Inbox {
  /** All messages before this id were received, or are not for this connection. */
  from(): string;
  /** Whether the connection has not received this message yet. */
  lacks(id: string): boolean;
  /** Returns the messages that were missing and are to be shown, and counts all messages as received. */
  take(
    messages: readonly NotificationReport[],
    shown: ReadonlySet<NotificationEvent>,
  ): readonly NotificationReport[];
  /** Forgets ids before this one: no such message will be read again. */
  settle(before: string): void;
}

/** @param have ids that were already received */
export function createInbox(start: string, have: readonly string[] = []): Inbox {
  const had = new Set(have);
  let from = start;
  const lacks = (id: string) => id >= from && !had.has(id);
  return {
    from: () => from,
    lacks,
    take(messages, shown) {
      const fresh = messages.filter(({ id }) => lacks(id));
      for (const { id } of fresh) had.add(id);
      return fresh.filter(({ event }) => shown.has(event));
    },
    settle(before) {
      from = laterOf(from, before);
      for (const id of had) if (id < from) had.delete(id);
    },
  };
}
