import type { Upload } from '../upload/answers.js';
import { formatCount, formatSeconds } from './numbers.js';
import { renderFields } from './render-fields.js';
import type { Section } from './section.js';
import type { Style } from './style.js';

/** Renders how long the import took by the server's clock, from the first byte to the last row. */
export function renderTime(upload: Upload, style: Style): Section {
  const { createdAt, sealedAt, finishedAt, rows } = upload;
  if (finishedAt === null) return { title: 'Time', lines: [] };
  const total = secondsBetween(createdAt, finishedAt);
  const speed = total > 0 ? `, ${formatCount((rows.total - rows.open) / total)} rows/s` : '';
  const parts =
    sealedAt === null
      ? ''
      : ` (received in ${formatSeconds(secondsBetween(createdAt, sealedAt))}, imported in ${formatSeconds(secondsBetween(sealedAt, finishedAt))})`;
  return { title: 'Time', lines: renderFields([['', `${formatSeconds(total)}${speed}${parts}`]], style) };
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1_000;
}
