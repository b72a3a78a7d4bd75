import type { IssueCode } from '../issue.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { Mapping } from './compile-mapping.js';
import type { PledgeOrder } from './mapped-order.js';
import { addIssue } from './row-issues.js';

/** Whether the amount of the pledge is negative: money that was paid back or paid out. */
export function isNegative({ pledge }: Pick<PledgeOrder, 'pledge'>): boolean {
  return pledge.amount?.startsWith('-') ?? false;
}

/**
 * Settles orders with the same number of which some have a negative amount. With their sale they are one pledge with the
 * amount of the sale: refunded if all of it was paid back, else with the status of the sale. So the file may list them in
 * any order. Without their sale see {@link settleAlone}.
 */
export function settleRefunds(same: readonly PledgeOrder[], mapping: Mapping): void {
  const refunds = same.filter(isNegative);
  const sale = same.findLast((one) => !isNegative(one) && one.pledge.amount !== null);
  const isOneCurrency = refunds.every(({ pledge }) => sale?.pledge.currency === pledge.currency);
  if (sale === undefined || !isOneCurrency) {
    for (const refund of refunds) settleAlone(refund, mapping);
    return;
  }
  const paid = Number(sale.pledge.amount);
  const back = refunds.reduce((sum, { pledge }) => sum - Number(pledge.amount), 0);
  // Amounts have at most four decimals.
  const isWhole = back > paid - 0.00005;
  const status: PledgeStatus | null = isWhole ? 'REFUNDED' : sale.pledge.status;
  const statusRaw = isWhole
    ? (refunds.find(({ pledge }) => pledge.status === 'REFUNDED')?.pledge.statusRaw ?? sale.pledge.statusRaw)
    : sale.pledge.statusRaw;
  const settled = { ...sale.record, pledge: { ...sale.pledge, status, statusRaw } };
  for (const { order, record } of same) {
    const { row, line, rowCount } = record;
    order.record = { ...settled, row, line, rowCount };
  }
  for (const refund of refunds) {
    const amount = refund.pledge.amount?.slice(1);
    const message = isWhole
      ? `The row pays back the ${sale.pledge.amount} of line ${sale.record.line}, so the pledge is refunded.`
      : `The row pays back ${amount} of the ${sale.pledge.amount} of line ${sale.record.line}. The pledge keeps its status and the whole amount; check what it has to be.`;
    addIssueTo(refund, 'warning', 'refund_row', message, mapping);
  }
}

const lost: readonly (PledgeStatus | null)[] = ['REFUNDED', 'CANCELED', 'DROPPED'];

/**
 * A negative amount without its sale is no pledge, so the row is rejected. If its status says that the pledge was refunded
 * or canceled, the status is imported, and the amount is left as other rows or files have it.
 */
function settleAlone(refund: PledgeOrder, mapping: Mapping): void {
  const { order, record, pledge } = refund;
  if (lost.includes(pledge.status)) {
    order.record = { ...record, pledge: { ...pledge, amount: null } };
    const message =
      'A negative amount is money that was paid back. The status is imported without it; if only a part was paid back, correct the status.';
    addIssueTo(refund, 'warning', 'negative_amount', message, mapping);
    return;
  }
  order.record = null;
  const message =
    'A negative amount is money that was paid back or paid out, and no row beside it is the sale with this number. Send it together with its sale, or write the amount that was pledged and its status.';
  addIssueTo(refund, 'error', 'negative_amount', message, mapping);
}

function addIssueTo(
  { order, pledge }: PledgeOrder,
  severity: 'error' | 'warning',
  code: IssueCode,
  message: string,
  mapping: Mapping,
): void {
  const column = mapping.headerOf.get('amount') ?? null;
  const rows = severity === 'error' ? order.rows : order.rows.slice(0, 1);
  for (const { issues } of rows) addIssue(issues, severity, code, message, column, pledge.amount);
}
