import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, findKey, type NotificationReport, recordKeyUse } from '@pledgeline/db';
import { z } from 'zod';
import type { AppContext } from '../../context.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { readKey } from '../../plugins/authentication.js';
import { catchUp } from '../../watch/catch-up.js';
import { createMessageWatch } from '../../watch/message-watch.js';
import { openInboxAfter, openInboxFromNow } from '../../watch/open-inbox.js';
import { createOutageLog } from '../../watch/outage-log.js';
import { presentNotification } from '../notifications/present-notification.js';
import { type EventStream, openEventStream, type StreamEvent } from './event-stream.js';
import { readLastEventId, streamQuery } from './last-event-id.js';
import { createStreamSeats } from './stream-seats.js';

/** Often enough for proxies, which close connections after a minute of silence. */
const BEAT_EVERY_MS = 15_000;
/** How often keys are checked: a key that was revoked or has expired ends its streams after at most this long. */
const CHECK_KEY_EVERY_MS = 20_000;

const streamEvents = {
  operationId: 'streamNotifications',
  summary: 'Streams notifications as they come, as server-sent events',
  description:
    'Each message has `event: notification`, its `id`, and `data` as in the list of notifications. Messages may come twice: ignore ids that you have.',
  tags: [tags.notifications],
  querystring: streamQuery,
  response: {
    200: {
      description: 'The stream',
      content: { 'text/event-stream': { schema: z.string() } },
    },
  },
};

const ofStream = {
  problems: ['too_many_streams'],
  requestHeaders: z.object({
    'Last-Event-ID': z
      .string()
      .optional()
      .meta({ description: 'The id of the last message that you have; without it the stream begins now.' }),
  }),
  hasOwnTurns: true,
} as const;

/** `GET /v1/events`: the merchant's notifications as they come. */
export async function eventRoutes(app: Api, { database, config }: AppContext): Promise<void> {
  const outage = createOutageLog(app.log);
  const watch = createMessageWatch(database, outage);
  const seats = createStreamSeats();
  const open = new Set<EventStream>();
  let isClosing = false;

  // The server waits for open answers when it closes, and streams would never end by themselves.
  app.addHook('preClose', async () => {
    isClosing = true;
    for (const stream of open) stream.end();
  });
  app.addHook('onClose', () => watch.close());

  const toEvent = (report: NotificationReport): StreamEvent => ({
    event: 'notification',
    id: report.id,
    data: JSON.stringify(presentNotification(report, config.PUBLIC_URL)),
  });

  // HEAD would open a stream without any content.
  app.get('/', { exposeHeadRoute: false, schema: streamEvents, config: ofStream }, async (request, reply) => {
    const { merchantId } = request;
    const lastId = readLastEventId(request);
    // The client left while the key was looked up. 'close' was emitted already, so the seat would never be given back.
    if (reply.raw.closed || reply.raw.destroyed) return void reply.hijack();
    const leave = seats.take(merchantId);
    reply.raw.once('close', leave);
    const inbox = await (lastId === undefined
      ? openInboxFromNow(database, merchantId)
      : openInboxAfter(database, lastId));
    reply.hijack();
    if (reply.raw.closed) return;
    const stream = openEventStream(reply.raw, reply.getHeaders());
    open.add(stream);
    stream.signal.addEventListener('abort', () => open.delete(stream));
    if (isClosing) stream.end();
    beatOften(stream);
    void endWhenRevoked(stream, () => isKeyOf(database, readKey(request), merchantId));

    const send = (reports: readonly NotificationReport[]) => stream.send(reports.map(toEvent));
    const watcher = { merchantId, inbox, send, ready: stream.ready, signal: stream.signal };
    if (lastId !== undefined) await catchUp(database, watcher, outage);
    if (stream.signal.aborted || isClosing) return;
    stream.signal.addEventListener('abort', watch.join(watcher));
  });
}

function beatOften(stream: EventStream): void {
  const beats = setInterval(stream.beat, BEAT_EVERY_MS);
  stream.signal.addEventListener('abort', () => clearInterval(beats));
}

async function endWhenRevoked(stream: EventStream, isGood: () => Promise<boolean>): Promise<void> {
  const { signal } = stream;
  while (!signal.aborted) {
    await sleep(CHECK_KEY_EVERY_MS, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted && !(await isGood())) stream.end();
  }
}

/**
 * Whether the key is still valid. While the database is unavailable it counts as valid. A stream may last for days, so it is
 * also a use of the key, again and again.
 */
async function isKeyOf(database: Database, secret: string | undefined, merchantId: string): Promise<boolean> {
  try {
    const found = await findKey(database, secret ?? '');
    if (found?.state !== 'valid' || found.merchantId !== merchantId) return false;
    if (found.isUseDue) await recordKeyUse(database, found.id);
    return true;
  } catch {
    return true;
  }
}
