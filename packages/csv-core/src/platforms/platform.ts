import type { ColumnRules, PlatformColumn } from '../header/column-rules.js';
import type { ItemGroup, ItemHeaders } from '../header/item-columns.js';
import { normalizeHeader } from '../header/normalize-header.js';
import { commonSecrets } from '../header/secret-headers.js';
import type { PledgeStatus } from '../schemas/pledge.js';
import type { DateOrder } from '../values/date.js';
import type { DecimalMark } from '../values/decimal-mark.js';

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

/**
 * Everything Pledgeline knows of one place that files come from. Shared code asks these questions and never
 * names a platform.
 */
export interface Platform extends ColumnRules {
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
 *
 * `pnpm new:platform NAME file.csv` writes a first one from a real file; "One more platform" in the README of the
 * package says what each property is for.
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
