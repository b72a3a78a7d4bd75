import {
  createCsvReader,
  detectPlatform,
  findOrderGrouping,
  findPlatform,
  type Issue,
} from '@pledgeline/csv-core';
import type { Database } from '../client.js';
import { createUpload } from '../import/uploads/create-upload.js';
import { createRowPacker } from '../import/uploads/pack-rows.js';
import { sealUpload } from '../import/uploads/seal-upload.js';
import { type PackedChunk, storeChunk } from '../import/uploads/store-chunk.js';

export interface ReceivedUpload {
  readonly id: string;
  readonly campaignId: string;
  /** In file order. */
  readonly chunkIds: readonly string[];
}

export interface CsvToReceive {
  readonly merchantId: string;
  readonly campaign: string;
  readonly csv: string;
  readonly chunkRows: number;
  /** Of the file; none by default. */
  readonly issues?: readonly Issue[];
}

/** Does what the API does with a body, short of HTTP and the queue: receives, stores and seals a CSV text. */
export async function receiveCsv(
  db: Database,
  { merchantId, campaign, csv, chunkRows, issues = [] }: CsvToReceive,
): Promise<ReceivedUpload> {
  const upload = await createUpload(db, { merchantId, campaign, filename: 'test.csv' });
  const chunks: PackedChunk[] = [];
  let headers: readonly string[] = [];
  const reader = createCsvReader({
    chunkRows,
    onHeader: (row) => {
      headers = row;
      const platform = findPlatform(detectPlatform(row).platform ?? '');
      return platform && findOrderGrouping(row, platform);
    },
    onChunk: ({ rows, ...chunk }) => {
      const packer = createRowPacker(chunk.headers);
      for (const row of rows) packer.add(row);
      chunks.push({ ...chunk, fileIndex: 0, data: packer.take() });
    },
  });
  reader.push(new TextEncoder().encode(csv));
  const totals = reader.end();
  for (const chunk of chunks) await storeChunk(db, upload.id, chunk);
  const detection = detectPlatform(headers);
  const sealed = await sealUpload(db, upload.id, {
    rowCount: totals.rows,
    chunkCount: totals.chunks,
    byteCount: csv.length,
    sha256: '0'.repeat(64),
    files: [
      {
        kind: 'read',
        name: null,
        sheet: null,
        format: { encoding: null, delimiter: null, decimalMark: null, headerLine: 1, titleLines: [] },
        firstRow: 1,
        rowCount: totals.rows,
        platform: detection.platform,
        detection,
        columns: null,
        dateOrders: [],
        issues,
      },
    ],
  });
  return { id: upload.id, campaignId: upload.campaignId, chunkIds: sealed.chunkIds };
}
