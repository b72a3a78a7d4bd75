import type { ColumnProfile } from '../fields/column-profile.js';
import { type Field, fieldNames } from '../fields/fields.js';
import { type ContentFit, contentCarry, judgeContent } from './content-fit.js';
import type { NameMatch, NameReading } from './name-index.js';

/** How well one column suits one field. */
export interface FieldScore extends ContentFit {
  readonly field: Field;
  /** 0 to 1. */
  readonly score: number;
  /** Null when the name is not like the field's. */
  readonly name: NameMatch | null;
}

/** What is known of a column before it is compared with the others. */
export interface ScoredColumn {
  readonly position: number;
  /** As the file writes it; empty when the column has no name. */
  readonly header: string;
  /** Whether the header is a usual name of something that no field holds. */
  readonly isOther: boolean;
  readonly profile: ColumnProfile;
  /** Those above 0, and those of fields that the name is like. */
  readonly scores: ReadonlyMap<Field, FieldScore>;
}

/** What people and programs call a column without a name. Spreadsheets: `B`, `AA`; pandas: `Unnamed: 2`. */
const UNNAMED =
  /^(?:column|col|field|unnamed|header|spalte|feld|colonne|champ|columna|campo|coluna|colonna|kolom|kolumna|列|欄|열|[a-z]{1,2})?[\s:_#.-]*\d*$/i;

/** Whether a header tells nothing, not even in words that nobody knows. */
export function isUnnamed(header: string): boolean {
  return UNNAMED.test(header.trim());
}

/** A name that is a field's may speak against all other fields … unless the cells prove the name wrong. */
const NAMED_OTHERWISE = 0.3;
const OTHER_NAME = 0.2;
const UNKNOWN_NAME = 0.6;
const SURE_NAME = 0.7;
/** Cells that fit so badly prove a name wrong. */
const DISPROVED = -0.5;

/** The field that the column is named after although its cells are something else, if it is. */
export function disprovedField({ scores }: ScoredColumn): FieldScore | undefined {
  return [...scores.values()]
    .filter(({ name, fit }) => (name?.score ?? 0) >= SURE_NAME && fit <= DISPROVED)
    .sort((a, b) => (b.name?.score ?? 0) - (a.name?.score ?? 0))[0];
}

/** Compares a column with all fields. */
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
  return { position, header, isOther: reading.isOther, profile, scores };
}

/** The less the name is the field's own, the more the cells have to say. Cells that cannot be the field forbid it. */
function scoreName({ score, how }: NameMatch, fit: number): number {
  const byItself = how === 'same' ? 0.85 : 0.65;
  return score * (fit >= 0 ? byItself + (1 - byItself) * fit : byItself * (1 + fit));
}
