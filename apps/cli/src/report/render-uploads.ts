import type { Schemas } from '@pledgeline/client/node';
import { formatCount } from './numbers.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { printable, toMinute } from './text.js';

const columns = [
  { title: 'id' },
  { title: 'sent' },
  { title: 'campaign', flexible: true },
  { title: 'file', flexible: true },
  { title: 'status' },
  { title: 'rows', align: 'right' },
  { title: 'imported', align: 'right' },
  { title: 'rejected', align: 'right' },
] as const;

/** An id must not be cut, and a report is narrower than all columns together. */
const WIDTH = 160;

/** Renders a table of uploads. Times are in UTC. */
export function renderUploads(uploads: readonly Schemas['UploadSummary'][], style: Style): string {
  if (uploads.length === 0) return 'There are no uploads.\n';
  const rows = uploads.map(({ id, createdAt, campaign, filename, status, rows }) => [
    id,
    toMinute(createdAt),
    printable(campaign),
    printable(filename ?? ''),
    status,
    ...[rows.total, rows.imported, rows.rejected].map(formatCount),
  ]);
  return `${renderTable(columns, rows, { ...style, width: WIDTH }).join('\n')}\n`;
}
