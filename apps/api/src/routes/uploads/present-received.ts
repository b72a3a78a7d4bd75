import { confidenceThreshold } from '@pledgeline/csv-core';
import type { ReceivedUpload } from '../../receive/receive-upload.js';

/** An upload as its sender is told of it, before any row was looked at. */
export function presentReceived({ id, status, campaignId, campaign, ...seal }: ReceivedUpload) {
  return {
    id,
    status,
    campaignId,
    campaign,
    platform: seal.platform,
    confidence: seal.detection.confidence,
    rows: seal.rowCount,
    bytes: seal.byteCount,
    sha256: seal.sha256,
    ...(status === 'NEEDS_MAPPING' && { detail: whatIsMissing(seal) }),
  };
}

function whatIsMissing({ detection }: Pick<ReceivedUpload, 'detection'>): string {
  const { reasons, missingColumns, confidence } = detection;
  const missing =
    missingColumns.length > 0 ? ` Missing: ${missingColumns.map((name) => `"${name}"`).join(', ')}.` : '';
  return (
    `Nobody could tell where the file is from (confidence ${confidence}, ${confidenceThreshold} is needed): ` +
    `${reasons.join('; ')}.${missing} Send it again with "?platform=" if you know it.`
  );
}
