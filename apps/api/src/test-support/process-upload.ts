import { mapKeys } from '@pledgeline/csv-core';
import { claimChunk, completeChunk, type Database } from '@pledgeline/db';

/** What a worker does with the chunks of an upload. */
export async function processUpload(database: Database, uploadId: string): Promise<void> {
  const chunks = await database.prisma.csvUploadChunk.findMany({ where: { uploadId }, select: { id: true } });
  for (const { id } of chunks) {
    const chunk = await claimChunk(database, id, { leaseMs: 60_000 });
    if (!chunk) throw new Error(`The chunk ${id} could not be claimed`);
    const { headers, rows, firstRow, lines, file, isSheet, dateOrders, decimalMark, platform, columns } =
      chunk;
    await completeChunk(
      database,
      chunk,
      mapKeys(headers, rows, {
        firstRow,
        lines,
        file,
        dateOrders,
        decimalMark,
        ...(isSheet && { shortRows: true }),
        platform: platform ?? undefined,
        columns: columns ?? undefined,
      }),
    );
  }
}
