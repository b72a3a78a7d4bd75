import { type Database, type PackedChunk, storeChunk, touchUpload } from '@pledgeline/db';

/** Bytes that may wait for the statement in flight. With the one in flight, all there is in memory. */
const MAX_WAITING_BYTES = 512 * 1024;

/** A slow client's upload shows a sign of life this often, so that the sweep does not take it for dead. */
const SIGN_OF_LIFE_MS = 10_000;

/** Writes chunks while the next bytes are read, one statement at a time. */
export interface ChunkWriter {
  add(chunk: PackedChunk): void;
  /** Call it after every piece of the file: waits when too much has gathered. Throws what a write has thrown. */
  keepUp(): Promise<void>;
  /** Writes the rest. */
  finish(): Promise<void>;
  /** Waits for the statement in flight, however it ends. */
  idle(): Promise<void>;
}

/**
 * A writer for one upload that is being received.
 *
 * @param now milliseconds; by the clock unless a test says otherwise
 */
export function createChunkWriter(
  database: Database,
  uploadId: string,
  now: () => number = Date.now,
): ChunkWriter {
  const waiting: PackedChunk[] = [];
  let waitingBytes = 0;
  let inFlight: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let lastSign = now();

  function start(work: Promise<void>): void {
    inFlight = work.then(
      () => {
        inFlight = null;
        lastSign = now();
      },
      (error: unknown) => {
        inFlight = null;
        failure = { error };
      },
    );
  }

  /** Whether there was one to write. */
  function writeNext(): boolean {
    const chunk = waiting.shift();
    if (chunk === undefined) return false;
    waitingBytes -= heldBytes(chunk);
    start(storeChunk(database, uploadId, chunk).then(() => database.faultPoint('upload.receiving')));
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
        if (now() - lastSign >= SIGN_OF_LIFE_MS) start(touchUpload(database, uploadId));
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

/** What it takes in memory: the bytes may be a part of a larger buffer, which lives as long as they do. */
function heldBytes({ data }: PackedChunk): number {
  return data.buffer.byteLength;
}
