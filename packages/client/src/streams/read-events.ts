import { readLines } from './read-lines.js';

/** A message as it comes over the line (https://html.spec.whatwg.org/multipage/server-sent-events.html). */
export interface Message {
  /** The last id that the stream has given; empty before the first. */
  readonly id: string;
  readonly event: string;
  readonly data: string;
}

/** What a reader wants to know beside the messages. */
export interface StreamWatch {
  /** Called for every line, also for those that only show that the stream is alive. */
  onLine(): void;
  /** Called with the milliseconds after which to come back when the stream has ended. */
  onRetry(ms: number): void;
}

/** Parses a stream of events. A message that is not complete at the end is dropped, as the standard says. */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  { onLine, onRetry }: StreamWatch,
): AsyncGenerator<Message, undefined> {
  let id = '';
  let event = '';
  let data: string[] = [];
  for await (const line of readLines(body)) {
    onLine();
    if (line === '') {
      if (data.length > 0) yield { id, event: event === '' ? 'message' : event, data: data.join('\n') };
      event = '';
      data = [];
      continue;
    }
    const { field = '', value = '' } = /^(?<field>[^:]*):? ?(?<value>.*)$/s.exec(line)?.groups ?? {};
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'id' && !value.includes('\0')) id = value;
    else if (field === 'retry' && /^\d+$/.test(value)) onRetry(Number(value));
  }
}
