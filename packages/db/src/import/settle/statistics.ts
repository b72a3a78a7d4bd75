import type { ProductKind, Repair } from '@pledgeline/csv-core';
import type { ShownStatus } from '../gone/shown-status.js';
import type { CurrencyTotal } from '../records/compare-totals.js';

/**
 * How many records of one type an upload created, changed or left unchanged. Together they are the records in the file:
 * one for each accepted row, or for each order where several rows are one order.
 */
export interface Outcomes {
  readonly created: number;
  readonly updated: number;
  /** Records that were stored already with the values of the file, also by an earlier row of the same file. */
  readonly unchanged: number;
}

/** Pledges of one currency and status. */
export interface PledgeTotal {
  /** ISO 4217; null where no file names a currency. */
  readonly currency: string | null;
  readonly status: ShownStatus;
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
  /** How many of the units are in pledges that are not collected. Missing in statistics of an older release. */
  readonly unpaid?: number;
}

/** Counts of one chunk: stored with the chunk, in the transaction that writes its records. */
export interface ChunkResult {
  /** Records of each type that accepted rows name. */
  readonly records: { readonly backers: number; readonly pledges: number; readonly surveys: number };
  /** Ids of the products that accepted rows name. */
  readonly products: readonly string[];
  /** Amounts that the accepted rows pledge, beside those that were read back after the write. */
  readonly totals: readonly CurrencyTotal[];
  /** Damage that other programs did to its cells, by kind and column. */
  readonly repairs: readonly Repair[];
  /** Only of an upload that is the whole campaign: which pledges it names. */
  readonly named?: NamedPledges;
}

/** Which pledges the rows of a chunk name, besides those of its accepted rows: their version says so. */
export interface NamedPledges {
  /** Of the pledges of accepted rows, each once. */
  readonly platforms: readonly string[];
  /** Ids of the pledges that rejected rows are about, each once. There need not be such pledges. */
  readonly rejected: readonly string[];
  /** How many rejected rows do not say for sure which pledge they are about. */
  readonly unnamedRows: number;
}

/** What a campaign holds, whichever uploads it is from. */
export interface CampaignStatistics {
  readonly totals: readonly PledgeTotal[];
  /** Units, the most wanted products first; at most {@link maxUnits} of them. */
  readonly units: readonly ProductUnits[];
  /** Products of the campaign, those that `units` leaves out included. */
  readonly productCount: number;
  /** Backers who are left without a pledge, for instance after a change of e-mail. */
  readonly backersWithoutPledge: number;
}

/**
 * What an upload changed, and what its campaign held after it. Written when the upload is final; when an upload that was sent before
 * its end is taken back, brought back or mapped again, the campaign is counted once more, and is as it is then. Everything is counted
 * in the tables, so it does not depend on how the work was cut up, ordered or repeated.
 */
export interface UploadStatistics extends CampaignStatistics {
  readonly rows: {
    readonly total: number;
    readonly imported: number;
    readonly rejected: number;
    /** Rows that are no records. Missing in statistics of an older release, which had none. */
    readonly leftOut?: number;
  };
  /** Products count once each; the other types as often as the file names them. */
  readonly records: Readonly<Record<'backers' | 'products' | 'pledges' | 'surveys', Outcomes>>;
  /**
   * Damage that other programs did to the cells of the upload, by kind and column, the most frequent first; at most
   * {@link maxRepairs}.
   */
  readonly repairs: readonly Repair[];
  /** Missing where the campaign never had an upload that is all of it, and in statistics of an older release. */
  readonly gone?: GonePledges;
}

/** Why a file that is the whole campaign says nothing about pledges that it does not name. */
export const notMarkedReasons = ['no_pledges', 'unread_file', 'part_of_file', 'unnamed_rows'] as const;

/** Pledges whose status became `GONE` when an upload was settled, and those that came back. */
export interface GonePledges {
  /** Pledges that are GONE since then, because a complete upload does not name them. */
  readonly marked: number;
  /** Pledges that were GONE before and are not any more. */
  readonly back: number;
  /** Why nothing was marked though the upload is complete; null when it is not, or its missing pledges are marked. */
  readonly notMarked: (typeof notMarkedReasons)[number] | null;
}

/** A file may name another product in every row. The limit keeps the report readable; `GET /inventory` lists them all. */
export const maxUnits = 500;

/** A file may have thousands of columns. */
export const maxRepairs = 100;
