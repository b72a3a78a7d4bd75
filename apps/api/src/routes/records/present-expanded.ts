import type { InventoryRow, PledgeRow } from '@pledgeline/db';
import { presentPledge, presentRecord } from './present-record.js';

/** A pledge, with what was read along with it. */
export function presentExpandedPledge({
  backer,
  survey,
  ...pledge
}: PledgeRow & { readonly backer?: object | null; readonly survey?: object | null }) {
  return {
    ...presentPledge(pledge),
    ...(backer !== undefined && { backer: backer && presentRecord(backer) }),
    ...(survey !== undefined && { survey: survey && presentRecord(survey) }),
  };
}

/** A backer, with their pledges if those were read. */
export function presentExpandedBacker({
  pledges,
  ...backer
}: object & { readonly pledges?: readonly PledgeRow[] }) {
  return { ...presentRecord(backer), ...(pledges && { pledges: pledges.map(presentPledge) }) };
}

/** A survey, with its pledge if that was read. */
export function presentExpandedSurvey({
  pledge,
  ...survey
}: object & { readonly pledge?: PledgeRow | null }) {
  return {
    ...presentRecord(survey),
    ...(pledge !== undefined && { pledge: pledge && presentPledge(pledge) }),
  };
}

/** Inventory with what is left, and what is missing: null while nobody knows what is there. */
export function presentInventory({ product, committed, unpaid, ...inventory }: InventoryRow) {
  const left = inventory.onHand === null ? null : inventory.onHand - Number(committed);
  return {
    ...inventory,
    // Counts of units are below 2^53.
    committed: Number(committed),
    unpaid: unpaid === null ? null : Number(unpaid),
    available: left === null ? null : Math.max(0, left),
    short: left === null ? null : Math.max(0, -left),
    product: { ...product, sku: product.sku || null },
  };
}
