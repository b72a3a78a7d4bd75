import { type Invariant, sqlInvariant } from './upload-check.js';

/** Invariants between an upload, its draft, and the campaign that the draft may hold. */
export const draftInvariants: readonly Invariant[] = [
  sqlInvariant(
    'draft',
    'An upload that is being undone or read with other columns has a draft that is not done, and a campaign is held by such a draft only. A draft is of the campaign of its upload.',
    `SELECT format('the upload is %s, and its draft is %s', u.status, coalesce(d.kind || ' ' || d.status, 'missing')) AS problem
     FROM csv_upload u LEFT JOIN draft d ON d.upload_id = u.id
     WHERE u.id = $1 AND CASE u.status
       WHEN 'UNDOING' THEN (d.kind = 'UNDO' AND d.status IN ('BUILDING', 'APPLYING')) IS NOT TRUE
       WHEN 'REMAPPING' THEN (d.kind = 'REMAP' AND d.status IN ('BUILDING', 'READY', 'APPLYING')) IS NOT TRUE
       ELSE d.status IN ('BUILDING', 'APPLYING') AND d.kind IN ('UNDO', 'REMAP') END
     UNION ALL
     SELECT format('the campaign is held by a draft that is %s, of an upload that is %s', d.status, holder.status)
     FROM csv_upload u JOIN campaign c ON c.id = u.campaign_id JOIN draft d ON d.id = c.draft_id
     JOIN csv_upload holder ON holder.id = d.upload_id
     WHERE u.id = $1 AND (holder.campaign_id <> c.id OR d.status NOT IN ('BUILDING', 'APPLYING')
       OR holder.status NOT IN ('UNDOING', 'REMAPPING'))
     UNION ALL
     SELECT 'the draft is of another campaign than the upload' FROM csv_upload u JOIN draft d ON d.upload_id = u.id
     WHERE u.id = $1 AND d.campaign_id <> u.campaign_id
     UNION ALL
     SELECT format('the draft is %s with %s', d.status, CASE WHEN d.lease_token IS NULL THEN 'parts' ELSE 'a lease' END)
     FROM draft d
     WHERE d.upload_id = $1 AND d.status IN ('READY', 'DONE', 'FAILED')
       AND (d.lease_token IS NOT NULL OR (d.status <> 'READY' AND EXISTS (SELECT 1 FROM draft_part WHERE draft_id = d.id)))`,
  ),
];
