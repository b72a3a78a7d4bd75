import type { ColumnAssignment, IssueSeverity, OpenQuestion } from '@pledgeline/csv-core';

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

/** What the beginning of a file shows, before a byte of it was sent. */
export interface TablePreview {
  readonly kind: 'table';
  /** The title of the platform; null for a table of nobody that we know. */
  readonly platform: string | null;
  readonly isUnderstood: boolean;
  readonly reasons: readonly string[];
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly columns: readonly PreviewColumn[];
  readonly questions: readonly OpenQuestion[];
  readonly assumptions: readonly string[];
  readonly rows: {
    readonly seen: number;
    /** Whether these are all rows of the file. */
    readonly areAll: boolean;
    readonly imported: number;
    readonly rejected: number;
    readonly leftOut: number;
  };
  readonly problems: readonly ExpectedProblem[];
}

/** `packed`: only the server can open it. `unreadable`: it is no table, and `message` says why. */
export type Preview =
  | TablePreview
  | { readonly kind: 'packed' }
  | { readonly kind: 'unreadable'; readonly message: string };
