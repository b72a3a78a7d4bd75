import type { Field } from '../fields/fields.js';
import { resolveColumns } from '../header/resolve-columns.js';
import type { Platform } from '../platforms/platform.js';
import type { ScoredColumn } from '../suggest/score-column.js';

/** Words of a header that say that its column is about money, strongest first. */
const MONEY_WORDS = ['payment', 'paid', 'pledge', 'transaction', 'order'];
/** Below this share of known words a column beside a better one is not the payment status. */
const MOSTLY = 0.5;

/**
 * The fields of columns whose exact names are common. Such a name is stronger than cells: a damaged cell is rejected in its
 * row, where the merchant sees it, and does not make the column another one.
 *
 * Of several columns with a status, the one about money counts: `Financial Status` before `Order Status`.
 */
export function pinnedFields(
  headers: readonly string[],
  platform: Platform,
  scored: readonly ScoredColumn[],
): ReadonlyMap<number, Field> {
  const pinned = new Map<number, Field>();
  for (const [position, column] of resolveColumns(headers, platform).entries()) {
    if (column.role === 'field') pinned.set(position, column.column.field);
  }
  const status = [...pinned].find(([, field]) => field === 'status')?.[0];
  const better = bestStatus(scored, pinned, status);
  if (status === better) return pinned;
  if (status !== undefined) pinned.delete(status);
  if (better !== undefined) pinned.set(better, 'status');
  return pinned;
}

function bestStatus(
  scored: readonly ScoredColumn[],
  pinned: ReadonlyMap<number, Field>,
  status: number | undefined,
): number | undefined {
  const current = status === undefined ? undefined : scored[status];
  // A column of shipping words is no payment status, whatever its name.
  const kept = current !== undefined && saysShipping(current) ? undefined : current;
  const others = scored.filter(
    (column) => !pinned.has(column.position) && isNamedStatus(column) && isStatus(column),
  );
  const [best] = [...(kept === undefined ? [] : [kept]), ...others].sort((a, b) => rankOf(a) - rankOf(b));
  return best?.position;
}

function saysShipping({ profile }: ScoredColumn): boolean {
  return profile.share('fulfillmentWord') >= MOSTLY && profile.share('statusWord') < MOSTLY;
}

function isNamedStatus({ scores }: ScoredColumn): boolean {
  return (scores.get('status')?.name?.score ?? 0) >= 0.6;
}

function isStatus({ profile }: ScoredColumn): boolean {
  return profile.share('statusWord') > MOSTLY;
}

function rankOf({ words }: ScoredColumn): number {
  const rank = MONEY_WORDS.findIndex((word) => words.includes(word));
  return rank < 0 ? MONEY_WORDS.length : rank;
}
