import type { PledgeStatus } from '../schemas/pledge.js';
import type { Mapping } from './compile-mapping.js';
import type { RowFields } from './row-fields.js';
import { addIssue, type RowIssues } from './row-issues.js';

/** Statuses of a pledge that nobody owes anything for. */
const ended: ReadonlySet<PledgeStatus | null> = new Set(['REFUNDED', 'CANCELED', 'DROPPED']);

/**
 * The status that follows from the columns of refunds and cancellations; null when they say nothing. A refund of a part
 * leaves the status as it is, with a warning.
 *
 * @param said the status by the other columns
 */
export function readReversal(
  fields: RowFields,
  said: PledgeStatus | null,
  mapping: Mapping,
  issues: RowIssues,
): PledgeStatus | null {
  if (ended.has(said)) return null;
  if (fields.refundedAt === true) return 'REFUNDED';
  if (fields.canceledAt === true) return 'CANCELED';
  const refund = Math.abs(Number(fields.refundedAmount?.amount ?? 0));
  if (refund === 0) return null;
  const amount = fields.amount === null ? null : Number(fields.amount.amount);
  if (amount !== null && refund >= amount) return 'REFUNDED';
  const header = mapping.headerOf.get('refundedAmount') ?? null;
  const message =
    amount === null
      ? 'Something was paid back, and the row has no amount to compare it with. The pledge counts as refunded; check it.'
      : 'A part of the amount was paid back. The pledge keeps its status and its whole amount; check what is still owed.';
  addIssue(issues, 'warning', 'partial_refund', message, header, fields.refundedAmount?.amount);
  return amount === null ? 'REFUNDED' : null;
}
