import type { Field } from '../fields/fields.js';
import type { ColumnRules, PlatformColumn } from '../header/column-rules.js';
import type { ItemGroup, ItemHeaders } from '../header/item-columns.js';
import { normalizeHeader } from '../header/normalize-header.js';
import { commonSecrets } from '../header/secret-headers.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { DateOrder } from '../values/date.js';
import type { DecimalMark } from '../values/decimal-mark.js';

/** A rule by which a cell decides the payment status and overrules the status column. */
export interface StatusRule {
  readonly header: string;
  /** The cell must match this pattern, which must not have the flags `g` and `y`. Default: any text. */
  readonly pattern?: RegExp;
  /** That the cell must be blank. Default: filled. */
  readonly is?: 'blank';
  readonly status: PledgeStatus;
}

/** A rule for rows that are no pledges, such as the fees in a statement of account. They are rejected. */
export interface RefusedRow {
  readonly header: string;
  /** The cell must match this pattern, which must not have the flags `g` and `y`. */
  readonly pattern: RegExp;
  /** For people: why the row is no pledge, and what to do. */
  readonly message: string;
  /** Header of the cell that the message is about, such as the number of another payment. Default: the tested cell. */
  readonly shows?: string;
}

/**
 * A rule for rows that pay back a sale and have a number of their own: which of them they are, and where they name the number and
 * the person of the sale. A row that lacks one of these cells is none of them.
 */
export interface RefundRows {
  /** All of them must match. */
  readonly tests: readonly { readonly header: string; readonly pattern: RegExp }[];
  /** Which column of such a row fills a field. */
  readonly moves: readonly { readonly field: Field; readonly header: string }[];
}

/** A rule by which a cell confirms that an address may be shipped to. */
export interface AddressProof {
  readonly header: string;
  /** The cell must match this pattern, which must not have the flags `g` and `y`. Default: any text. */
  readonly pattern?: RegExp;
}

/**
 * Everything that is known of one origin of files. Shared code uses these properties and never names a platform.
 */
export interface Platform extends ColumnRules {
  /** Its name in code and data. It is stored with every pledge, so it must never change. */
  readonly name: string;
  /** Its name for people. */
  readonly title: string;
  /** How well the format is known, and from which source. */
  readonly evidence: string;
  /**
   * How certain the headers are, from 0 to 1. They are certain if they are from a file or from the platform's own
   * exporter, and less certain if they are from other programs or from descriptions. The confidence of detection is at
   * most this.
   */
  readonly certainty: number;
  /**
   * Groups of headers that only this platform writes. One complete group is enough to detect it. A platform without
   * signatures and `signaturePatterns` is considered only when no other one fits.
   */
  readonly signatures: readonly (readonly string[])[];
  /** Patterns of headers that only this platform writes. One such header is enough to detect it. */
  readonly signaturePatterns: readonly RegExp[];
  /** The platform's words for the payment status, in lower case. */
  readonly statuses: Readonly<Record<string, PledgeStatus>>;
  /** Whether a row without a payment status is rejected. */
  readonly statusRequired: boolean;
  /**
   * The status of a pledge whose cell is blank in a column of the payment status; the row gets a warning. Null where the
   * platform leaves such cells blank on purpose.
   */
  readonly blankStatus: PledgeStatus | null;
  /** Whether cells at the end of a row may be missing. If not, a short row is rejected. */
  readonly shortRows: boolean;
  /** The decimal mark of all its files; null when it differs or is not known. */
  readonly decimalMark: DecimalMark | null;
  /**
   * The order of day and month in all its files; null when it differs or is not known. Evidence in a file is stronger.
   */
  readonly dateOrder: DateOrder | null;
  /**
   * How the rows of an order are written. `one`: an order has only one row. `repeated`: each row repeats the columns of
   * the order. `blank-after-first`: only the first row has them, and they are blank in the rows that follow.
   */
  readonly orderRows: 'one' | 'repeated' | 'blank-after-first';
  /** If the file has the column of this proof, only addresses with the proof are imported. */
  readonly addressRequires: AddressProof | null;
  /** Cells that overrule the status column. The first rule that matches is used. */
  readonly statusRules: readonly StatusRule[];
  /** Rows that are no pledges. The first rule that matches is used. */
  readonly refusedRows: readonly RefusedRow[];
  /** Rows that pay back a sale, where they do not bear its number in its column. Null: there are none. */
  readonly refundRows: RefundRows | null;
  /** ISO 4217 code of all its amounts, if the platform has only one currency; else null. */
  readonly currency: string | null;
  /**
   * For pledge managers: words in the column of the field `originPlatform`, in lower case, to names of platforms. A
   * pledge from such a platform has the key of that platform.
   */
  readonly origins: Readonly<Record<string, string>>;
  /** Whether its rows are pledges. The rows of a mailing list are only people. */
  readonly holdsPledges: boolean;
  /** Texts of a survey cell that mean "not answered", in lower case. */
  readonly blankAnswers: readonly string[];
}

