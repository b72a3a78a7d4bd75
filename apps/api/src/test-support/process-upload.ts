import { mapKeys, mapOptions } from '@pledgeline/csv-core';
import { claimChunk, completeChunk, type Database } from '@pledgeline/db';

/** Processes the chunks of an upload, as a worker does. */
export async function processUpload(database: Database, uploadId: string): Promise<void> {
  const chunks = await database.prisma.csvUploadChunk.findMany({ where: { uploadId }, select: { id: true } });
  for (const { id } of chunks) {
    const chunk = await claimChunk(database, id, { leaseMs: 60_000 });
    if (!chunk) throw new Error(`The chunk ${id} could not be claimed`);
    const { headers, rows, firstRow, lines, file } = chunk;
    const mapped = mapKeys(headers, rows, { ...mapOptions(chunk), firstRow, lines, file });
    await completeChunk(database, chunk, mapped);
  }
}
