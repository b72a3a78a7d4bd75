import type { Upload } from '../upload/answers.js';
import { shellWord } from './shell-word.js';

/** The commands with which the rejected rows of an upload are corrected; none if there are none. */
export function correctLines({ id, campaign, rows }: Upload, url?: string): readonly string[] {
  if (rows.rejected === 0) return [];
  const where = url === undefined ? '' : ` --url ${shellWord(url)}`;
  return [
    `pnpm cli rejected ${id} --out rejected.csv${where}`,
    `pnpm cli import rejected.csv --campaign ${shellWord(campaign)}${where}   # when it is corrected`,
  ];
}
