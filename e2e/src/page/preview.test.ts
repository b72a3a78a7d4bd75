import { gzipSync } from 'node:zlib';
import { packXlsx } from '@pledgeline/unpack/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { findChromium } from './chromium.js';
import { choose, look, type StartedPage, signIn, startPage } from './started-page.js';
import { openWatched, type WatchedPage } from './watched-page.js';

const chromium = findChromium(process.env);

const { csv } = sampleFile(60);

/** Columns and words that no program of ours knows. */
const ordersOf = (...numbers: readonly number[]): string =>
  [
    'Nummer,Kontakt,Summe,Zahlungsstatus,Bemerkung',
    ...numbers.map(
      (number) => `${number},p${number}@example.com,"${number},00 €",${number % 2 ? 'jo' : 'nö'},zwei Lampen`,
    ),
  ].join('\n');

const packRow = (cells: readonly string[]): string =>
  `<row>${cells.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row>`;

describe.skipIf(chromium === null)('The preview of a file, in Chromium', () => {
  let started: StartedPage;
  let browser: Browser;
  let context: BrowserContext;
  let watched: WatchedPage;

  beforeAll(async () => {
    started = await startPage(inject('testPostgres'), chromium ?? '');
    ({ browser } = started);
  });
  afterAll(() => started.close());

  afterEach(async () => {
    await context.close();
    expect(watched.problems).toEqual([]);
  });

  async function open(): Promise<Page> {
    context = await browser.newContext({ locale: 'en-US' });
    watched = await openWatched(context);
    const { page } = watched;
    page.setDefaultTimeout(90_000);
    await page.goto(`${started.url}/app/`);
    await signIn(page, started.key);
    return page;
  }

  async function importInto(page: Page, campaign: string): Promise<void> {
    await page.getByLabel('Into which campaign?').fill(campaign);
    await page.getByRole('button', { name: `Import into “${campaign}”` }).click();
    await page.getByText('Every row is accounted for').waitFor();
  }

  it('takes the answers about an unknown file before it is sent, and remembers them', async () => {
    const page = await open();
    await choose(page, 'orders.csv', ordersOf(25, 30));
    await page.getByText('What do these words in “Zahlungsstatus” mean: jo, nö?').waitFor();
    await page.getByRole('combobox', { name: 'jo' }).selectOption({ label: 'Collected' });
    await page.getByRole('combobox', { name: 'nö' }).selectOption({ label: 'Pending' });
    await page.getByText('2 rows would be imported').waitFor();
    await page.getByText('€25.00').waitFor();
    await page.getByLabel('Remember these answers').fill('Our orders');
    await look(page, 'preview-answered');
    expect(watched.sent).toEqual(['POST /app/session']);
    await importInto(page, 'Lamps');
    await page.getByRole('row', { name: 'Collected' }).getByText('€25.00').waitFor();

    await page.getByRole('link', { name: 'Imports' }).click();
    await choose(page, 'more.csv', ordersOf(35));
    await page.getByText('Its columns are known by what you saved as “Our orders”.').waitFor();
    await look(page, 'preview-template');
    await importInto(page, 'Lamps');
  }, 240_000);

  it('lets a person say what the columns of any file are, and shows at once what that means', async () => {
    const page = await open();
    await choose(page, 'backers.csv', csv);
    await page.getByText('This is a file of Kickstarter.').waitFor();
    await page.getByRole('button', { name: 'Say yourself what the columns are' }).click();
    await page.getByText('To be answered first').waitFor();
    await look(page, 'preview-own');
    await page.getByRole('button', { name: 'Read the file as it was recognised' }).click();
    await page.getByText('This is a file of Kickstarter.').waitFor();
    await page.getByRole('button', { name: 'Say yourself what the columns are' }).click();
    await page.getByLabel('What “Rulebook” is').selectOption({ label: 'Units of an item' });
    await page.getByText(/rows would be imported/).waitFor();
    await page.getByLabel('What “Shipping City” is').selectOption({ label: 'Ignored' });
    await importInto(page, 'Own');
    const { rows } = await started.database.pool.query<{ streets: number; cities: number }>(
      `SELECT count(nullif(shipping_address1, ''))::integer AS streets,
              count(nullif(shipping_city, ''))::integer AS cities FROM pledge`,
    );
    expect(rows).toEqual([{ streets: 39, cities: 0 }]);
  }, 240_000);

  it('asks before the server looks into a workbook, and unpacks gzip by itself', async () => {
    const page = await open();
    await choose(page, 'backers.csv.gz', gzipSync(csv));
    await page.getByText('The file was unpacked here').waitFor();
    await page.getByText('This is a file of Kickstarter.').waitFor();
    expect(watched.sent).toEqual(['POST /app/session']);
    await page.getByRole('button', { name: 'Choose another file' }).click();

    const rows = [
      ['Order ID', 'Email', 'Total', 'Currency', 'Ordered'],
      ['A-1', 'ada@example.com', '25.00', 'EUR', '2026-03-01'],
      ['A-2', 'grace at example', '30.00', 'EUR', '2026-03-02'],
    ];
    await choose(
      page,
      'orders.xlsx',
      await packXlsx({ sheets: [{ name: 'Orders', rows: rows.map(packRow).join('') }] }),
    );
    await page.getByRole('button', { name: 'Let the server look at it' }).waitFor();
    await look(page, 'preview-packed');
    expect(watched.sent).toEqual(['POST /app/session']);
    await page.getByRole('button', { name: 'Let the server look at it' }).click();
    await page.getByText('The server has looked at the beginning').waitFor();
    await page.getByText('€25.00').waitFor();
    await page.getByText('1 row would be rejected').waitFor();
    expect(watched.sent).toEqual(['POST /app/session', 'POST /v1/inspect']);
    await look(page, 'preview-workbook');
    await page.getByLabel('What “Ordered” is').selectOption({ label: 'Ignored' });
    await importInto(page, 'Workbook');
  }, 240_000);
});
