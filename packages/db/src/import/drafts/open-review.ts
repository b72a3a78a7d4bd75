import type pg from 'pg';
import { newId } from '../../ids.js';
import { readRevision } from './revision.js';

/** What a review needs to know of its upload. */
interface ReviewedUpload {
  readonly id: string;
  readonly merchantId: string;
  readonly campaignId: string;
}

/**
 * Begins the review of an upload whose rows are about to be compared with its campaign, in the caller's transaction: its draft
 * is empty, whatever was there before. Does nothing for an upload that nobody wants to review.
 */
export async function openReview(client: pg.ClientBase, uploadId: string): Promise<void> {
  const { rows } = await client.query<ReviewedUpload>(
    `SELECT id, merchant_id AS "merchantId", campaign_id AS "campaignId" FROM csv_upload WHERE id = $1 AND review`,
    [uploadId],
  );
  const [upload] = rows;
  if (upload === undefined) return;
  await client.query('DELETE FROM draft WHERE upload_id = $1', [uploadId]);
  await client.query(
    `INSERT INTO draft (id, merchant_id, campaign_id, upload_id, kind, status, revision)
     VALUES ($1, $2, $3, $4, 'REVIEW', 'BUILDING', $5)`,
    [
      newId(),
      upload.merchantId,
      upload.campaignId,
      uploadId,
      await readRevision(client, upload.campaignId, uploadId),
    ],
  );
}
