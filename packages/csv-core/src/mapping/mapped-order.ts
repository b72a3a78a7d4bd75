import type { MappedRecord } from '../schemas/mapped-record.js';
import type { PledgeRecord } from '../schemas/pledge.js';
import type { OrderRow } from './map-order.js';

/** The rows of one order and their record; null when they are rejected. */
export interface MappedOrder {
  readonly rows: readonly OrderRow[];
  record: MappedRecord | null;
}

/** An order with a pledge. */
export interface PledgeOrder {
  readonly order: MappedOrder;
  readonly record: MappedRecord;
  readonly pledge: PledgeRecord;
}
