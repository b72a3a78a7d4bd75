import { expect, vi } from 'vitest';
import { z } from 'zod';
import type { TestApi } from './start-api.js';

const messageSchema = z.looseObject({ uploadId: z.string().nullable() });

/** A received message. */
export interface ReceivedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: z.output<typeof messageSchema>;
}

/** A client of a stream: `GET /v1/events`, if no other path is given. */
export interface OpenedStream {
  readonly response: Response;
  /** The text of the stream so far. */
  text(): string;
  /** All messages so far. */
  events(): readonly ReceivedEvent[];
  /** Waits for the message about that upload. */
  hears(uploadId: string): Promise<ReceivedEvent>;
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>;
  leave(): void;
}

/** Opens a stream and reads it. */
export async function openStream(
  api: TestApi,
  {
    path = '/v1/events',
    query = '',
    headers = {},
    key = api.key,
  }: { path?: string; query?: string; headers?: Readonly<Record<string, string>>; key?: string } = {},
): Promise<OpenedStream> {
  const leaving = new AbortController();
  const response = await api.send(`${path}${query}`, { headers, signal: leaving.signal }, key);
  let text = '';
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) text += decoder.decode(piece, { stream: true });
  };
  const events = () => text.split('\n\n').slice(0, -1).flatMap(parseBlock);
  return {
    response,
    text: () => text,
    events,
    async hears(uploadId) {
      const find = () => events().find(({ data }) => data.uploadId === uploadId);
      await vi.waitFor(() => expect(find()).toBeDefined(), { timeout: 50_000, interval: 20 });
      const found = find();
      if (!found) throw new Error('It was there a moment ago');
      return found;
    },
    ended: read().catch(() => undefined),
    leave: () => leaving.abort(),
  };
}

function parseBlock(block: string): readonly ReceivedEvent[] {
  const { groups } = /^event: (?<event>.*)\nid: (?<id>.*)\ndata: (?<data>.*)$/.exec(block) ?? {};
  if (!groups) return [];
  const { event = '', id = '', data = '' } = groups;
  return [{ event, id, data: messageSchema.parse(JSON.parse(data)) }];
}
