import type { ColumnProfile } from '../fields/column-profile.js';
import { type Field, fields } from '../fields/fields.js';

/** How well the cells of a column suit a field. */
export interface ContentFit {
  /** -1 (they cannot be this) over 0 (they may) to 1 (they look just like it). */
  readonly fit: number;
  /** For people: `98 of 100 cells are e-mail addresses`; null when there is nothing to say. */
  readonly evidence: string | null;
}

/** So few cells prove little. */
const FEW = 3;

/** How well the cells suit the field; a column without filled cells suits every field as well as not. */
export function judgeContent(field: Field, profile: ColumnProfile): ContentFit {
  if (profile.filled === 0) return { fit: 0, evidence: null };
  const { judge, tell } = fields[field].cells;
  const fit = judge(profile);
  const weight = Math.min(1, fit > 0 ? (profile.filled + 1) / FEW : profile.filled / FEW);
  return { fit: fit * weight, evidence: tell?.(profile) ?? null };
}

/** 0 to 1: how sure the field is when only the cells speak for it, and speak clearly. */
export function contentCarry(field: Field): number {
  return fields[field].carry ?? 0;
}
