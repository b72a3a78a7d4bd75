import { normalizeHeader } from '../header/normalize-header.js';
import type { Field } from '../mapping/row-fields.js';
import type { PledgeStatus } from '../schemas/pledge.js';

/** Headers that belong to one canonical field, best first. All are compared in normalised form. */
export interface PlatformColumn {
  readonly field: Field;
  readonly headers: readonly string[];
  /** A blank cell, or a file without the column, rejects the row. */
  readonly required?: boolean;
  /** In every file of the platform, whatever its age and options: a file without it makes detection less sure. */
  readonly usual?: boolean;
  /**
   * The headers are two ways to say one thing: a blank cell of the better one is filled from the other. Without
   * it only the better one is read, row by row alike, and the other is kept with the pledge.
   */
  readonly alternatives?: boolean;
  /** The column counts only in files that also have one of these headers … */
  readonly onlyWith?: readonly string[];
  /** … and none of these. */
  readonly onlyWithout?: readonly string[];
}

/** As a platform holds it: headers normalised. */
export interface KnownColumn extends PlatformColumn {
  /** The first header as the platform writes it, for people. */
  readonly title: string;
}

/** What a platform makes of columns whose header is not in its list. */
export type DynamicColumn =
  | { readonly role: 'add-on' | 'item'; readonly key: string; readonly name: string }
  | { readonly role: 'question'; readonly question: string }
  /** Kept with the pledge under its header. */
  | { readonly role: 'unknown' };

/** Where an unlisted column stands, for {@link Platform.dynamicColumn}. */
export interface ColumnPlace {
  /** The header as the file writes it, without surrounding blanks. */
  readonly header: string;
  readonly position: number;
  /** Position of a normalised header, or -1. */
  readonly positionOf: (normalizedHeader: string) => number;
}

/**
 * Everything Pledgeline knows of one place that files come from. Shared code asks these questions and never
 * names a platform.
 */
export interface Platform {
  /** Stored with every pledge; never changes. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** How well the format is known, and from where. */
  readonly evidence: string;
  /** Groups of headers that only this platform writes: one whole group decides. Empty: only taken as a last resort. */
  readonly signatures: readonly (readonly string[])[];
  /** Header patterns that only this platform writes. */
  readonly signaturePatterns: readonly RegExp[];
  readonly columns: readonly KnownColumn[];
  /** Known columns that have no field: kept with the pledge under their own header. */
  readonly kept: readonly string[];
  /** Known columns that are neither read nor kept, such as counters that repeat other columns. */
  readonly ignored: readonly string[];
  /** Columns blanked before anything is stored: payment tokens, tax ids, bearer links, IP addresses. */
  readonly secrets: readonly RegExp[];
  /** The file's words for a payment state, lower-case. */
  readonly statuses: Readonly<Record<string, PledgeStatus>>;
  /** Whether a row without a payment status is rejected. */
  readonly statusRequired: boolean;
  /** Cells at the end of a row may be missing. Where false, a short row is rejected. */
  readonly shortRows: boolean;
  /** An address counts only in rows where this field is filled, if the file has its column. */
  readonly addressRequires: Field | null;
  /** Words in a survey cell that say "not answered", lower-case. */
  readonly blankAnswers: readonly string[];
  readonly dynamicColumn: (place: ColumnPlace) => DynamicColumn;
}

/** What a platform file has to say; the rest has a default. */
export type PlatformDefinition = Pick<Platform, 'name' | 'title' | 'evidence'> &
  Partial<Omit<Platform, 'columns'>> & { readonly columns: readonly PlatformColumn[] };

/** Columns that must never be stored, whatever the platform calls itself. */
const commonSecrets: readonly RegExp[] = [
  /\b(?:charge|payment|access|api|auth) ?token\b/,
  /\b(?:manage|survey|invite|pledge manager) ?(?:url|link)\b/,
  /\bcard (?:number|last ?4|id|fingerprint|exp\b.*|cvc.*)\b/,
  /\bcredit card\b/,
  /^(?:cpf|cnpj|ssn|tax id|vat id|iban)$/,
  /\bip ?address\b/,
  /\buser ?agent\b/,
];

/** The common words; a platform adds its own. */
const commonStatuses: Readonly<Record<string, PledgeStatus>> = {
  collected: 'COLLECTED',
  paid: 'COLLECTED',
  completed: 'COLLECTED',
  complete: 'COLLECTED',
  charged: 'COLLECTED',
  success: 'COLLECTED',
  successful: 'COLLECTED',
  active: 'COLLECTED',
  pending: 'PENDING',
  unpaid: 'PENDING',
  open: 'PENDING',
  processing: 'PENDING',
  authorized: 'PENDING',
  'on hold': 'PENDING',
  errored: 'ERRORED',
  error: 'ERRORED',
  failed: 'ERRORED',
  declined: 'ERRORED',
  dropped: 'DROPPED',
  canceled: 'CANCELED',
  cancelled: 'CANCELED',
  voided: 'CANCELED',
  refunded: 'REFUNDED',
  returned: 'REFUNDED',
  chargeback: 'REFUNDED',
};

/**
 * Fills in what most platforms share: common status words, common secret columns, unknown columns kept with
 * the pledge. Headers may be written as the platform writes them; they are normalised here.
 */
export function definePlatform(definition: PlatformDefinition): Platform {
  const normalizeAll = (headers: readonly string[] | undefined) => headers?.map(normalizeHeader);
  return {
    signaturePatterns: [],
    statusRequired: true,
    shortRows: false,
    addressRequires: null,
    blankAnswers: [],
    dynamicColumn: () => ({ role: 'unknown' }),
    ...definition,
    signatures: (definition.signatures ?? []).map((group) => group.map(normalizeHeader)),
    kept: normalizeAll(definition.kept) ?? [],
    ignored: normalizeAll(definition.ignored) ?? [],
    secrets: [...commonSecrets, ...(definition.secrets ?? [])],
    statuses: { ...commonStatuses, ...definition.statuses },
    columns: definition.columns.map((column) => ({
      ...column,
      title: column.headers[0] ?? column.field,
      headers: column.headers.map(normalizeHeader),
      ...(column.onlyWith && { onlyWith: column.onlyWith.map(normalizeHeader) }),
      ...(column.onlyWithout && { onlyWithout: column.onlyWithout.map(normalizeHeader) }),
    })),
  };
}
