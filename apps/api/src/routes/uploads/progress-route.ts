import { readUploadStates, type UploadState } from '@pledgeline/db';
import { z } from 'zod';
import type { StreamContext } from '../../context.js';
import { eventAnswer } from '../../contract/event-answer.js';
import { tags } from '../../contract/operation.js';
import type { Api } from '../../contract/route-types.js';
import { uploadState } from '../../contract/upload-answers.js';
import { idInPath } from '../../read-query.js';
import { createOutageLog } from '../../watch/outage-log.js';
import { createUploadWatch } from '../../watch/upload-watch.js';
import type { StreamEvent } from '../events/event-stream.js';
import { readLastEventId, streamHeaders, streamQuery } from '../events/last-event-id.js';
import { findUpload } from './find-upload.js';

const eventId = z
  .string()
  .max(40, 'must be an id that the stream has given')
  .regex(/^[a-z]+-\d+$/, 'must be an id that the stream has given');

const streamProgress = {
  operationId: 'streamUploadProgress',
  summary: 'Streams the progress of an upload, as server-sent events',
  description:
    'The `data` of each event has `uploadId`, `status`, and the `progress` that the upload itself shows. An event comes when something has changed, at most once a second, with `event: progress`. The last one is `event: ended`, with the final status; then the stream is over. Who has that event, by its id, is answered with 204, at which an `EventSource` stops.',
  tags: [tags.uploads],
  params: z.object({ id: idInPath }),
  querystring: streamQuery(eventId),
  response: {
    200: eventAnswer({ progress: uploadState, ended: uploadState }),
    204: z.null().describe('The upload has ended, and you have its last event.'),
  },
};

const config = {
  problems: ['upload_not_found', 'too_many_streams'],
  requestHeaders: streamHeaders('The id of the last event that you have.'),
  hasOwnTurns: true,
} as const;

/** `GET /v1/uploads/:id/events`: the progress of an upload, until it has ended. */
export async function progressRoute(
  app: Api,
  { database, ofAllMerchants, streams }: StreamContext,
): Promise<void> {
  const watch = createUploadWatch(ofAllMerchants, createOutageLog(app.log));
  app.addHook('onClose', () => watch.close());

  // HEAD would open a stream without any content.
  const options = { exposeHeadRoute: false, schema: streamProgress, config };
  app.get('/:id/events', options, async (request, reply) => {
    const lastId = readLastEventId(request, eventId);
    const { id: uploadId } = await findUpload(database, request);
    const [first = null] = await readUploadStates(database, [uploadId]);
    if (first !== null && isEnd(first) && eventIdOf(first) === lastId) return reply.code(204).send(null);
    if (!streams.takeSeat(request, reply)) return;
    const stream = streams.open(request, reply);
    if (stream === null) return;
    let sent = '';
    const see = (state: UploadState | null): void => {
      if (stream.isEnding()) return;
      if (state !== null) {
        const event = toEvent(state);
        if (event.data !== sent) stream.send([event]);
        sent = event.data;
      }
      // A client that reconnects after the upload was deleted is told so with 404.
      if (state === null || isEnd(state)) stream.end();
    };
    see(first);
    if (stream.signal.aborted || stream.isEnding()) return;
    stream.signal.addEventListener('abort', watch.join({ uploadId, see }));
  });
}

const isEnd = ({ progress }: UploadState): boolean => progress.phase === 'ended';

function toEvent(state: UploadState): StreamEvent {
  const { id: uploadId, status, progress } = state;
  return {
    event: isEnd(state) ? 'ended' : 'progress',
    id: eventIdOf(state),
    data: JSON.stringify({ uploadId, status, progress }),
  };
}

/** An upload may end several times, when it is retried. */
function eventIdOf({ finishedAt, progress: { phase, bytesReceived, rowsDone } }: UploadState): string {
  if (phase === 'ended') return `${phase}-${finishedAt?.getTime() ?? 0}`;
  return `${phase}-${phase === 'receiving' ? bytesReceived : rowsDone}`;
}
