import { isField } from '../fields/fields.js';
import { headerKeys } from '../header/header-keys.js';
import { displayHeader, type ResolvedColumn } from '../header/resolve-columns.js';
import { isSecretHeader } from '../header/secret-headers.js';
import type { Platform } from '../platforms/platform.js';
import { maxKeyLength } from '../schemas/lengths.js';
import type { ColumnAssignment } from './column-assignment.js';

/**
 * Gives every column the role that a person has assigned to it. Columns without an assignment are kept with the pledge.
 * Secret columns stay secret, whatever is assigned to them. Of two assignments for one column the first one is used.
 * Positions beyond the file are ignored.
 */
export function assignColumns(
  headers: readonly string[],
  platform: Platform,
  assignments: readonly ColumnAssignment[],
): readonly ResolvedColumn[] {
  const keys = headerKeys(headers, () => false);
  return headers.map((rawHeader, position): ResolvedColumn => {
    const key = keys[position] ?? '';
    const header = key === '' ? `Column ${position + 1}` : displayHeader(rawHeader);
    if (isSecretHeader(key, rawHeader, platform.secrets)) return { role: 'secret', header };
    const rank = assignments.findIndex((assignment) => assignment.position === position);
    return assignColumn(header, assignments[rank] ?? { position, as: 'kept' }, rank);
  });
}

function assignColumn(
  header: string,
  { as, currency, values }: ColumnAssignment,
  rank: number,
): ResolvedColumn {
  if (isField(as)) {
    return {
      role: 'field',
      header,
      rank,
      column: { field: as, headers: [], title: header },
      currency,
      values,
    };
  }
  if (as === 'question') return { role: 'question', header, question: header };
  if (as === 'kept' || as === 'ignored') return { role: as, header };
  // As the key of a product such a long name would reject every row.
  if (header.length > maxKeyLength) return { role: 'unknown', header };
  return { role: as, header, key: header, name: header };
}
