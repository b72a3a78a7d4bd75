import { quoteForIssue } from '../issue.js';

/** Damage to a text that can be undone. */
export type TextDamage = 'decoded_twice' | 'html_entities' | 'formula_guard' | 'decimal_id' | 'email_debris';

/** What another program wrote in place of a value. */
export type MissingValue = 'null_word' | 'spreadsheet_error';

/** A kind of damage that other programs do to a file. */
export type DamageKind = TextDamage | MissingValue | 'cut_postal_code';

/** A cell before and after its repair. */
export interface RepairExample {
  readonly line: number;
  readonly before: string;
  /** Null when the cell counts as blank. */
  readonly after: string | null;
}

/** Damage of one kind in one column. */
export interface Repair {
  /** Path of the file in its archive, or name of the sheet; null for a plain file. */
  readonly file: string | null;
  readonly column: string;
  readonly kind: DamageKind;
  /** False when the cells were left as they are, because repairs were switched off. */
  readonly repaired: boolean;
  readonly count: number;
  /** The first few. */
  readonly examples: readonly RepairExample[];
}

/** How many cells of one kind and column are shown, and warned of. The others are only counted. */
export const maxRepairExamples = 3;

/** Counts repairs, so that a merchant reads one summary and not a warning for every cell. */
export interface RepairLog {
  /** Adds one cell. Returns whether it is among the first of its kind and column, which get a warning. */
  add(kind: DamageKind, column: string, example: RepairExample): boolean;
  result(): readonly Repair[];
}

interface Entry {
  readonly kind: DamageKind;
  readonly column: string;
  count: number;
  readonly examples: RepairExample[];
}

/** @param repaired whether the cells are repaired, or only found to be damaged */
export function createRepairLog(file: string | null, repaired: boolean): RepairLog {
  const entries = new Map<string, Entry>();
  return {
    add(kind, column, { line, before, after }) {
      const id = `${kind} ${column}`;
      const entry = entries.get(id) ?? { kind, column, count: 0, examples: [] };
      entries.set(id, entry);
      entry.count += 1;
      if (entry.examples.length >= maxRepairExamples) return false;
      entry.examples.push({
        line,
        before: quoteForIssue(before),
        after: after === null ? null : quoteForIssue(after),
      });
      return true;
    },
    result: () => [...entries.values()].map((entry) => ({ file, repaired, ...entry })),
  };
}
