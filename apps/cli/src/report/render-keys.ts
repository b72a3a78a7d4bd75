import type { ShownKey } from '../keys/key-ring.js';
import type { Style } from './style.js';
import { renderTable, type TableColumn } from './table.js';
import { printable, toMinute } from './text.js';

const columns: readonly TableColumn[] = [
  { title: 'id' },
  { title: 'begins' },
  { title: 'name', flexible: true },
  { title: 'scope' },
  { title: 'last used' },
  { title: 'state' },
];

/** Renders a table of keys. Times are in UTC. */
export function renderKeys(keys: readonly ShownKey[], now: Date, style: Style): string {
  const rows = keys.map((key) => [
    key.id,
    `${key.prefix}…`,
    printable(key.name),
    key.scope,
    key.lastUsedAt === null ? 'never' : toMinute(key.lastUsedAt),
    describeState(key, now),
  ]);
  // An id must not be cut, and a report is narrower than all columns together.
  return `${renderTable(columns, rows, { ...style, width: WIDTH }).join('\n')}\n`;
}

const WIDTH = 160;

function describeState({ revokedAt, expiresAt, previousSecretUntil }: ShownKey, now: Date): string {
  if (revokedAt !== null) return `revoked ${toMinute(revokedAt)}`;
  if (expiresAt !== null && new Date(expiresAt) <= now) return `expired ${toMinute(expiresAt)}`;
  const end = expiresAt === null ? 'valid' : `valid until ${toMinute(expiresAt)}`;
  const overlap = previousSecretUntil && `previous secret until ${toMinute(previousSecretUntil)}`;
  return [end, overlap].filter((part) => part !== null).join(', ');
}
