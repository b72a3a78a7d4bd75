import { createHash } from 'node:crypto';
import type { Issue } from '@pledgeline/csv-core';
import { openTextImport } from '@pledgeline/csv-core/import';
import type { Database } from '../client.js';
import { createUpload } from '../import/uploads/create-upload.js';
import { packedChunks } from '../import/uploads/pack-rows.js';
import { toReadFile } from '../import/uploads/read-file.js';
import { sealUpload } from '../import/uploads/seal-upload.js';
import { type PackedChunk, storeChunk } from '../import/uploads/store-chunk.js';

export interface ReceivedUpload {
  readonly id: string;
  readonly campaignId: string;
  /** In file order. Empty when nobody knows the columns. */
  readonly chunkIds: readonly string[];
}

export interface CsvToReceive {
  readonly merchantId: string;
  readonly campaign: string;
  readonly csv: string;
  readonly chunkRows: number;
  /** Issues of the file; none by default. */
  readonly issues?: readonly Issue[];
  /** Whether it is only compared with the campaign; false by default. */
  readonly review?: boolean;
  /** Whether it is the whole campaign; not by default. */
  readonly complete?: boolean;
}

/** Receives, stores and seals a CSV text as the API does, but without HTTP and the queue. */
export async function receiveCsv(
  db: Database,
  { merchantId, campaign, csv, chunkRows, issues = [], review, complete }: CsvToReceive,
): Promise<ReceivedUpload> {
  const bytes = new TextEncoder().encode(csv);
  const upload = await createUpload(db, {
    merchantId,
    campaign,
    filename: 'test.csv',
    hints: {},
    expectedBytes: bytes.length,
    review,
    complete,
  });
  const chunks: PackedChunk[] = [];
  const table = openTextImport({ chunkRows, ...packedChunks(0, (chunk) => chunks.push(chunk)) });
  table.push(bytes);
  const report = table.end();
  for (const chunk of chunks) await storeChunk(db, upload.id, chunk);
  const { chunkIds } = await sealUpload(db, upload.id, {
    rowCount: report.rowCount,
    chunkCount: report.chunkCount,
    byteCount: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    files: [{ ...toReadFile({ name: null, sheet: null, issues }, report), firstRow: 1 }],
  });
  return { id: upload.id, campaignId: upload.campaignId, chunkIds };
}
