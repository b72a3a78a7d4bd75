import { isField } from '../fields/fields.js';
import { headerKeys } from '../header/header-keys.js';
import { displayHeader, type ResolvedColumn } from '../header/resolve-columns.js';
import { isSecretHeader } from '../header/secret-headers.js';
import type { Platform } from '../platforms/platform.js';
import { maxKeyLength } from '../schemas/scalars.js';
import type { ColumnAssignment } from './column-assignment.js';

/**
 * Says of every column what a person has said of it. Columns they left out are kept with the pledge; secret columns
 * stay secret, whatever they said. Of two words on one column the first counts; positions beyond the file are passed over.
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
    return assignColumn(header, assignments[rank]?.as ?? 'kept', rank);
  });
}

function assignColumn(header: string, as: ColumnAssignment['as'], rank: number): ResolvedColumn {
  if (isField(as)) {
    return { role: 'field', header, rank, column: { field: as, headers: [], title: header } };
  }
  if (as === 'question') return { role: 'question', header, question: header };
  if (as === 'kept' || as === 'ignored') return { role: as, header };
  // As a key the name would be too long and would reject every row.
  if (header.length > maxKeyLength) return { role: 'unknown', header };
  return { role: as, header, key: header, name: header };
}
