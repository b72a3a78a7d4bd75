import type { Field } from '../../src/fields/fields.js';
import { isField } from '../../src/fields/fields.js';
import { normalizeHeader } from '../../src/header/normalize-header.js';
import { displayHeader } from '../../src/header/resolve-columns.js';
import { commonSecrets, isSecretHeader } from '../../src/header/secret-headers.js';
import type { ColumnAssignment } from '../../src/mapping/column-assignment.js';
import { suggestMapping } from '../../src/suggest/suggest-mapping.js';
import { type Answers, UsageError } from './answers.js';
import type { Sample } from './sample.js';

/** The proposal for one column of the file. */
export interface ProposedColumn {
  readonly position: number;
  readonly header: string;
  /** The normalised header; empty where the column has no name. */
  readonly key: string;
  readonly as: ColumnAssignment['as'] | 'secret';
  /** For people, why. */
  readonly reason: string;
  /** Whether it was given on the command line. */
  readonly isGiven: boolean;
  /** Other fields that fit a little. */
  readonly like: readonly Field[];
}

/**
 * Proposes the meaning of every column: that of the answers, else that of `suggestMapping`. A field in the answers is
 * not suggested for other columns.
 */
export function proposeColumns(sample: Sample, answers: Answers): readonly ProposedColumn[] {
  const keys = sample.headers.map(normalizeHeader);
  const missing = [...answers.as.keys()].filter((key) => !keys.includes(key));
  if (missing.length > 0) throw new UsageError(`The file has no column "${missing.join('", "')}".`);
  const givenFields = new Set(answers.as.values());
  return suggestMapping(sample.headers, sample.rows).columns.map(
    ({ position, header, as, reason, alternatives }) => {
      const key = keys[position] ?? '';
      const place = {
        position,
        header: displayHeader(sample.headers[position] ?? ''),
        key,
        like: alternatives.map((other) => other.as),
      };
      if (isSecretHeader(key, header, commonSecrets))
        return { ...place, as: 'secret', reason, isGiven: false };
      const given = answers.as.get(key);
      if (given !== undefined) return { ...place, as: given, reason: 'as you say', isGiven: true };
      if (isField(as) && givenFields.has(as)) {
        return { ...place, as: 'kept', reason: `you say that another column is ${as}`, isGiven: false };
      }
      return { ...place, as, reason, isGiven: false };
    },
  );
}

/** The first column that fills a field. */
export function columnOf(columns: readonly ProposedColumn[], field: Field): ProposedColumn | undefined {
  return columns.find(({ as }) => as === field);
}
