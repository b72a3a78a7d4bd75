import { z } from 'zod';

/**
 * A stream of server-sent events. The schema is that of one event, with its `data` read as JSON.
 *
 * @param events the data by the name of the event
 */
export function eventAnswer(events: Readonly<Record<string, z.ZodType>>) {
  const [first, ...more] = Object.entries(events).map(([event, data]) =>
    z.strictObject({ event: z.literal(event), id: z.string(), data }),
  );
  if (first === undefined) throw new Error('A stream has at least one kind of event');
  return {
    description: 'The stream. The schema is that of one event, with its `data` read as JSON',
    content: { 'text/event-stream': { schema: more.length === 0 ? first : z.union([first, ...more]) } },
  };
}
