import { createDamageEvidence } from '../mapping/damage-evidence.js';
import { createSumEvidence } from '../mapping/sum-evidence.js';
import type { Steps } from '../steps.js';
import type { MappingSuggestion } from '../suggest/suggest-mapping.js';
import { createUnknownReader } from '../unknown/unknown-reader.js';
import { lastResort } from './last-resort.js';

/**
 * What the columns of a file of no known platform may be, by some of its rows: what `TableReport.suggestion` is by all of
 * them. Computed in steps.
 */
export function* suggestForSample(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
): Steps<MappingSuggestion> {
  const damage = createDamageEvidence(headers, createSumEvidence(headers));
  const reader = createUnknownReader(headers, lastResort, () => damage.result());
  for (const row of rows) {
    damage.add(row);
    reader.add(row);
    yield;
  }
  const { suggestion } = yield* reader.readInSteps();
  return suggestion;
}
