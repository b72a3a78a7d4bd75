import type { PledgeRecord } from '../schemas/pledge.js';
import type { Mapping } from './compile-mapping.js';
import type { MappedOrder, PledgeOrder } from './mapped-order.js';
import { addIssue } from './row-issues.js';
import { isNegative, settleRefunds } from './settle-refunds.js';
import { areSeveralPeople } from './several-people.js';

/**
 * Settles what several orders with the same number mean together, which no order tells alone: rows of different people
 * are rejected, rows that pay back a sale change its status, and other rows repeat the same pledge with a warning. A
 * negative amount without its sale is never a collected pledge.
 */
export function settleSameNumbers(
  spans: readonly { readonly orders: readonly MappedOrder[] }[],
  mapping: Mapping,
): void {
  const first = new Map<string, MappedOrder>();
  const repeated = new Map<string, PledgeOrder[]>();
  const negative: PledgeOrder[] = [];
  for (const { orders } of spans) {
    for (const order of orders) {
      const pledge = order.record?.pledge ?? null;
      if (pledge === null) continue;
      const key = keyOf(pledge, mapping);
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, order);
      else addRepeated(repeated, key, earlier, order);
      if (pledge.amount?.startsWith('-')) negative.push(...pledgeOrder(order));
    }
  }
  for (const one of negative) if (!repeated.has(keyOf(one.pledge, mapping))) settleRefunds([one], mapping);
  for (const same of repeated.values()) settleGroup(same, mapping);
}

function addRepeated(
  repeated: Map<string, PledgeOrder[]>,
  key: string,
  earlier: MappedOrder,
  order: MappedOrder,
): void {
  const known = repeated.get(key);
  if (known) known.push(...pledgeOrder(order));
  else repeated.set(key, [...pledgeOrder(earlier), ...pledgeOrder(order)]);
}

/** The order with its pledge; empty when it has none. */
function pledgeOrder(order: MappedOrder): readonly PledgeOrder[] {
  const { record } = order;
  return record === null || record.pledge === null ? [] : [{ order, record, pledge: record.pledge }];
}

function keyOf({ platform, externalId }: PledgeRecord, mapping: Mapping): string {
  return platform === mapping.platform.name ? externalId : `${platform} ${externalId}`;
}

function settleGroup(same: readonly PledgeOrder[], mapping: Mapping): void {
  if (areSeveralPeople(same.map(({ record }) => record.backer))) rejectStrangers(same, mapping);
  else if (same.some(isNegative)) settleRefunds(same, mapping);
  else warnOfRepeats(same, mapping);
}

function rejectStrangers(same: readonly PledgeOrder[], mapping: Mapping): void {
  for (const one of same) {
    const other = same.find(({ record }) => record.backer.identity !== one.record.backer.identity);
    const message = `Line ${other?.record.line ?? one.record.line} has the same number and another person, so neither is imported: the number of a pledge belongs to one person. Give each pledge its own number, or choose another column for it.`;
    for (const { issues } of one.order.rows) {
      addIssue(issues, 'error', 'several_people', message, headerOf(one, mapping), one.pledge.externalId);
    }
    one.order.record = null;
  }
}

function warnOfRepeats(same: readonly PledgeOrder[], mapping: Mapping): void {
  let earlier: PledgeOrder | undefined;
  for (const one of same) {
    if (earlier !== undefined) {
      const issues = one.order.rows[0]?.issues;
      const message = `Row ${earlier.record.row} has the same number. The two are one pledge, and the filled cells of the later row count.${lostAmount(earlier, one)}`;
      if (issues)
        addIssue(
          issues,
          'warning',
          'repeated_pledge',
          message,
          headerOf(one, mapping),
          one.pledge.externalId,
        );
    }
    earlier = one;
  }
}

/** Says which amount the later row replaces. */
function lostAmount({ record, pledge }: PledgeOrder, { pledge: later }: PledgeOrder): string {
  const isSame =
    later.amount === null || pledge.amount === null || Number(later.amount) === Number(pledge.amount);
  if (isSame) return '';
  return ` Its amount ${pledge.amount} is replaced by ${later.amount}: if they are two payments of one order, add them up in one row (line ${record.line}).`;
}

function headerOf({ pledge }: PledgeOrder, mapping: Mapping): string | null {
  const isOwn = pledge.platform === mapping.platform.name;
  return mapping.headerOf.get(isOwn ? 'externalId' : 'originExternalId') ?? null;
}
