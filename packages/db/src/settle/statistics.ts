import type { PledgeStatus, ProductKind } from '@pledgeline/csv-core';

/** Records that a chunk writes in its own transaction. */
export const chunkRecordTypes = ['backers', 'pledges', 'surveys'] as const;

export type ChunkRecordType = (typeof chunkRecordTypes)[number];

/** Products are written before the chunk's transaction, so they are counted once, for the upload. */
export type RecordType = ChunkRecordType | 'products';

/** What became of the records of one type. */
export interface Outcomes {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Pledges of one currency and status. */
export interface PledgeTotal {
  /** ISO 4217; null where the file names no currency. */
  readonly currency: string | null;
  readonly status: PledgeStatus;
  readonly pledges: number;
  /** Decimal text with four decimals. */
  readonly amount: string;
}

/** Units of one product in accepted rows whose status commits them. */
export interface ProductUnits {
  readonly kind: ProductKind;
  readonly key: string;
  readonly name: string;
  readonly units: number;
}

/** What one chunk brought: stored with the chunk, in the transaction that wrote its records. */
export interface ChunkResult {
  readonly records: Readonly<Record<ChunkRecordType, Outcomes>>;
  readonly totals: readonly PledgeTotal[];
  readonly units: readonly ProductUnits[];
}

/** What an upload brought: the sum of its completed chunks, and a look at the campaign after it. */
export interface UploadStatistics extends ChunkResult {
  readonly records: Readonly<Record<RecordType, Outcomes>>;
  readonly rows: { readonly total: number; readonly imported: number; readonly rejected: number };
  /** Backers of the campaign who are left without a pledge, for instance after a change of e-mail. */
  readonly backersWithoutPledge: number;
}

/** Adds up what chunks brought. Exact: amounts are added as whole ten-thousandths. */
export function sumResults(results: readonly ChunkResult[]): ChunkResult {
  const records = { backers: zero(), pledges: zero(), surveys: zero() };
  const totals = new Map<string, PledgeTotal>();
  const units = new Map<string, ProductUnits>();
  for (const result of results) {
    for (const type of chunkRecordTypes) records[type] = addOutcomes(records[type], result.records[type]);
    for (const total of result.totals) addTotal(totals, total);
    for (const unit of result.units) addUnits(units, unit);
  }
  return {
    records,
    totals: [...totals.values()].sort((a, b) => compare(totalKey(a), totalKey(b))),
    units: [...units.values()].sort((a, b) => b.units - a.units || compare(unitKey(a), unitKey(b))),
  };
}

/** Puts one more pledge or sum of pledges into a table of totals. */
export function addTotal(totals: Map<string, PledgeTotal>, total: PledgeTotal): void {
  const key = totalKey(total);
  const before = totals.get(key);
  if (!before) {
    totals.set(key, total);
    return;
  }
  const amount = toDecimal(toTenThousandths(before.amount) + toTenThousandths(total.amount));
  totals.set(key, { ...before, amount, pledges: before.pledges + total.pledges });
}

/** Puts more units of a product into a table of units. */
export function addUnits(units: Map<string, ProductUnits>, more: ProductUnits): void {
  const key = unitKey(more);
  const before = units.get(key);
  units.set(key, before ? { ...before, units: before.units + more.units } : more);
}

/** `12.5` → `12.5000`: the one way in which amounts are written and compared, as `numeric(19,4)` prints them. */
export function canonicalAmount(amount: string): string {
  return toDecimal(toTenThousandths(amount));
}

function toTenThousandths(amount: string): bigint {
  const negative = amount.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? amount.slice(1) : amount).split('.');
  const value = BigInt(whole + fraction.padEnd(4, '0'));
  return negative ? -value : value;
}

function toDecimal(tenThousandths: bigint): string {
  const negative = tenThousandths < 0n;
  const digits = (negative ? -tenThousandths : tenThousandths).toString().padStart(5, '0');
  return `${negative ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function zero(): Outcomes {
  return { created: 0, updated: 0, unchanged: 0 };
}

function addOutcomes(a: Outcomes, b: Outcomes): Outcomes {
  return {
    created: a.created + b.created,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
  };
}

function totalKey({ currency, status }: PledgeTotal): string {
  return `${currency ?? ''} ${status}`;
}

function unitKey({ kind, key }: ProductUnits): string {
  return `${kind} ${key}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
