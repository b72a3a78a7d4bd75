import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Database } from '../client.js';
import { addMerchant } from '../test-support/deliveries.js';
import { openTestDatabase } from '../test-support/open-test-database.js';
import { changeSettings, defaultSettings, type NotificationSettings, readSettings } from './settings.js';

let db: Database;
let close: () => Promise<void>;
let merchantId: string;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase(inject('testPostgres'), 2));
});

beforeEach(async () => {
  merchantId = await addMerchant(db);
});

afterAll(() => close());

describe('the settings of a merchant', () => {
  it('are the defaults at first: every event on every channel, but no address', async () => {
    expect(await readSettings(db, merchantId)).toEqual(defaultSettings);
    expect(defaultSettings.email).toBeNull();
    expect(defaultSettings.channels['webhook.disabled']).not.toContain('webhook');
  });

  it('are read as they were saved last', async () => {
    const settings: NotificationSettings = {
      email: 'ada@example.com',
      locale: 'de-AT',
      timeZone: 'Europe/Vienna',
      channels: { ...defaultSettings.channels, 'upload.completed': [], 'upload.failed': ['email'] },
    };
    await changeSettings(db, merchantId, { ...settings, email: 'old@example.com' });
    await changeSettings(db, merchantId, settings);
    expect(await readSettings(db, merchantId)).toEqual(settings);
    expect(await readSettings(db, await addMerchant(db))).toEqual(defaultSettings);
  });

  it('have the default channels for events that were stored without channels', async () => {
    await db.pool.query('INSERT INTO notification_settings (merchant_id, channels) VALUES ($1, $2)', [
      merchantId,
      JSON.stringify({ 'upload.completed': ['email'], 'upload.canceled': [] }),
    ]);
    expect(await readSettings(db, merchantId)).toEqual({
      ...defaultSettings,
      channels: { ...defaultSettings.channels, 'upload.completed': ['email'], 'upload.canceled': [] },
    });
  });

  it('change only where a change names a value, and none of many changes at once is lost', async () => {
    await Promise.all([
      changeSettings(db, merchantId, { email: 'ada@example.com' }),
      changeSettings(db, merchantId, { locale: 'de-AT' }),
      changeSettings(db, merchantId, { timeZone: 'Europe/Vienna' }),
      changeSettings(db, merchantId, { channels: { 'upload.failed': ['email'] } }),
      changeSettings(db, merchantId, { channels: { 'upload.completed': [] } }),
    ]);
    const settings = {
      email: 'ada@example.com',
      locale: 'de-AT',
      timeZone: 'Europe/Vienna',
      channels: { ...defaultSettings.channels, 'upload.failed': ['email'], 'upload.completed': [] },
    };
    expect(await readSettings(db, merchantId)).toEqual(settings);
    expect(await changeSettings(db, merchantId, { email: null })).toEqual({ ...settings, email: null });
  });

  it('leave out events and channels that only a newer release knows', async () => {
    await db.pool.query('INSERT INTO notification_settings (merchant_id, channels) VALUES ($1, $2)', [
      merchantId,
      JSON.stringify({ 'upload.completed': ['pigeon', 'email'], 'moon.full': ['email'] }),
    ]);
    expect((await readSettings(db, merchantId)).channels).toEqual({
      ...defaultSettings.channels,
      'upload.completed': ['email'],
    });
  });
});