/** What the file of a platform defines. All properties that may be left out have a default. */
export type PlatformDefinition = Pick<Platform, 'name' | 'title' | 'evidence'> &
  Partial<Omit<Platform, 'columns'>> & { readonly columns: readonly PlatformColumn[] };

/** The common words for the payment status. A platform adds its own. */
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
  // An answer to an unknown word lists only the words above.
  succeeded: 'COLLECTED',
  'partially refunded': 'COLLECTED',
  'partial refund': 'COLLECTED',
  'fully refunded': 'REFUNDED',
  'not paid': 'PENDING',
  'payment failed': 'ERRORED',
};

/**
 * Defines a platform. Adds what most platforms share: common status words, common secret columns, and that unknown
 * columns are kept with the pledge. Headers are written here as the platform writes them, and are normalised.
 *
 * `pnpm new:platform NAME file.csv` writes a first definition from a real file. "Add a platform" in the README of
 * the package explains the properties.
 */
export function definePlatform(definition: PlatformDefinition): Platform {
  const normalizeAll = (headers: readonly string[] | undefined) => headers?.map(normalizeHeader);
  return {
    signaturePatterns: [],
    statusRequired: true,
    blankStatus: null,
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
    refusedRows: (definition.refusedRows ?? []).map(normalizeRefusal),
    refundRows: definition.refundRows ? normalizeRefunds(definition.refundRows) : null,
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
      ...(column.followedBy && { followedBy: column.followedBy.map(normalizeHeader) }),
    })),
  };
}

function normalizeRule<T extends { readonly header: string }>(rule: T): T {
  return { ...rule, header: normalizeHeader(rule.header) };
}

function normalizeRefunds({ tests, moves }: RefundRows): RefundRows {
  return { tests: tests.map(normalizeRule), moves: moves.map(normalizeRule) };
}

function normalizeRefusal(rule: RefusedRow): RefusedRow {
  return { ...normalizeRule(rule), ...(rule.shows !== undefined && { shows: normalizeHeader(rule.shows) }) };
}

function normalizeHeaders(headers: ItemHeaders): readonly string[] {
  return [headers].flat().map(normalizeHeader);
}

function normalizeGroup(group: ItemGroup): ItemGroup {
  const { repeat, sku, name, options, quantity, unitPrice, packed, onlyWithout } = group;
  return {
    repeat,
    ...(packed !== undefined && { packed: normalizeHeaders(packed) }),
    ...(onlyWithout !== undefined && { onlyWithout: onlyWithout.map(normalizeHeader) }),
    ...(sku !== undefined && { sku: normalizeHeaders(sku) }),
    ...(name !== undefined && { name: normalizeHeaders(name) }),
    ...(options !== undefined && { options: options.map(normalizeHeader) }),
    ...(quantity !== undefined && { quantity: normalizeHeaders(quantity) }),
    ...(unitPrice !== undefined && { unitPrice: normalizeHeaders(unitPrice) }),
  };
}
