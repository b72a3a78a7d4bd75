import { readFile } from 'node:fs/promises';
import { createSignInLink, type Database, findKey } from '@pledgeline/db';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { findChromium } from './chromium.js';
import { choose, look, type StartedPage, signIn as signInWith, startPage } from './started-page.js';
import { openWatched, type WatchedPage } from './watched-page.js';

const chromium = findChromium(process.env);
if (chromium === null) {
  console.warn('SKIPPED: the page was tried in no browser. Install chromium, or name one with CHROMIUM.');
}

const { csv, broken } = sampleFile(300);

/** Columns and words that no program of ours knows. */
const unknownCsv = [
  'Nummer,Kontakt,Summe,Zahlungsstatus,Bemerkung',
  '1,ada@example.com,"25,00 €",jo,zwei Lampen',
  '2,grace@example.com,"30,00 €",jo,',
  '3,alan@example.com,"35,00 €",nö,bitte warten',
].join('\n');

describe.skipIf(chromium === null)('The page, in Chromium', () => {
  let started: StartedPage;
  let database: Database;
  let url: string;
  let key: string;
  let browser: Browser;
  let context: BrowserContext | null = null;
  let watched: WatchedPage;

  beforeAll(async () => {
    started = await startPage(inject('testPostgres'), chromium ?? '');
    ({ database, url, key, browser } = started);
  });

  afterAll(() => started.close());

  afterEach(async () => {
    await context?.close();
    context = null;
    expect(watched.problems).toEqual([]);
  });

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    await context?.close();
    context = await browser.newContext({ locale: 'en-US', ...options });
    watched = await openWatched(context);
    watched.page.setDefaultTimeout(30_000);
    await watched.page.goto(`${url}/app${path}`);
    return watched.page;
  }

  const signIn = (page: Page, secret = key): Promise<void> => signInWith(page, secret);

  it('takes a file from its first look to its report, and sends nothing before it is told to', async () => {
    const page = await open('/');
    await look(page, 'sign-in');
    await signIn(page);
    expect(await page.locator('.account-menu summary').textContent()).toBe('Ada & <b>Games</b>');
    await page.getByText('No file was imported yet').waitFor();
    await look(page, 'import-empty');

    const before = watched.sent.length;
    await choose(page, 'backers.csv', csv);
    await page.getByText('This is a file of Kickstarter.').waitFor();
    await page.getByText(`${broken} rows would be rejected`).waitFor();
    await look(page, 'preview');
    expect(watched.sent.slice(before)).toEqual([]);

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByText('Write the name of a campaign first.').waitFor();
    await page.getByLabel('Into which campaign?').fill('Lanterns');
    await page.getByRole('button', { name: 'Import into “Lanterns”' }).click();
    await page.getByText('Every row is accounted for').waitFor();
    expect(await page.locator('.figure').allTextContents()).toEqual([
      '300rows in the file',
      `${300 - broken}imported`,
      `${broken}rejected`,
      '0left out',
    ]);
    await page.getByRole('heading', { name: 'Backers per country' }).waitFor();
    await look(page, 'report');

    // The address leads here again, whatever happened to the page.
    const address = page.url();
    await page.reload();
    await page.getByText('Every row is accounted for').waitFor();
    expect(page.url()).toBe(address);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download rejected.csv' }).click(),
    ]);
    const rejected = await readFile(await download.path(), 'utf8');
    expect(rejected.match(/nobody at example/g)).toHaveLength(broken);

    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.getByRole('link', { name: 'Lanterns' }).click();
    await page.getByRole('heading', { name: 'Units per product' }).waitFor();
    await look(page, 'campaign');
    await page.getByRole('link', { name: 'Pledges', exact: true }).click();
    await page.getByText(`${300 - broken} entries`).waitFor();
    // The list is longer than what is on the page, and goes on where one scrolls.
    expect(await page.locator('.window tbody tr').count()).toBeLessThan(100);
    await look(page, 'pledges');
    await page.getByLabel('Status').selectOption({ label: 'Dropped' });
    await page.getByText('17 entries').waitFor();
    await page.getByLabel('Search').fill('no such person');
    await page.getByText('Nothing matches.').waitFor();
    await page.getByLabel('Status').selectOption({ label: 'All' });
    await page.getByLabel('Search').fill('Person 29');
    await page.getByRole('cell', { name: 'Person 29', exact: true }).waitFor();
    const [exported] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download as CSV' }).click(),
    ]);
    const listed = await readFile(await exported.path(), 'utf8');
    expect(listed).toContain('Person 29');
    expect(listed).not.toContain('Person 31');
    await page.getByRole('link', { name: 'Stock' }).click();
    await page.getByRole('cell', { name: 'Core Game' }).waitFor();
    await look(page, 'stock');
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('link', { name: 'backers.csv' }).waitFor();
    await look(page, 'imports');
  });

  it('asks what the columns of an unknown file are, and imports it', async () => {
    const page = await open('/');
    await signIn(page);
    await choose(page, 'orders.csv', unknownCsv);
    await page.getByText('This is no file that we know.').waitFor();
    await look(page, 'preview-unknown');
    await page.getByLabel('Into which campaign?').fill('Lamps');
    await page.getByRole('button', { name: 'Import into “Lamps”' }).click();
    await page.getByText('Tell us what the columns are').waitFor();
    // What is not answered is named, and nothing is imported without it.
    await page.getByRole('button', { name: 'Begin the import' }).click();
    await page.getByText('"Zahlungsstatus" looks like money').waitFor();
    await page.getByLabel('What “Zahlungsstatus” is').selectOption({ label: 'Payment status' });
    await page.getByRole('combobox', { name: 'jo' }).selectOption({ label: 'Collected' });
    await page.getByRole('combobox', { name: 'nö' }).selectOption({ label: 'Pending' });
    await look(page, 'mapping');
    await page.getByLabel('Remember these answers').fill('Our orders');
    await page.getByRole('button', { name: 'Begin the import' }).click();
    await page.getByText('Every row is accounted for').waitFor();
    expect((await page.locator('.figure').allTextContents())[0]).toBe('3rows in the file');
    await page.getByRole('row', { name: 'Pending' }).getByText('€35.00').waitFor();
  });

  it('sends a large file in parts, and shows how much has left', async () => {
    const page = await open('/');
    await signIn(page);
    const notes = 'x'.repeat(9_000);
    const rows = Array.from(
      { length: 2_000 },
      (_, at) => `${at + 1},p${at + 1}@example.com,$5.00 USD,"${notes}"`,
    );
    await choose(page, 'large.csv', ['Order ID,Email,Total,Notes', ...rows].join('\n'));
    await page.getByText(/rows would be imported/).waitFor();
    await page.getByLabel('Into which campaign?').fill('Large');
    await page.getByRole('button', { name: 'Import into “Large”' }).click();
    await page.getByText(/ of 18(\.\d)? MB/).waitFor();
    await page.getByText('Every row is accounted for').waitFor();
    expect(await page.locator('.figure').first().textContent()).toBe('2,000rows in the file');
    expect(watched.sent).toContain('POST /v1/resumable-files');
    expect(watched.sent.some((request) => request.startsWith('PATCH /v1/resumable-files/'))).toBe(true);
  });

  it('signs in by a link once, and keeps it out of the address', async () => {
    const found = await findKey(database, key);
    if (found?.state !== 'valid') throw new Error('The key of the test is not valid');
    const { token } = await createSignInLink(database, found.id);
    const page = await open(`/campaigns#link=${token}`);
    await page.getByRole('heading', { name: 'Campaigns' }).waitFor();
    expect(page.url()).toBe(`${url}/app/campaigns`);
    const again = await open(`/campaigns#link=${token}`);
    await again.getByText('The link was used already').waitFor();
    expect(again.url()).toBe(`${url}/app/campaigns`);
    await look(again, 'link-used');
  });

  it('asks for a key again when the session has ended, and stays where the person was', async () => {
    const page = await open('/campaigns');
    await signIn(page);
    await database.pool.query('DELETE FROM page_session');
    await page.getByRole('link', { name: 'Imports' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await signIn(page);
    await page.getByRole('heading', { name: 'Import a file' }).waitFor();
    await page.locator('.account-menu summary').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('says that the network is gone, and goes on when it is back', async () => {
    const page = await open('/');
    await signIn(page);
    await context?.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await look(page, 'offline');
    await context?.setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
    await page.goto(`${url}/app/uploads/01890000-0000-7000-8000-000000000000`);
    await page.getByText('This could not be loaded').waitFor();
    await look(page, 'not-found');
  });

  it('speaks German to those whose browser does', async () => {
    const page = await open('/', { locale: 'de-DE' });
    await page.getByLabel('Schlüssel').fill(key);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    await page.getByRole('heading', { name: 'Datei importieren' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await choose(page, 'backers.csv', csv);
    await page.getByText(`${broken} Zeilen würden abgelehnt`).waitFor();
    await look(page, 'preview-german');
  });
});
