import type pg from 'pg';
import type { Prisma } from '../../../generated/prisma/client.js';
import type { PageStart } from '../../../page-start.js';
import type { ShownStatus } from '../../gone/shown-status.js';

/** Which list. */
export type RecordNoun = 'backers' | 'pledges' | 'products' | 'surveys' | 'inventory';

/** What may be read along with a record. */
export type Expansion = 'backer' | 'survey' | 'pledge' | 'pledges';

/** What lists can be sorted by: a fixed order that means nothing, or a time. */
export type SortColumn = 'id' | 'updatedAt' | 'pledgedAt';

export interface RecordSort {
  readonly by: SortColumn;
  readonly order: 'ASC' | 'DESC';
}

/** An upload whose records are asked for. */
export interface UploadSpan {
  /** Its sequence in the campaign. */
  readonly sequence: number;
  /** From when to when it wrote records; null while it still does. */
  readonly from: Date;
  readonly to: Date | null;
}

/** What records must be like. Each list knows some of these; see `record-lists.ts`. */
export interface RecordFilters {
  readonly status?: readonly ShownStatus[] | undefined;
  /** Id of a product that the pledge contains. */
  readonly product?: string | undefined;
  readonly platform?: readonly string[] | undefined;
  /** ISO 3166-1 alpha-2. */
  readonly country?: readonly string[] | undefined;
  /** A normalised address, as `parseEmail` of csv-core gives it. */
  readonly email?: string | undefined;
  /** A part of a name, or the beginning of a number. */
  readonly q?: string | undefined;
  /** Whether the row that wrote the record last has an issue. */
  readonly hasIssue?: boolean | undefined;
  readonly withoutAddress?: boolean | undefined;
  /** Whether pledges need more units of the product than are there. Where nobody knows how many are there, none are missing. */
  readonly short?: boolean | undefined;
  readonly updatedSince?: Date | undefined;
  /** Records that this upload created, or changed last. */
  readonly upload?: UploadSpan | undefined;
  /** Only these. A search sets it itself, where it has found that there are few. */
  readonly ids?: readonly string[] | undefined;
}

/** The place of a record in a list. */
export interface RecordKey {
  /** What the list is sorted by, as ISO 8601; null when that is the id. */
  readonly time: string | null;
  readonly id: string;
}

export interface RecordsQuery {
  readonly campaignId: string;
  readonly filters: RecordFilters;
  readonly sort: RecordSort;
  /** Undefined for the beginning of the list. Before an entry the list is read backwards. */
  readonly start?: PageStart<RecordKey> | undefined;
  /** How many records at most. */
  readonly limit: number;
  /** What is read along with each record. */
  readonly expand?: readonly Expansion[] | undefined;
  /** How many records may be looked at to find them; all by default. */
  readonly examine?: number | undefined;
  /** Called when the search stopped there because it had looked at enough. */
  readonly onStop?: ((place: RecordKey) => void) | undefined;
}

/** The database, or a snapshot of it. */
export interface RecordSource {
  readonly prisma: Prisma.TransactionClient;
  /** Missing in a snapshot, which has one connection. */
  readonly pool?: pg.Pool;
}
