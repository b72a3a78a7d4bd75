import type { RowChunk } from '@pledgeline/csv-core';
import { type Database, storeChunks, touchUpload } from '@pledgeline/db';

/** Cell text that may wait for the statement in flight, in UTF-16 units. With the one in flight, all there is in memory. */
const MAX_WAITING_LENGTH = 512 * 1024;

/** A slow client's upload shows a sign of life this often, so that the sweep does not take it for dead. */
const SIGN_OF_LIFE_MS = 10_000;

/** Writes chunks while the next bytes are read: one statement at a time, with all that gathered meanwhile. */
export interface ChunkWriter {
  add(chunk: RowChunk): void;
  /** Call it after every piece of the file: waits when too much has gathered. Throws what a write has thrown. */
  keepUp(): Promise<void>;
  /** Writes the rest. */
  finish(): Promise<void>;
  /** Waits for the statement in flight, however it ends. */
  idle(): Promise<void>;
}

/** A writer for one upload that is being received. */
export function createChunkWriter(database: Database, uploadId: string): ChunkWriter {
  let waiting: RowChunk[] = [];
  let waitingLength = 0;
  let inFlight: Promise<void> | null = null;
  let failure: { readonly error: unknown } | null = null;
  let lastSign = Date.now();

  function start(work: Promise<void>): void {
    inFlight = work.then(
      () => {
        inFlight = null;
        lastSign = Date.now();
      },
      (error: unknown) => {
        inFlight = null;
        failure = { error };
      },
    );
  }

  function writeWaiting(): void {
    const chunks = waiting;
    waiting = [];
    waitingLength = 0;
    start(storeChunks(database, uploadId, chunks));
  }

  function throwFailure(): void {
    if (failure !== null) throw failure.error;
  }

  return {
    add(chunk) {
      waiting.push(chunk);
      waitingLength += textLength(chunk);
    },
    async keepUp() {
      if (waitingLength >= MAX_WAITING_LENGTH) await inFlight;
      throwFailure();
      if (inFlight !== null) return;
      if (waiting.length > 0) writeWaiting();
      else if (Date.now() - lastSign >= SIGN_OF_LIFE_MS) start(touchUpload(database, uploadId));
    },
    async finish() {
      await inFlight;
      throwFailure();
      if (waiting.length > 0) writeWaiting();
      await inFlight;
      throwFailure();
    },
    async idle() {
      await inFlight;
    },
  };
}

function textLength({ rows }: RowChunk): number {
  let length = 0;
  for (const row of rows) for (const cell of row) length += cell.length;
  return length;
}
