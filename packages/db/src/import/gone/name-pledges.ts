import type { MappedRecord, MappedRows, RejectedPledges } from '@pledgeline/csv-core';
import { mapOptions, nameRejectedInSteps } from '@pledgeline/csv-core/map';
import { nameBasedId } from '../../ids.js';
import { createSlices } from '../../slices.js';
import type { ClaimedChunk } from '../chunks/claim-chunk.js';
import type { NamedPledges } from '../settle/statistics.js';

/** Which pledges a chunk names; null when nobody asks, because its upload is neither reviewed nor the whole campaign. */
export async function nameChunkPledges(
  chunk: ClaimedChunk,
  mapped: MappedRows,
): Promise<NamedPledges | null> {
  if (!chunk.complete && !chunk.isReview) return null;
  const { named, unnamedRows } = await readRejected(chunk, mapped);
  return {
    platforms: [...new Set(mapped.records.flatMap(({ pledge }) => pledge?.platform ?? []))],
    rejected: named.map((key) => idOf(chunk, key)),
    unnamedRows,
  };
}

/** Adds the pledges of records that Postgres has refused: their rows are rejected as well. */
export function addRefused(
  named: NamedPledges,
  chunk: ClaimedChunk,
  mapped: readonly MappedRecord[],
  accepted: readonly MappedRecord[],
): NamedPledges {
  const isAccepted = new Set(accepted);
  const refused = mapped.flatMap((record) =>
    record.pledge === null || isAccepted.has(record) ? [] : [idOf(chunk, record.pledge)],
  );
  return {
    ...named,
    platforms: [...new Set(accepted.flatMap(({ pledge }) => pledge?.platform ?? []))],
    rejected: [...new Set([...named.rejected, ...refused])],
  };
}

async function readRejected(
  chunk: ClaimedChunk,
  { rejects, platform }: MappedRows,
): Promise<RejectedPledges> {
  const slices = createSlices();
  const steps = nameRejectedInSteps(chunk.headers, rejects, { ...mapOptions(chunk), platform });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (slices.isOver()) await slices.next();
  }
}

function idOf(
  { campaignId }: ClaimedChunk,
  { platform, externalId }: { readonly platform: string; readonly externalId: string },
): string {
  return nameBasedId(campaignId, 'pledge', platform, externalId);
}
