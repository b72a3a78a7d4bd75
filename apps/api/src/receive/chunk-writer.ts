import { type Database, type PackedChunk, storeChunk, touchUpload } from '@pledgeline/db';

/** How many bytes may wait for the statement in flight. Nothing else of the file is in memory but that statement. */
const MAX_WAITING_BYTES = 512 * 1024;

/** How often the upload of a slow client is touched, so that the sweep does not take it for dead. */
const TOUCH_EVERY_MS = 10_000;

/** Writes chunks while the next bytes are read, one statement at a time. */
export interface ChunkWriter {
  add(chunk: PackedChunk): void;
  /** To be called after every piece of the file. Waits while too many bytes are held. Throws what a write has thrown. */
  keepUp(): Promise<void>;
  /** Writes all chunks that still wait. */
  finish(): Promise<void>;
  /** Waits for the statement in flight, however it ends. */
  idle(): Promise<void>;
}

/**
 * Creates the writer of one upload that is being received.
 *
 * @param receivedBytes how many bytes of the file were received so far
 * @param now in milliseconds; the system clock by default
 */
export function createChunkWriter(
  database: Database,
  uploadId: string,
  receivedBytes: () => number,
  now: () => number = Date.now,
): ChunkWriter {
  const waiting: PackedChunk[] = [];
  let waitingBytes = 0;
  let inFlight: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let lastWrite = now();

  function start(work: Promise<void>): void {
    inFlight = work.then(
      () => {
        inFlight = null;
        lastWrite = now();
      },
      (error: unknown) => {
        inFlight = null;
        failure = { error };
      },
    );
  }

  /** Starts to write the next chunk. Returns whether there was one. */
  function writeNext(): boolean {
    const chunk = waiting.shift();
    if (chunk === undefined) return false;
    waitingBytes -= heldBytes(chunk);
    start(
      storeChunk(database, uploadId, chunk, receivedBytes()).then(() =>
        database.faultPoint('upload.receiving'),
      ),
    );
    return true;
  }

  function throwFailure(): void {
    if (failure !== null) throw failure.error;
  }

  return {
    add(chunk) {
      waiting.push(chunk);
      waitingBytes += heldBytes(chunk);
    },
    async keepUp() {
      do {
        if (waitingBytes >= MAX_WAITING_BYTES) await inFlight;
        throwFailure();
        if (inFlight !== null) return;
        if (writeNext()) continue;
        if (now() - lastWrite >= TOUCH_EVERY_MS) start(touchUpload(database, uploadId, receivedBytes()));
      } while (waitingBytes >= MAX_WAITING_BYTES);
    },
    async finish() {
      do {
        await inFlight;
        throwFailure();
      } while (writeNext());
    },
    async idle() {
      await inFlight;
    },
  };
}

/** How much memory a chunk takes: its bytes may be part of a larger buffer, which stays as long as they do. */
function heldBytes({ data }: PackedChunk): number {
  return data.buffer.byteLength;
}
