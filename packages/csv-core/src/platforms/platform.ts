import type { Field } from '../fields/fields.js';
import { normalizeHeader } from '../header/normalize-header.js';
import { commonSecrets } from '../header/secret-headers.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { DateOrder } from '../values/date.js';
import type { DecimalMark } from '../values/decimal-mark.js';

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

/**
 * Columns that tell of one item each, several times in one row. Of each header that the file has, the first
 * occurrence belongs to the first item, the second to the second, and so on.
 */
export interface ItemGroup {
  /**
   * `same-names`: the headers are repeated as they are (Indiegogo), perhaps with a suffix by which a spreadsheet made
   * them unique (`Item SKU.1`, `Item SKU_2`). `numbered`: `{n}` in the headers stands for 1, 2, 3 …
   */
  readonly repeat: 'same-names' | 'numbered';
  /** The item's SKU or the platform's id: its key. Without one the name is. Of several headers the best first. */
  readonly sku?: ItemHeaders;
  readonly name?: ItemHeaders;
  /** What was chosen (`Option 1`: red). Filled cells become part of name and key: another colour is another product. */
  readonly options?: readonly string[];
  /** A blank cell, or a file without the column, counts as 1. */
  readonly quantity?: ItemHeaders;
  /** Of one unit. */
  readonly unitPrice?: ItemHeaders;
}

/** What a column of an item is called, or was called by other versions of the platform: the best first. */
export type ItemHeaders = string | readonly string[];

/** A cell that tells of the payment's state, whatever the status column says. */
export interface StatusRule {
  readonly header: string;
  /** What the cell must hold, without the flags `g` and `y`; left out, any text will do. */
  readonly pattern?: RegExp;
  readonly status: PledgeStatus;
}

/** What makes an address one that may be shipped to. */
export interface AddressProof {
  readonly header: string;
  /** What the cell must hold, without the flags `g` and `y`; left out, any text will do. */
  readonly pattern?: RegExp;
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
  /** The normalised headers of the file, by position. */
  readonly keys: readonly string[];
  /** First position of a normalised header, or -1. */
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
  /**
   * How far the headers can be trusted, from 0 to 1: 1 where they were read in a file or in the platform's own exporter,
   * less where they rest on other programs or on descriptions. Detection is no surer than this.
   */
  readonly certainty: number;
  /** Groups of headers that only this platform writes: one whole group decides. Empty: only taken as a last resort. */
  readonly signatures: readonly (readonly string[])[];
  /** Header patterns that only this platform writes. */
  readonly signaturePatterns: readonly RegExp[];
  readonly columns: readonly KnownColumn[];
  /** Known columns that have no field: kept with the pledge under their own header. */
  readonly kept: readonly string[];
  /** Known columns that are neither read nor kept, such as counters that repeat other columns. */
  readonly ignored: readonly string[];
  /**
   * Columns blanked before anything is stored: payment tokens, tax ids, bearer links, IP addresses. Compared with the
   * normalised header and with its words alone (`card-last4 (visa)` is also tried as `card last4 visa`). Those that
   * every platform shares are added; list what they miss.
   */
  readonly secrets: readonly RegExp[];
  /** The file's words for a payment state, lower-case. */
  readonly statuses: Readonly<Record<string, PledgeStatus>>;
  /** Whether a row without a payment status is rejected. */
  readonly statusRequired: boolean;
  /** Cells at the end of a row may be missing. Where false, a short row is rejected. */
  readonly shortRows: boolean;
  /** What its files always write before decimals; null when that differs or is not known. */
  readonly decimalMark: DecimalMark | null;
  /** What its files always write in `03/04/2024`; null when that differs or is not known. Evidence in a file wins. */
  readonly dateOrder: DateOrder | null;
  /**
   * How several rows tell of one order. `one`: they never do. `repeated`: each row repeats the order's columns.
   * `blank-after-first`: only the first has them, the rows that follow are blank there.
   */
  readonly orderRows: 'one' | 'repeated' | 'blank-after-first';
  /** An address counts only in rows that have this, if the file has its column. */
  readonly addressRequires: AddressProof | null;
  /** Columns of items beside each other in one row. */
  readonly itemGroups: readonly ItemGroup[];
  /** Cells that overrule the status column; the first that fits counts. */
  readonly statusRules: readonly StatusRule[];
  /** ISO 4217 code of all its amounts, where the platform knows only one currency; null otherwise. */
  readonly currency: string | null;
  /**
   * What a pledge manager's files call the platforms where pledges were made (in the column of the field
   * `originPlatform`, lower-case), by our names. The pledge then has that platform's key.
   */
  readonly origins: Readonly<Record<string, string>>;
  /** Whether its rows are pledges; a mailing list has only people. */
  readonly holdsPledges: boolean;
  /** Words in a survey cell that say "not answered", lower-case. */
  readonly blankAnswers: readonly string[];
  readonly dynamicColumn: (place: ColumnPlace) => DynamicColumn;
}

/** What a platform file has to say; the rest has a default. */
export type PlatformDefinition = Pick<Platform, 'name' | 'title' | 'evidence'> &
  Partial<Omit<Platform, 'columns'>> & { readonly columns: readonly PlatformColumn[] };

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
    dateOrder: null,
    decimalMark: null,
    orderRows: 'one',
    certainty: 1,
    currency: null,
    origins: {},
    holdsPledges: true,
    blankAnswers: [],
    dynamicColumn: () => ({ role: 'unknown' }),
    ...definition,
    itemGroups: (definition.itemGroups ?? []).map(normalizeGroup),
    statusRules: (definition.statusRules ?? []).map(normalizeRule),
    addressRequires: definition.addressRequires ? normalizeRule(definition.addressRequires) : null,
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

function normalizeRule<T extends { readonly header: string }>(rule: T): T {
  return { ...rule, header: normalizeHeader(rule.header) };
}

function normalizeHeaders(headers: ItemHeaders): readonly string[] {
  return [headers].flat().map(normalizeHeader);
}

function normalizeGroup({ repeat, sku, name, options, quantity, unitPrice }: ItemGroup): ItemGroup {
  return {
    repeat,
    ...(sku !== undefined && { sku: normalizeHeaders(sku) }),
    ...(name !== undefined && { name: normalizeHeaders(name) }),
    ...(options !== undefined && { options: options.map(normalizeHeader) }),
    ...(quantity !== undefined && { quantity: normalizeHeaders(quantity) }),
    ...(unitPrice !== undefined && { unitPrice: normalizeHeaders(unitPrice) }),
  };
}
