import type { NotificationEvent, NotificationReport } from '@pledgeline/db';
import { laterOf } from './id-time.js';

/** What one connection has had of a merchant's messages. */
export interface Inbox {
  /** What is before has been had, or is none of this connection's business. */
  from(): string;
  lacks(id: string): boolean;
  /** Those that it lacked and that are to be shown. From now on it has had all of them. */
  take(
    messages: readonly NotificationReport[],
    shown: ReadonlySet<NotificationEvent>,
  ): readonly NotificationReport[];
  /** Nobody will ask again about what is before this id. */
  settle(before: string): void;
}

/** @param have ids that it has had already */
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
