import type { ReceivedUpload } from '../../receive/received-upload.js';
import { describeMissing, presentFiles } from './present-files.js';

/** An upload in the answer to its sender. */
export function presentReceived(upload: ReceivedUpload) {
  const { id, status, campaignId, campaign, platform, confidence, sha256, files } = upload;
  return {
    id,
    status,
    campaignId,
    campaign,
    platform,
    confidence,
    rows: upload.rowCount,
    bytes: upload.byteCount,
    sha256,
    detail: describeMissing(status, files),
    ...presentFiles(upload),
  };
}
