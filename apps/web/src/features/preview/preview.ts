import type { ColumnAssignment, IssueSeverity } from '@pledgeline/csv-core';
import type { UnknownFile } from '../mapping/file-answers.js';

/** What a column is taken for: a field, or another role. */
export type Meaning = ColumnAssignment['as'] | 'secret' | 'item-part';

/** A cell as it is understood, beside what the file has. */
export interface Sample {
  readonly raw: string;
  /** Null where the meaning does not change the text. */
  readonly understood: string | null;
}

export interface PreviewColumn {
  readonly position: number;
  readonly header: string;
  /** Null while nobody knows. */
  readonly meaning: Meaning | null;
  readonly samples: readonly Sample[];
}

/** Rows with the same problem. */
export interface ExpectedProblem {
  readonly code: string;
  readonly column: string | null;
  readonly severity: IssueSeverity;
  readonly count: number;
  /** What is wrong with the first of them, and what to do. */
  readonly message: string;
  readonly value: string | null;
}

/** What the beginning of a table shows. */
export interface TablePreview {
  readonly kind: 'table';
  /** Which file of an upload it is, from 0. */
  readonly file: number;
  /** Path in the archive, or the sheet; null for one plain file. */
  readonly name: string | null;
  /** The title of the platform; null for a table of nobody that we know. */
  readonly platform: string | null;
  /** The name of the saved mapping that says what its columns are. */
  readonly template: string | null;
  /** What its columns may be, and what is asked; null where a platform or a saved mapping decides that. */
  readonly unknown: UnknownFile | null;
  readonly reasons: readonly string[];
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly columns: readonly PreviewColumn[];
  readonly assumptions: readonly string[];
  readonly rows: {
    readonly seen: number;
    /** Whether these are all rows of the file. */
    readonly areAll: boolean;
    /** What would become of them; null where the server does not say it of so few. */
    readonly outcome: {
      readonly imported: number;
      readonly rejected: number;
      readonly leftOut: number;
    } | null;
  };
  readonly problems: readonly ExpectedProblem[];
}

/** A file of an archive that an upload would not read. */
export interface SkippedPreview {
  readonly kind: 'skipped';
  readonly name: string;
  readonly reason: string;
}

/** What a file is, before a byte of it is imported. */
export type Preview =
  | {
      readonly kind: 'seen';
      /** Who has looked at it, and whether it was packed. */
      readonly by: 'browser' | 'browser-unpacked' | 'server';
      readonly tables: readonly (TablePreview | SkippedPreview)[];
      /** Whether an archive has more files than were looked at. */
      readonly hasMoreFiles: boolean;
    }
  /** Only the server can open it. */
  | { readonly kind: 'packed' }
  /** It is no table, and `message` says why. */
  | { readonly kind: 'unreadable'; readonly message: string };
