import type { Gunzip, InflateRaw } from 'node:zlib';

/** How much one job of zlib in the thread pool decompresses at a time. */
export const INFLATE_CHUNK_BYTES = 64 * 1024;

/**
 * A zlib stream that is fed by hand, so that nothing is read ahead: the caller takes a piece from the source only after
 * everything from the piece before has been consumed. A reader that stops never has to wait for a silent client.
 */
export interface Inflater {
  /** Decompresses one more piece. */
  push(piece: Uint8Array): AsyncGenerator<Uint8Array>;
  /** Ends the input. Yields what still comes out. */
  end(): AsyncGenerator<Uint8Array>;
  /** How many bytes at the end of the last piece come after the compressed data. Once above 0, push no more. */
  readonly surplus: number;
  close(): void;
}

/** @param toError makes the error to throw from the one that zlib fails with */
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
