import { commonPlatform, mainFile } from '@pledgeline/db';
import type { ReceivedUpload } from '../../receive/receive-upload.js';
import { describeMissing, presentFiles, toFileReport } from './present-files.js';

/** An upload as its sender is told of it, before any row was looked at. */
export function presentReceived({ id, status, campaignId, campaign, ...seal }: ReceivedUpload) {
  const files = seal.files.map(toFileReport);
  return {
    id,
    status,
    campaignId,
    campaign,
    platform: commonPlatform(seal.files),
    confidence: mainFile(seal.files)?.detection.confidence ?? null,
    rows: seal.rowCount,
    bytes: seal.byteCount,
    sha256: seal.sha256,
    detail: describeMissing(status, files),
    ...presentFiles(files),
  };
}
