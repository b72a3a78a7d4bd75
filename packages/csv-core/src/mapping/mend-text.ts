import { undoKnownDecoding } from '../encoding/decoded-twice.js';
import { withoutGuard, withoutPhonePrefix } from '../values/formula-guard.js';
import { resolveEntities } from '../values/html-entities.js';
import { mendEmail } from '../values/mended-email.js';
import type { Care, CaredColumn } from './column-cares.js';
import type { TextDamage } from './repair-log.js';

/** One step of the repair of a text. */
export interface TextRepair {
  readonly kind: TextDamage;
  readonly before: string;
  readonly after: string;
  /** For an e-mail address: how many other addresses the cell has. */
  readonly others: number;
}

/** The repairs of one text, in their order: the last one's `after` is the repaired text. */
export function repairsOf(text: string, column: CaredColumn): readonly TextRepair[] {
  const repairs: TextRepair[] = [];
  let before = text;
  const step = (kind: TextDamage, after: string, others = 0) => {
    if (after === before) return;
    repairs.push({ kind, before, after, others });
    before = after;
  };
  const { care, decodedAs } = column;
  if (decodedAs !== null) step('decoded_twice', undoKnownDecoding(before, decodedAs) ?? before);
  if (before.includes('&')) step('html_entities', resolveEntities(before));
  if (care !== 'email') step('formula_guard', withoutGuards(before, care));
  if (column.hasDecimalIds && WHOLE_DECIMAL.test(before.trim()))
    step('decimal_id', before.trim().slice(0, -2));
  if (care === 'email') {
    const mended = mendEmail(before);
    if (mended !== null) step('email_debris', mended.email, mended.others);
  }
  return repairs;
}

const WHOLE_DECIMAL = /^\d+\.0$/;

/** Codes are read with their apostrophe, because the platforms' own exporters write it: `'02108`. */
const codes: ReadonlySet<Care> = new Set(['key', 'id', 'sku', 'code', 'phone']);

function withoutGuards(text: string, care: Care): string {
  const trimmed = text.trim();
  if (codes.has(care) && /^'\d/.test(trimmed)) return text;
  const unguarded = withoutGuard(trimmed);
  const bare = care === 'phone' ? withoutPhonePrefix(unguarded) : unguarded;
  return bare === trimmed ? text : bare;
}
