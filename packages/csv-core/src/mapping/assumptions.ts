import type { Field } from '../fields/fields.js';
import type { Platform } from '../platforms/platform.js';
import type { ColumnAssignment } from './column-assignment.js';
import { compileMapping } from './compile-mapping.js';

/** Stable codes of what is assumed because a file does not say it. */
export const assumptionCodes = [
  'no_status',
  'no_quantity',
  'no_product',
  'no_amount',
  'no_date',
  'amount_before_refund',
] as const;

export type AssumptionCode = (typeof assumptionCodes)[number];

/** Something that a file does not say, and what is assumed instead. */
export interface Assumption {
  readonly code: AssumptionCode;
  /** For people: what the file does not have, and what follows. */
  readonly message: string;
}

const messages: Readonly<Record<AssumptionCode, string>> = {
  no_status: 'The file has no payment status: every pledge counts as paid.',
  no_quantity: 'The file has no quantity: each row counts as one unit of its product.',
  no_product: 'The file has no product and no reward: no units are counted.',
  no_amount: 'The file has no amount: pledges are imported without money.',
  no_date: 'The file has no date of the pledge.',
  amount_before_refund:
    'The amounts count as they were before the refunds: a refund is not yet taken off them.',
};

/**
 * What is assumed because the columns of a file do not say it. Nothing for a list of people, who have no pledges.
 *
 * @param columns the meanings that were assigned to the columns. Default: by the rules of the platform
 */
export function findAssumptions(
  headers: readonly string[],
  platform: Platform,
  columns?: readonly ColumnAssignment[],
): readonly Assumption[] {
  const { headerOf, hasItems, items, counts, statusTests } = compileMapping(headers, platform, columns);
  if (!platform.holdsPledges) return [];
  const has = (...wanted: readonly Field[]) => wanted.some((field) => headerOf.has(field));
  // Where a platform is known, it is also known that a pledge has one reward.
  const isKnown = platform.signatures.length + platform.signaturePatterns.length > 0;
  const countsRows = has('productSku', 'productName') || (!isKnown && has('rewardId', 'rewardTitle'));
  const isAssumed: Readonly<Record<AssumptionCode, boolean>> = {
    no_status: !has('status') && statusTests.length === 0,
    no_quantity: countsRows && !has('quantity') && items.length === 0 && counts.length === 0,
    no_product: !hasItems,
    no_amount: !has('amount'),
    no_date: !has('pledgedAt'),
    // Where a platform is known, it is also known what its amounts are.
    amount_before_refund: !isKnown && has('amount') && has('refundedAmount'),
  };
  return assumptionCodes.filter((code) => isAssumed[code]).map((code) => ({ code, message: messages[code] }));
}
