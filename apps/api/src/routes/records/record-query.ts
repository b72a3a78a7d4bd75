import { createHash } from 'node:crypto';
import {
  type Database,
  findUploadSpan,
  type PageStart,
  type RecordFilters,
  type RecordKey,
  type RecordNoun,
  type RecordSort,
  type UploadSpan,
} from '@pledgeline/db';
import { Problem } from '../../problem.js';
import { findCampaignId } from '../campaigns/find-campaign.js';
import type { RecordParameters, SortName } from './record-parameters.js';

/** What is asked for, without how much of it. */
export interface AskedRecords {
  readonly campaignId: string;
  readonly filters: RecordFilters;
  readonly sort: RecordSort;
  readonly start: PageStart<RecordKey> | undefined;
  /** Names the query in its cursors. */
  readonly fingerprint: string;
}

/**
 * Finds out which records a request asks for.
 *
 * @throws Problem `missing_campaign`, `campaign_not_found`, `upload_not_found`, or `invalid_request` for a cursor of another query
 */
export async function askedRecords(
  database: Database,
  noun: RecordNoun,
  { merchantId, query }: { readonly merchantId: string; readonly query: RecordParameters },
): Promise<AskedRecords> {
  if (query.campaign === undefined) {
    throw new Problem(
      'missing_campaign',
      'Say whose records: "?campaign=" with the name or id of a campaign.',
    );
  }
  const campaignId = await findCampaignId(database, merchantId, query.campaign);
  const { status, product, platform, country, email, q, hasIssue, withoutAddress, short, updatedSince } =
    query;
  const upload = query.upload === undefined ? undefined : await findSpan(database, campaignId, query.upload);
  const filters = {
    ...{ status, product, platform, country, email, q, hasIssue, withoutAddress, short, updatedSince },
    upload,
  };
  const name = query.sort ?? usualSort(noun, query);
  // The times of an upload change while it is processed, its sequence does not.
  const asked = [noun, campaignId, name, { ...filters, upload: upload?.sequence }];
  const fingerprint = createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, 12);
  return {
    campaignId,
    filters,
    sort: readSort(name),
    start: readStart(query.cursor, fingerprint),
    fingerprint,
  };
}

/** Newest first. What an upload wrote, and what has changed, is found by when it was written. */
function usualSort(noun: RecordNoun, { updatedSince, upload }: RecordParameters): SortName {
  return noun === 'pledges' && updatedSince === undefined && upload === undefined
    ? '-pledgedAt'
    : '-updatedAt';
}

function readSort(name: SortName): RecordSort {
  switch (name) {
    case 'id':
    case 'updatedAt':
    case 'pledgedAt':
      return { by: name, order: 'ASC' };
    case '-id':
      return { by: 'id', order: 'DESC' };
    case '-updatedAt':
      return { by: 'updatedAt', order: 'DESC' };
    case '-pledgedAt':
      return { by: 'pledgedAt', order: 'DESC' };
  }
}

function readStart(
  cursor: RecordParameters['cursor'],
  fingerprint: string,
): PageStart<RecordKey> | undefined {
  if (cursor === undefined) return undefined;
  const [own, time, id] = cursor.key;
  if (own === fingerprint) return { side: cursor.side, key: { time, id } };
  throw wrongParameter('cursor', 'is of a page with other filters or another sort; begin again without it');
}

/** The problem of a parameter that does not go with the others. */
export function wrongParameter(name: string, message: string): Problem {
  const parameters = [{ name, message }];
  return new Problem('invalid_request', `Parameter "${name}": ${message}.`, { members: { parameters } });
}

async function findSpan(database: Database, campaignId: string, uploadId: string): Promise<UploadSpan> {
  const span = await findUploadSpan(database, campaignId, uploadId);
  if (span !== null) return span;
  throw new Problem(
    'upload_not_found',
    'The campaign has no such upload; GET /v1/uploads lists those there are, with their campaigns.',
  );
}
