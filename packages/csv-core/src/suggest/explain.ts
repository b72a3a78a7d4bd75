import { type Field, fields } from '../fields/fields.js';
import type { FieldScore } from './score-column.js';

/** For people, why a column is suggested for a field: `named like an e-mail address, and 98 of 100 cells are …`. */
export function explainField({ field, name, fit, evidence }: FieldScore): string {
  if (name === null) return evidence ?? 'its cells look like it';
  const named = describeName(field, name.how);
  if (evidence === null || fit === 0) return named;
  return `${named}, ${fit > 0 ? 'and' : 'but'} ${evidence}`;
}

/**
 * For people, why a column is not suggested for the field that fits it best.
 *
 * @param taker the column to which the field is assigned, if there is one
 */
export function explainRefusal({ field, name, fit, evidence }: FieldScore, taker: string | null): string {
  const like = name === null ? `might be ${fields[field].label}` : describeName(field, name.how);
  if (taker !== null) return `${like}, but "${taker}" fits better`;
  if (fit >= 0) return `${like}, but too little speaks for it`;
  return `${like}, but ${evidence ?? 'its cells do not look like it'}`;
}

function describeName(field: Field, how: 'same' | 'similar' | 'misspelled'): string {
  if (how === 'same') return `named like ${fields[field].label}`;
  return how === 'similar'
    ? `the name resembles that of ${fields[field].label}`
    : `named like ${fields[field].label}, but for its spelling`;
}
