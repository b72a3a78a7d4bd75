import type pg from 'pg';
import { z } from 'zod';
import type { Database } from '../client.js';
import { inTransaction } from '../transaction.js';
import { type NotificationEvent, notificationEvents } from './notifications/facts.js';

/** Channels to a merchant. A message is always stored; `in_app` decides whether the feed shows it. */
export const channels = ['in_app', 'email', 'webhook'] as const;

export type Channel = (typeof channels)[number];

/** Where and how a merchant wants messages. */
export interface NotificationSettings {
  /** Null: no mail. */
  readonly email: string | null;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The channels of each event. Endpoints subscribe to events among those that have `webhook`. */
  readonly channels: Readonly<Record<NotificationEvent, readonly Channel[]>>;
}

/** The settings of a merchant who has changed none: every event on every channel. Mail needs an address, and there is none. */
export const defaultSettings: NotificationSettings = {
  email: null,
  locale: 'en',
  timeZone: 'UTC',
  channels: {
    'upload.completed': channels,
    'upload.failed': channels,
    'upload.canceled': channels,
    'upload.needs_mapping': channels,
    'upload.needs_review': channels,
    'upload.undone': channels,
    // An endpoint that is switched off gets no message about it.
    'webhook.disabled': ['in_app', 'email'],
  },
};

/** Settings of a newer release may have events and channels that this one does not know. */
const storedChannels = z.record(z.string(), z.array(z.string()));

function readChannels(json: unknown): NotificationSettings['channels'] {
  const stored = storedChannels.parse(json);
  const known = { ...defaultSettings.channels };
  for (const event of notificationEvents) {
    const chosen = stored[event];
    if (chosen) known[event] = channels.filter((channel) => chosen.includes(channel));
  }
  return known;
}

/** A merchant's settings, or the defaults. */
export async function readSettings(
  { pool }: { readonly pool: Pick<pg.ClientBase, 'query'> },
  merchantId: string,
): Promise<NotificationSettings> {
  const found = await readSettingsOf(pool, [merchantId]);
  return found.get(merchantId) ?? defaultSettings;
}

/** Settings to change; missing properties stay as they are. */
export interface SettingsChange {
  readonly email?: string | null | undefined;
  readonly locale?: string | undefined;
  readonly timeZone?: string | undefined;
  /** Only of the events to change. */
  readonly channels?: Partial<NotificationSettings['channels']> | undefined;
}

/**
 * Changes a merchant's settings and returns them. None of several changes at once is lost. Settings that were never changed
 * are not stored, so that defaults may change in a later release.
 *
 * @param check called with the settings as they are, under their lock. What it throws is thrown, and nothing changes
 */
export function changeSettings(
  db: Database,
  merchantId: string,
  change: SettingsChange,
  check: (settings: NotificationSettings) => void = () => undefined,
): Promise<NotificationSettings> {
  return inTransaction(db.pool, async (client) => {
    // The settings may have no row yet that could be locked.
    await client.query('SELECT 1 FROM merchant WHERE id = $1 FOR NO KEY UPDATE', [merchantId]);
    check(await readSettings({ pool: client }, merchantId));
    await writeSettings(client, merchantId, change);
    return readSettings({ pool: client }, merchantId);
  });
}

async function writeSettings(
  client: pg.ClientBase,
  merchantId: string,
  { email, locale, timeZone, channels: chosen = {} }: SettingsChange,
): Promise<void> {
  await client.query(
    `INSERT INTO notification_settings AS s (merchant_id, email, locale, time_zone, channels)
     VALUES ($1, $2, coalesce($3, $6), coalesce($4, $7), $5)
     ON CONFLICT (merchant_id) DO UPDATE SET
       email = CASE WHEN $8 THEN EXCLUDED.email ELSE s.email END,
       locale = coalesce($3, s.locale), time_zone = coalesce($4, s.time_zone),
       channels = s.channels || EXCLUDED.channels, updated_at = now()`,
    [
      merchantId,
      email ?? null,
      locale ?? null,
      timeZone ?? null,
      JSON.stringify(chosen),
      defaultSettings.locale,
      defaultSettings.timeZone,
      email !== undefined,
    ],
  );
}

interface SettingsRow {
  merchant_id: string;
  email: string | null;
  locale: string;
  time_zone: string;
  channels: unknown;
}

/** The settings of those merchants who have stored any. */
export async function readSettingsOf(
  client: Pick<pg.ClientBase, 'query'>,
  merchantIds: readonly string[],
): Promise<ReadonlyMap<string, NotificationSettings>> {
  const { rows } = await client.query<SettingsRow>(
    `SELECT merchant_id, email, locale, time_zone, channels FROM notification_settings
     WHERE merchant_id = ANY ($1::uuid[])`,
    [merchantIds],
  );
  return new Map(
    rows.map((row) => [
      row.merchant_id,
      {
        email: row.email,
        locale: row.locale,
        timeZone: row.time_zone,
        channels: readChannels(row.channels),
      },
    ]),
  );
}
