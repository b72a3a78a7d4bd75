import { createApiKey, findKey, saveTemplate } from '@pledgeline/db';
import { type MailServer, type Receiver, startMailServer, startReceiver } from '@pledgeline/delivery/testing';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { findChromium } from './chromium.js';
import { choose, look, type StartedPage, signIn, startPage } from './started-page.js';
import { openWatched, type WatchedPage } from './watched-page.js';

const chromium = findChromium(process.env);
const { csv } = sampleFile(60);
const surveyCsv = [
  'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status,Reward Title,Reward ID,What colour?',
  '1,11,Grace Hopper,grace@example.com,$25.00,collected,Lamp,7,green',
  '2,12,Alan Turing,alan@example.com,$30.00,collected,Lamp,7,red',
].join('\n');

describe.skipIf(chromium === null)('What a merchant keeps in order, in Chromium', () => {
  let started: StartedPage;
  let receiver: Receiver;
  let mailServer: MailServer;
  let context: BrowserContext | null = null;
  let watched: WatchedPage;

  beforeAll(async () => {
    [receiver, mailServer] = await Promise.all([startReceiver(), startMailServer()]);
    const local = { ALLOW_PRIVATE_WEBHOOKS: 'true' };
    started = await startPage(inject('testPostgres'), chromium ?? '', {
      ofApi: local,
      ofWorker: { ...local, SMTP_URL: mailServer.url, MAIL_FROM: 'Pledgeline <no-reply@example.com>' },
    });
  });

  afterAll(async () => {
    await started.close();
    await Promise.all([receiver.close(), mailServer.close()]);
  });

  afterEach(async () => {
    await context?.close();
    context = null;
    expect(watched.problems).toEqual([]);
  });

  async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    await context?.close();
    context = await started.browser.newContext({ locale: 'en-US', ...options });
    watched = await openWatched(context);
    watched.page.setDefaultTimeout(90_000);
    await watched.page.goto(new URL(address, started.url).href);
    return watched.page;
  }

  async function enter(place: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await open(`/app${place}`, options);
    await page.getByLabel('Key').fill(started.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    return page;
  }

  async function importInto(page: Page, campaign: string, text: string): Promise<void> {
    await page.getByRole('link', { name: 'Imports' }).click();
    await choose(page, `${campaign}.csv`, text);
    await page.getByLabel('Into which campaign?').fill(campaign);
    await page.getByRole('button', { name: `Import into “${campaign}”` }).click();
    await page.getByText('Every row is accounted for').waitFor();
  }

  it('tells a webhook what it is asked to, and shows in its log how that ended', async () => {
    const page = await enter('/webhooks');
    await page.getByText('There is no webhook.').waitFor();
    await page.getByRole('button', { name: 'Make the webhook' }).click();
    await page.getByText('Write the address first.').waitFor();
    await look(page, 'webhooks-empty');
    await page.getByLabel('Address').fill(`${receiver.url}/hooks`);
    await page.getByLabel('What it is for').fill('Our shop');
    await page.getByLabel('Taken back').uncheck();
    await page.getByRole('button', { name: 'Make the webhook' }).click();
    const secret = page.getByLabel(`Signing secret of ${receiver.url}/hooks`);
    const first = await secret.inputValue();
    expect(first).toMatch(/^whsec_/);
    await look(page, 'webhook-secret');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await secret.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: `${receiver.url}/hooks` }).click();
    await page.getByText('Nothing was sent yet.').waitFor();

    receiver.answer({ status: 503, body: 'closed for today' });
    await page.getByRole('button', { name: 'Send a test' }).click();
    const row = page.getByRole('listitem').filter({ has: page.getByText('Test', { exact: true }) });
    await row.getByText('Failed').waitFor();
    await row.getByText('1 attempt · HTTP 503').click();
    await row.getByText('closed for today').waitFor();
    await look(page, 'webhook-failed');
    receiver.answer({ status: 204 });
    await row.getByRole('button', { name: 'Send again: Test' }).click();
    await row.getByText('Arrived').waitFor();
    await row.getByText('2 attempts · HTTP 204').waitFor();
    const [sent, again] = receiver.received;
    expect([receiver.received.length, sent?.id]).toEqual([2, again?.id]);
    if (again === undefined) throw new Error('The webhook was not sent again');
    expect(receiver.verify(again, first)).toMatchObject({ type: 'webhook.test' });

    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused').waitFor();
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByRole('button', { name: 'New secret' }).click();
    await page.getByRole('alertdialog').getByRole('button').last().click();
    expect(await page.getByLabel('Signing secret of').inputValue()).not.toBe(first);
    await look(page, 'webhook');
    await page.reload();
    await page.getByRole('heading', { name: 'What was sent' }).waitFor();
    expect(await page.getByLabel('Signing secret of').count()).toBe(0);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button').last().click();
    await page.getByText('There is no webhook.').waitFor();
  });

  it('makes a key that is shown once, works, and is of no use once it is revoked', async () => {
    const page = await enter('/keys');
    const own = page.getByRole('listitem').filter({ hasText: 'signed in' });
    await own.getByText('everything').waitFor();
    expect(await own.getByRole('button').allTextContents()).toEqual(['New secret']);
    await page.getByLabel('What is it for?').fill('Warehouse');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const field = page.getByLabel('Key “Warehouse”');
    const secret = await field.inputValue();
    await look(page, 'key-secret');
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await field.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(secret);
    const ask = async () => {
      const headers = { authorization: `Bearer ${secret}` };
      return (await fetch(`${started.url}/v1/campaigns`, { headers })).status;
    };
    expect(await ask()).toBe(200);
    const row = page.getByRole('listitem').filter({ hasText: 'Warehouse' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await look(page, 'key-revoke');
    await row.getByRole('alertdialog').getByRole('button').last().click();
    await row.getByText('revoked').waitFor();
    expect(await ask()).toBe(401);
    await look(page, 'keys');
  });

  it('lists products and answers, and sees what is short once the units on hand are written down', async () => {
    const page = await enter('/');
    await importInto(page, 'Lamps', surveyCsv);
    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.getByRole('link', { name: 'Lamps' }).click();
    await page.getByRole('link', { name: 'Products' }).click();
    await page.getByRole('cell', { name: 'Reward' }).waitFor();
    await look(page, 'products');
    await page.getByRole('link', { name: 'Surveys' }).click();
    await page.getByText('What colour? green').waitFor();
    await look(page, 'surveys');
    await page.getByRole('link', { name: 'Stock' }).click();
    const units = page.getByLabel('Units on hand of Lamp');
    await units.fill('one');
    await page.getByText('Only whole numbers').waitFor();
    await look(page, 'stock-wrong');
    await units.fill('1');
    await units.press('Enter');
    const row = page.getByRole('row', { name: 'Lamp' });
    await row.locator('.tag.wrong').getByText('1').waitFor();
    await page.getByLabel('Only what is short').check();
    await page.getByText('1 entry').waitFor();
    await look(page, 'stock-short');
    await units.fill('5');
    await units.press('Tab');
    await row.locator('.tag.wrong').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByLabel('Only what is short').check();
    await page.getByText('Nothing matches.').waitFor();
    await page.getByLabel('Only what is short').uncheck();
    expect(await units.inputValue()).toBe('5');
  });

  it('makes, renames, archives, merges and deletes campaigns', async () => {
    const page = await enter('/campaigns');
    await page.getByLabel('New campaign').fill('Lanps');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('heading', { name: 'Lanps' }).waitFor();
    await page.getByText('Rename, archive, merge or delete').click();
    await page.getByLabel('Name of the campaign').fill('Lanterns');
    await page.getByRole('button', { name: 'Rename', exact: true }).click();
    await page.getByRole('heading', { name: 'Lanterns' }).waitFor();
    await page.getByText('Rename, archive, merge or delete').click();
    await page.getByRole('button', { name: 'Archive', exact: true }).click();
    await page.getByText('archived', { exact: true }).waitFor();
    await page.getByLabel('Delete the campaign').fill('Lanps');
    await page.getByRole('button', { name: 'Delete for ever' }).click();
    await page.getByText('That is not its name.').waitFor();
    await look(page, 'campaign-manage');
    await page.getByLabel('Delete the campaign').fill('Lanterns');
    await page.getByRole('button', { name: 'Delete for ever' }).click();
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    await page.getByLabel('Archived ones as well').check();
    await page.getByLabel('New campaign').fill('Lampes');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('heading', { name: 'Lampes' }).waitFor();
    await page.getByText('Rename, archive, merge or delete').click();
    await page.getByLabel('Merge into another campaign').selectOption({ label: 'Lamps' });
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button').last().click();
    await page.getByRole('heading', { name: 'Lamps' }).waitFor();
    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.getByRole('link', { name: 'Lamps' }).waitFor();
    expect(await page.getByRole('link', { name: /Lanterns|Lampes/ }).count()).toBe(0);
    await look(page, 'campaigns');
  });

  it('says what has happened, by mail as well, and each way leads to the import', async () => {
    const page = await enter('/settings');
    await page.getByText('Nothing is remembered yet.').waitFor();
    await page.getByLabel('Mails go to').fill('ada@example.com');
    await page.getByLabel('Imported: By webhook').uncheck();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    await look(page, 'settings');
    await importInto(page, 'Notices', csv);
    const address = page.url();
    await page.getByRole('link', { name: /^Notifications, \d+ unread$/ }).click();
    const link = page.getByRole('link', { name: /"Notices\.csv" is imported/ });
    await link.waitFor();
    await look(page, 'notifications');
    await link.click();
    await page.getByText('Every row is accounted for').waitFor();
    expect(page.url()).toBe(address);
    await page.getByRole('link', { name: /^Notifications/ }).click();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByRole('link', { name: 'Notifications', exact: true }).waitFor();

    await until(() =>
      expect(mailServer.mails.some(({ subject }) => subject.includes('Notices.csv'))).toBe(true),
    );
    const mail = mailServer.mails.find(({ subject }) => subject.includes('Notices.csv'));
    expect(mail?.text).toContain(`\n${address}\n`);
    // As somebody else's browser would open the mail's link.
    const other = await open(address);
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(other, started.key);
    await other.getByText('Every row is accounted for').waitFor();
    expect(other.url()).toBe(address);
  });

  it('renames and forgets the columns that were remembered', async () => {
    const found = await findKey(started.database, started.key);
    if (found?.state !== 'valid') throw new Error('The key of the test is not valid');
    await saveTemplate(started.database, found.merchantId, {
      name: 'Our shop',
      headerFingerprint: 'ab'.repeat(32),
      platform: 'generic',
      columns: [{ position: 0, as: 'externalId' }],
    });
    const page = await enter('/settings');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByLabel('New name of “Our shop”').fill('Our new shop');
    await page.getByLabel('New name of “Our shop”').press('Enter');
    await page.getByText('Our new shop').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Delete “Our new shop”?').waitFor();
    await look(page, 'template-delete');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('alertdialog').getByRole('button').last().click();
    await page.getByText('Nothing is remembered yet.').waitFor();
  });

  it('does not offer what the scope of the key forbids', async () => {
    const { key } = await createApiKey(started.database, 'Ada & <b>Games</b>', 'looker', { scope: 'read' });
    const page = await open('/app/webhooks');
    await page.getByLabel('Key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('There is no webhook.').waitFor();
    expect(await page.getByRole('button', { name: 'Make the webhook' }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Keys' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('may look at this, and not change it').waitFor();
    expect(await page.getByLabel('Mails go to').isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await look(page, 'settings-read');
    await page.goto(`${started.url}/app/keys`);
    await page.getByText('Only a key of the scope').waitFor();
    await look(page, 'keys-forbidden');
  });

  it('speaks German in these places as well', async () => {
    const page = await open('/app/settings', { locale: 'de-DE' });
    await page.getByLabel('Schlüssel').fill(started.key);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { name: 'Wie Sie Bescheid bekommen' }).waitFor();
    await page.getByRole('link', { name: 'Schlüssel' }).click();
    await page.getByRole('listitem').filter({ hasText: 'angemeldet' }).waitFor();
    await page.locator('.account-menu summary').click();
    await look(page, 'keys-german');
  });
});
