import type { ColumnProfile } from '../fields/column-profile.js';
import { type Field, fieldNames } from '../fields/fields.js';
import { type ContentFit, contentCarry, judgeContent } from './content-fit.js';
import type { NameMatch, NameReading } from './name-index.js';

/** How well one column suits one field. */
export interface FieldScore extends ContentFit {
  readonly field: Field;
  /** 0 to 1. */
  readonly score: number;
  /** Null when the header does not match a name of the field. */
  readonly name: NameMatch | null;
}

/** The scores of a column before it is compared with the others. */
export interface ScoredColumn {
  readonly position: number;
  /** The header as the file writes it; empty when the column has no name. */
  readonly header: string;
  /** Whether the header is a usual name of something that has no field. */
  readonly isOther: boolean;
  /** The words of the header in English, without idle ones. */
  readonly words: readonly string[];
  readonly profile: ColumnProfile;
  /** The scores above 0, and those of fields whose names the header matches. */
  readonly scores: ReadonlyMap<Field, FieldScore>;
}

/**
 * Headers that people and programs give to a column without a name, such as `B`, `AA` (spreadsheets), `Unnamed: 2`
 * (pandas).
 */
const UNNAMED =
  /^(?:column|col|field|unnamed|header|spalte|feld|colonne|champ|columna|campo|coluna|colonna|kolom|kolumna|列|欄|열|[a-z]{1,2})?[\s:_#.-]*\d*$/i;

/** Whether a header is not a name at all. A header with unknown words is a name. */
export function isUnnamed(header: string): boolean {
  return UNNAMED.test(header.trim());
}

/** How much the cells count for a field if the header is a name of another field, and the cells fit that field. */
const NAMED_OTHERWISE = 0.3;
/** How much the cells count for a field if the header is a name of something that has no field. */
const OTHER_NAME = 0.2;
/** How much the cells count for a field if the header is unknown. */
const UNKNOWN_NAME = 0.6;
/** From this score on, a header counts as a name of the field. */
const SURE_NAME = 0.7;
/** With this fit or less, the cells disprove the name. */
const DISPROVED = -0.5;

/** The field that the header names although the cells cannot belong to it; undefined if there is none. */
export function disprovedField({ scores }: ScoredColumn): FieldScore | undefined {
  return [...scores.values()]
    .filter(({ name, fit }) => (name?.score ?? 0) >= SURE_NAME && fit <= DISPROVED)
    .sort((a, b) => (b.name?.score ?? 0) - (a.name?.score ?? 0))[0];
}

/** Scores a column for all fields. */
export function scoreColumn(
  position: number,
  header: string,
  reading: NameReading,
  profile: ColumnProfile,
): ScoredColumn {
  const fits = new Map(fieldNames.map((field) => [field, judgeContent(field, profile)]));
  const isNamed = [...reading.fields].some(
    ([field, { score }]) => score >= SURE_NAME && (fits.get(field)?.fit ?? 0) > DISPROVED,
  );
  const trust = isUnnamed(header)
    ? 1
    : reading.isOther
      ? OTHER_NAME
      : isNamed
        ? NAMED_OTHERWISE
        : UNKNOWN_NAME;
  const scores = new Map<Field, FieldScore>();
  for (const [field, { fit, evidence }] of fits) {
    const name = reading.fields.get(field) ?? null;
    const byName = name === null ? 0 : scoreName(name, fit);
    const byContent = Math.max(0, fit) * contentCarry(field) * trust;
    const score = byName + byContent - byName * byContent;
    if (score > 0 || name !== null) scores.set(field, { field, score, name, fit, evidence });
  }
  const { isOther, words } = reading;
  return { position, header, isOther, words, profile, scores };
}

/**
 * The less exactly the name matches, the more the cells count. Cells that cannot belong to the field make the score 0.
 */
function scoreName({ score, how }: NameMatch, fit: number): number {
  const byItself = how === 'same' ? 0.85 : 0.65;
  return score * (fit >= 0 ? byItself + (1 - byItself) * fit : byItself * (1 + fit));
}
