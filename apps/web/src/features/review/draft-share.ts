import type { Draft } from './change-queries.js';

/**
 * How far a draft is, from 0 to 100. An undo is worked out and then written, which is one way to the person who waits, so the bar
 * never goes back. Other columns are looked at in between: those are two ways.
 */
export function shareOf({ kind, status, percent }: Pick<Draft, 'kind' | 'status' | 'percent'>): number {
  if (kind !== 'UNDO') return percent;
  return status === 'BUILDING' ? percent / 2 : 50 + percent / 2;
}
