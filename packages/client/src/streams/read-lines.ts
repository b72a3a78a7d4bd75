/** The lines of a text in UTF-8, as they arrive, without their ends: LF, CR or both. The last one may have no end. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      // A CR at the end may be half of an end.
      const lines = rest.split(done ? /\r\n|[\r\n]/ : /\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? '';
      yield* lines;
      if (done) break;
    }
    if (rest !== '') yield rest;
  } finally {
    // Ends the request of a reader who has had enough.
    await reader.cancel().catch(() => undefined);
  }
}
