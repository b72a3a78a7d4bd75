import type { NotificationReport } from '@pledgeline/db';
import type { StreamContext } from '../../context.js';
import { eventAnswer } from '../../contract/event-answer.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { catchUp } from '../../watch/catch-up.js';
import { createMessageWatch } from '../../watch/message-watch.js';
import { openInboxAfter, openInboxFromNow } from '../../watch/open-inbox.js';
import { createOutageLog } from '../../watch/outage-log.js';
import { notificationAnswer } from '../notifications/notification-answer.js';
import { presentNotification } from '../notifications/present-notification.js';
import type { StreamEvent } from './event-stream.js';
import { messageId, readLastEventId, streamHeaders, streamQuery } from './last-event-id.js';

const streamEvents = {
  operationId: 'streamNotifications',
  summary: 'Streams notifications as they come, as server-sent events',
  description:
    'Each message has `event: notification`, its `id`, and `data` as in the list of notifications. Messages may come twice: ignore ids that you have.',
  tags: [tags.notifications],
  querystring: streamQuery(messageId),
  response: { 200: eventAnswer({ notification: notificationAnswer }) },
};

const ofStream = {
  problems: ['too_many_streams'],
  requestHeaders: streamHeaders(
    'The id of the last message that you have; without it the stream begins now.',
  ),
  hasOwnTurns: true,
} as const;

/** `GET /v1/events`: the merchant's notifications as they come. */
export async function eventRoutes(
  app: Api,
  { database, ofAllMerchants, config, streams }: StreamContext,
): Promise<void> {
  const outage = createOutageLog(app.log);
  const watch = createMessageWatch(ofAllMerchants, outage);
  app.addHook('onClose', () => watch.close());

  const toEvent = (report: NotificationReport): StreamEvent => ({
    event: 'notification',
    id: report.id,
    data: JSON.stringify(presentNotification(report, config.PUBLIC_URL)),
  });

  // HEAD would open a stream without any content.
  app.get('/', { exposeHeadRoute: false, schema: streamEvents, config: ofStream }, async (request, reply) => {
    const { merchantId } = request;
    const lastId = readLastEventId(request, messageId);
    if (!streams.takeSeat(request, reply)) return;
    const inbox = await (lastId === undefined
      ? openInboxFromNow(database, merchantId)
      : openInboxAfter(database, lastId));
    const stream = streams.open(request, reply);
    if (stream === null) return;
    const send = (reports: readonly NotificationReport[]) => stream.send(reports.map(toEvent));
    const watcher = { merchantId, inbox, send, ready: stream.ready, signal: stream.signal };
    if (lastId !== undefined) await catchUp(database, watcher, outage);
    if (stream.signal.aborted || stream.isEnding()) return;
    stream.signal.addEventListener('abort', watch.join(watcher));
  });
}
