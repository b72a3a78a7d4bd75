import type { Gunzip, InflateRaw } from 'node:zlib';

/** One thread pool job of zlib gives so much at a time. */
export const INFLATE_CHUNK_BYTES = 64 * 1024;

/**
 * A zlib stream that is fed by hand. Nothing is read ahead: a piece is taken from the source only when all that the
 * one before it holds has been asked for, so a stopped reader never waits behind a read from a silent client.
 */
export interface Inflater {
  /** What one more piece unpacks to. */
  push(piece: Uint8Array): AsyncGenerator<Uint8Array>;
  /** Says that nothing follows. What still comes out. */
  end(): AsyncGenerator<Uint8Array>;
  /** Bytes at the end of what was pushed that are not packed data: it has ended before them. Push no more then. */
  readonly surplus: number;
  close(): void;
}

/** @param toError makes what is thrown of what zlib fails with. */
export function createInflater(stream: Gunzip | InflateRaw, toError: (cause: unknown) => Error): Inflater {
  let failure: Error | null = null;
  let pushed = 0;
  let hasEnded = false;
  let wake = (): void => undefined;
  stream.on('readable', () => wake());
  stream.on('end', () => {
    hasEnded = true;
    wake();
  });
  stream.on('error', (cause) => {
    failure = toError(cause);
    wake();
  });

  async function* readUntil(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      if (failure !== null) throw failure;
      const chunk: unknown = stream.read();
      if (chunk instanceof Uint8Array) {
        yield chunk;
      } else if (hasEnded || isDone()) {
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  }

  return {
    push(piece) {
      pushed += piece.length;
      let isWritten = piece.length === 0;
      if (!isWritten) {
        stream.write(piece, () => {
          isWritten = true;
          wake();
        });
      }
      return readUntil(() => isWritten);
    },
    end() {
      stream.end();
      return readUntil(() => false);
    },
    get surplus() {
      return pushed - stream.bytesWritten;
    },
    close() {
      stream.destroy();
    },
  };
}
