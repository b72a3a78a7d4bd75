import type { Field } from '../../src/fields/fields.js';
import { isField } from '../../src/fields/fields.js';
import { normalizeHeader } from '../../src/header/normalize-header.js';
import { displayHeader } from '../../src/header/resolve-columns.js';
import { commonSecrets, isSecretHeader } from '../../src/header/secret-headers.js';
import type { ColumnAssignment } from '../../src/mapping/column-assignment.js';
import { suggestMapping } from '../../src/suggest/suggest-mapping.js';
import { type Answers, UsageError } from './answers.js';
import type { Sample } from './sample.js';

/** What one column of the file is proposed to be. */
export interface ProposedColumn {
  readonly position: number;
  readonly header: string;
  /** As it is compared; empty where the column has no name. */
  readonly key: string;
  readonly as: ColumnAssignment['as'] | 'secret';
  /** For people. */
  readonly reason: string;
  /** Whether a person has said it. */
  readonly isTold: boolean;
  /** Other fields that it is a little like. */
  readonly like: readonly Field[];
}

/**
 * Says of every column what the answers say, else what `suggestMapping` says. A field that was told is suggested
 * nowhere else.
 */
export function proposeColumns(sample: Sample, answers: Answers): readonly ProposedColumn[] {
  const keys = sample.headers.map(normalizeHeader);
  const strange = [...answers.as.keys()].filter((key) => !keys.includes(key));
  if (strange.length > 0) throw new UsageError(`The file has no column "${strange.join('", "')}".`);
  const told = new Set(answers.as.values());
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
        return { ...place, as: 'secret', reason, isTold: false };
      const said = answers.as.get(key);
      if (said !== undefined) return { ...place, as: said, reason: 'as you say', isTold: true };
      if (isField(as) && told.has(as)) {
        return { ...place, as: 'kept', reason: `you say that another column is ${as}`, isTold: false };
      }
      return { ...place, as, reason, isTold: false };
    },
  );
}

/** The column that fills a field; of several the one that was told first. */
export function columnOf(columns: readonly ProposedColumn[], field: Field): ProposedColumn | undefined {
  return columns.find(({ as }) => as === field);
}
