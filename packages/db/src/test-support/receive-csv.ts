import { createCsvReader, detectPlatform, type RowChunk } from '@pledgeline/csv-core';
import type { Database } from '../client.js';
import { createUpload } from '../uploads/create-upload.js';
import { sealUpload } from '../uploads/seal-upload.js';
import { storeChunks } from '../uploads/store-chunks.js';

export interface ReceivedUpload {
  readonly id: string;
  readonly campaignId: string;
  /** In file order. */
  readonly chunkIds: readonly string[];
}

/** Does what the API does with a body, short of HTTP and the queue: receives, stores and seals a CSV text. */
export async function receiveCsv(
  db: Database,
  {
    merchantId,
    campaign,
    csv,
    chunkRows,
  }: Readonly<Record<'merchantId' | 'campaign' | 'csv', string>> & { readonly chunkRows: number },
): Promise<ReceivedUpload> {
  const upload = await createUpload(db, { merchantId, campaign, filename: 'test.csv' });
  const chunks: RowChunk[] = [];
  let headers: readonly string[] = [];
  const reader = createCsvReader({
    chunkRows,
    onHeader: (row) => {
      headers = row;
    },
    onChunk: (chunk) => chunks.push(chunk),
  });
  reader.push(new TextEncoder().encode(csv));
  const totals = reader.end();
  await storeChunks(db, upload.id, chunks);
  const detection = detectPlatform(headers);
  const sealed = await sealUpload(db, upload.id, {
    rowCount: totals.rows,
    chunkCount: totals.chunks,
    byteCount: csv.length,
    sha256: '0'.repeat(64),
    platform: detection.platform,
    detection,
  });
  return { id: upload.id, campaignId: upload.campaignId, chunkIds: sealed.chunkIds };
}
