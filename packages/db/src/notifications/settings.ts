import type pg from 'pg';
import { z } from 'zod';
import type { Database } from '../client.js';
import { type NotificationEvent, notificationEvents } from './facts.js';

/** Ways to tell a merchant. A message is always stored; `in_app` says whether the feed shows it. */
export const channels = ['in_app', 'email', 'webhook'] as const;

export type Channel = (typeof channels)[number];

/** Where and how a merchant wants to be told. */
export interface NotificationSettings {
  /** Null: no mail. */
  readonly email: string | null;
  /** BCP 47. */
  readonly locale: string;
  /** IANA name. */
  readonly timeZone: string;
  /** Of each event. Endpoints choose among the events that have `webhook`. */
  readonly channels: Readonly<Record<NotificationEvent, readonly Channel[]>>;
}

/** What holds for a merchant who has said nothing: everything everywhere, as far as there is an address. */
export const defaultSettings: NotificationSettings = {
  email: null,
  locale: 'en',
  timeZone: 'UTC',
  channels: {
    'upload.completed': channels,
    'upload.failed': channels,
    'upload.canceled': channels,
    'upload.needs_mapping': channels,
    // An endpoint that is switched off cannot be told so.
    'webhook.disabled': ['in_app', 'email'],
  },
};

const storedChannels = z.partialRecord(z.enum(notificationEvents), z.array(z.enum(channels)));

/** A merchant's settings, or the defaults. */
export async function readSettings({ pool }: Database, merchantId: string): Promise<NotificationSettings> {
  const found = await readSettingsOf(pool, [merchantId]);
  return found.get(merchantId) ?? defaultSettings;
}

/** Replaces a merchant's settings. */
export async function saveSettings(
  db: Database,
  merchantId: string,
  settings: NotificationSettings,
): Promise<void> {
  await db.pool.query(
    `INSERT INTO notification_settings (merchant_id, email, locale, time_zone, channels)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (merchant_id) DO UPDATE SET email = EXCLUDED.email, locale = EXCLUDED.locale,
       time_zone = EXCLUDED.time_zone, channels = EXCLUDED.channels, updated_at = now()`,
    [merchantId, settings.email, settings.locale, settings.timeZone, JSON.stringify(settings.channels)],
  );
}

interface SettingsRow {
  merchant_id: string;
  email: string | null;
  locale: string;
  time_zone: string;
  channels: unknown;
}

/** Only of those who have said something. */
export async function readSettingsOf(
  client: Pick<pg.Pool, 'query'>,
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
        channels: { ...defaultSettings.channels, ...storedChannels.parse(row.channels) },
      },
    ]),
  );
}
