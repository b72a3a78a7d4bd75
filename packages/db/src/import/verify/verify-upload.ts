import type pg from 'pg';
import type { Database } from '../../client.js';
import { outcomeInvariants } from '../../outcome/outcome-invariants.js';
import { inTransaction } from '../../transaction.js';
import { campaignInvariants } from './campaign-invariants.js';
import { chunkContents } from './chunk-contents.js';
import { draftInvariants } from './draft-invariants.js';
import { issueLists } from './issue-lists.js';
import { rowInvariants } from './row-invariants.js';
import { stateInvariants } from './state-invariants.js';
import type { Invariant, UploadCheck } from './upload-check.js';

const invariants: readonly Invariant[] = [
  ...rowInvariants,
  chunkContents,
  issueLists,
  ...stateInvariants,
  ...draftInvariants,
  ...outcomeInvariants,
  ...campaignInvariants,
];

/**
 * Checks all invariants of an upload in the tables, in one snapshot. They hold at any moment of its life. Changes nothing.
 * Null when there is no such upload.
 */
export function verifyUpload(db: Database, uploadId: string): Promise<readonly UploadCheck[] | null> {
  return inTransaction(db.pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const { rowCount } = await client.query('SELECT 1 FROM csv_upload WHERE id = $1', [uploadId]);
    if (rowCount !== 1) return null;
    const checks: UploadCheck[] = [];
    for (const invariant of invariants) checks.push(await test(client, uploadId, invariant));
    return checks;
  });
}

/** How many violations of an invariant are listed; the others are counted. */
const MAX_NAMED = 3;

async function test(client: pg.ClientBase, uploadId: string, invariant: Invariant): Promise<UploadCheck> {
  const { check, promise } = invariant;
  const problems = await invariant.find(client, uploadId);
  if (problems.length === 0) return { check, holds: true, detail: promise };
  const named = problems.slice(0, MAX_NAMED).join('; ');
  const more = problems.length > MAX_NAMED ? `; and ${problems.length - MAX_NAMED} more` : '';
  return { check, holds: false, detail: `${named}${more}` };
}
