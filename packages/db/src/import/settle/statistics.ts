import type { PledgeStatus, ProductKind } from '@pledgeline/csv-core';
import type { CurrencyTotal } from '../records/compare-totals.js';

/**
 * What became of the records of one type. The three add up to the records that the file names: one for each accepted
 * row, or for each order where several rows are one.
 */
export interface Outcomes {
  readonly created: number;
  readonly updated: number;
  /** Those that were stored as the file has them, also because an earlier row of the file had said so. */
  readonly unchanged: number;
}

/** Pledges of one currency and status. */
export interface PledgeTotal {
  /** ISO 4217; null where no file names a currency. */
  readonly currency: string | null;
  readonly status: PledgeStatus;
  readonly pledges: number;
  /** Decimal text with four decimals. */
  readonly amount: string;
}

/** Units of one product in pledges whose status commits them. */
export interface ProductUnits {
  readonly kind: ProductKind;
  readonly key: string;
  readonly name: string;
  readonly units: number;
}

/** What one chunk holds: stored with the chunk, in the transaction that writes its records. */
export interface ChunkResult {
  /** Records of each type that accepted rows name. */
  readonly records: { readonly backers: number; readonly pledges: number; readonly surveys: number };
  /** Ids of the products that accepted rows name. */
  readonly products: readonly string[];
  /** What the accepted rows pledge, against what was read back after it was written. */
  readonly totals: readonly CurrencyTotal[];
}

/**
 * What an upload brought, and a look at the campaign after it. Written once, when the upload is final. Everything
 * is counted in the tables, so it does not depend on how the work was cut up, ordered or repeated.
 */
export interface UploadStatistics {
  readonly rows: { readonly total: number; readonly imported: number; readonly rejected: number };
  /** Products count once each; the other types as often as the file names them. */
  readonly records: Readonly<Record<'backers' | 'products' | 'pledges' | 'surveys', Outcomes>>;
  /** All pledges of the campaign after the upload. */
  readonly totals: readonly PledgeTotal[];
  /** Units of the campaign after the upload, the most wanted products first; at most {@link maxUnits} of them. */
  readonly units: readonly ProductUnits[];
  /** Products of the campaign, those that `units` leaves out included. */
  readonly productCount: number;
  /** Backers of the campaign who are left without a pledge, for instance after a change of e-mail. */
  readonly backersWithoutPledge: number;
}

/** A file may name a product per row; the report stays readable, and `GET /inventory` has them all. */
export const maxUnits = 500;
