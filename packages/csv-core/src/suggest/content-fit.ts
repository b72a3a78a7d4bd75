import type { ColumnProfile } from '../fields/column-profile.js';
import { type Field, fields } from '../fields/fields.js';

/** How well the cells of a column suit a field. */
export interface ContentFit {
  /** From -1 (the cells cannot belong to the field) over 0 (they may) to 1 (they look exactly like it). */
  readonly fit: number;
  /** For people: `98 of 100 cells are e-mail addresses`; null when the field has no such description. */
  readonly evidence: string | null;
}

/** With fewer filled cells than this, the fit counts less. */
const FEW = 3;

/** Judges how well the cells of a column suit a field; 0 for a column without filled cells. */
export function judgeContent(field: Field, profile: ColumnProfile): ContentFit {
  if (profile.filled === 0) return { fit: 0, evidence: null };
  const { judge, describe } = fields[field].cells;
  const fit = judge(profile);
  const weight = Math.min(1, fit > 0 ? (profile.filled + 1) / FEW : profile.filled / FEW);
  return { fit: fit * weight, evidence: describe?.(profile) ?? null };
}

/** The score, 0 to 1, of a column without a known name whose cells fit perfectly. */
export function contentCarry(field: Field): number {
  return fields[field].carry ?? 0;
}
