import { readFile } from 'node:fs/promises';
import { createClient } from '@pledgeline/client';
import { formatCsvRow } from '@pledgeline/csv-core';
import { packZip } from '@pledgeline/unpack/testing';
import type { Dialog, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { findChromium } from './chromium.js';
import { type ServedPage, servePage } from './served-page.js';
import { choose } from './started-page.js';

const chromium = findChromium(process.env);
if (chromium === null) {
  console.warn('SKIPPED: rejects were corrected in no browser. Install chromium, or name one with CHROMIUM.');
}

const headers = [
  'Order ID',
  'Name',
  'Email',
  'Amount',
  'Currency',
  'Product',
  'Quantity',
  'Order Date',
  'Notes',
];

/** An order that is imported, but for the cells that are given. */
function order(number: number, cells: Readonly<Record<string, string>> = {}): readonly string[] {
  const good: Readonly<Record<string, string>> = {
    'Order ID': `A${number}`,
    Name: `Person ${number}`,
    Email: `person${number}@example.com`,
    Amount: '25.00',
    Currency: 'EUR',
    Product: 'Lamp',
    Quantity: '1',
    'Order Date': '2024-04-03',
    Notes: number % 3 === 0 ? 'please "gift wrap", thanks' : '',
  };
  return headers.map((header) => cells[header] ?? good[header] ?? '');
}

const write = (rows: readonly (readonly string[])[]): string =>
  [headers, ...rows].map((cells) => formatCsvRow(cells)).join('');

const some = (count: number, from: number, cells: (number: number) => Readonly<Record<string, string>>) =>
  Array.from({ length: count }, (_, at) => order(from + at, cells(from + at)));

/** 20 good rows, and 22 that are rejected for four reasons. */
const csv = write([
  ...some(20, 1, () => ({})),
  ...some(12, 100, (number) => ({
    'Order Date': `0${(number % 9) + 1}/0${(number % 8) + 2}/2024`.replace('02/02', '02/03'),
  })),
  ...some(6, 200, (number) => ({ Email: `person${number}(at)example.com` })),
  ...some(3, 300, () => ({ Quantity: 'one' })),
  order(400, { Amount: 'twenty' }),
]);

describe.skipIf(chromium === null)('Rejected rows, in Chromium', () => {
  let served: ServedPage;
  beforeAll(async () => {
    served = await servePage(inject('testPostgres'), chromium ?? '');
  });
  afterAll(() => served.close());
  afterEach(() => served.leave());

  const grid = (page: Page) => page.getByRole('grid', { name: 'Rows' });
  const account = (page: Page, text: string) => page.getByText(text, { exact: true }).waitFor();

  it('are corrected one by one and all at once, and sent, and the first import says that they were made good', async () => {
    const page = await served.open('/');
    await served.signIn(page);
    await choose(page, 'orders.csv', csv);
    await page.getByText(/rows would be imported/).waitFor();
    await page.getByLabel('Into which campaign?').fill('Lamps');
    await page.getByRole('button', { name: 'Import into “Lamps”' }).click();
    await page.getByText('Every row is accounted for').waitFor();
    const report = page.url();
    await page.getByRole('link', { name: 'Correct them here' }).click();
    await account(page, '22 rejected, 0 changed, 0 fixed.');
    expect(page.url()).toBe(`${report}/rejects`);
    await page.getByRole('gridcell', { name: 'Order Date: Which number is the day' }).first().waitFor();
    expect(await grid(page).getAttribute('aria-rowcount')).toBe('27');
    await served.look(page, 'rejects');

    // By the keyboard alone: to the only wrong amount, which is the last row, and back out of the cell next to it.
    await grid(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.press('Home');
    const amount = await columnOf(page, 'Amount');
    for (let at = 0; at < amount; at += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByLabel('Amount, line 43').waitFor();
    await page.keyboard.type('31');
    await page.keyboard.press('Escape');
    await account(page, '22 rejected, 0 changed, 0 fixed.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('too much');
    await page.keyboard.press('Enter');
    await account(page, '22 rejected, 1 changed, 0 fixed.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('31.50');
    await page.keyboard.press('Enter');
    await account(page, '22 rejected, 1 changed, 1 fixed.');
    expect(await page.locator('.row-detail').textContent()).toBe('Line 43Fixed');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await account(page, '22 rejected, 0 changed, 0 fixed.');
    await page.keyboard.press('Control+Shift+z');
    await page.keyboard.press('Control+Shift+z');
    await account(page, '22 rejected, 1 changed, 1 fixed.');

    await page.getByRole('button', { name: 'Order Date: Which number' }).click();
    await page.getByText('Changes 12 of 12 and fixes 12.').waitFor();
    await served.look(page, 'rejects-bulk');
    await page.getByRole('button', { name: 'Apply to all 12 rows' }).click();
    await account(page, '22 rejected, 13 changed, 13 fixed.');
    await page.getByRole('button', { name: 'Undo' }).click();
    await account(page, '22 rejected, 1 changed, 1 fixed.');
    await page.getByRole('button', { name: 'Redo' }).click();
    await account(page, '22 rejected, 13 changed, 13 fixed.');

    await page.getByRole('button', { name: 'Email: This is no e-mail address.' }).click();
    await page.getByLabel('Find').fill('(at)');
    await page.getByLabel('Replace by').fill('@');
    await page.getByText('Changes 6 of 6 and fixes 6.').waitFor();
    await page.getByRole('button', { name: 'Apply to all 6 rows' }).click();
    await account(page, '22 rejected, 19 changed, 19 fixed.');
    await page.getByRole('button', { name: 'All reasons' }).click();
    await served.look(page, 'rejects-fixed');

    await expectWarning(page, () => page.reload());
    await account(page, '22 rejected, 19 changed, 19 fixed.');
    await page.getByRole('button', { name: 'Send 19 fixed rows' }).click();
    await page.getByText('19 rows were sent.').waitFor();
    await page.locator('.message .tag', { hasText: 'Imported' }).waitFor();
    await account(page, '3 rejected, 0 changed, 0 fixed.');
    await served.look(page, 'rejects-sent');
    expect(page.url()).toBe(`${report}/rejects`);
    expect(await page.evaluate('Object.keys(localStorage).join()')).toBe('');

    // What was not fixed stays, and so does the download.
    await page.getByRole('button', { name: 'Quantity: This is no whole number.' }).click();
    await page.getByLabel('Change', { exact: true }).selectOption({ label: 'Set a value' });
    await page.getByLabel('Value').fill('1');
    await page.getByRole('button', { name: 'Apply to all 3 rows' }).click();
    await page.getByRole('button', { name: 'Send 3 fixed rows' }).click();
    await page.getByText('All rows were sent.').waitFor();
    await page.locator('.message .tag', { hasText: 'Imported' }).waitFor();
    await page.getByRole('link', { name: 'To the report' }).click();
    await page.getByText('Rejected rows of this import were sent again').waitFor();
    await page.getByText('19 rows made good').waitFor();
    await page.getByText('3 rows made good').waitFor();
    await served.look(page, 'report-made-good');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download rejected.csv' }).click(),
    ]);
    expect((await readFile(await download.path(), 'utf8')).split('\n')).toHaveLength(24);
  }, 240_000);

  it('of several files are corrected file by file', async () => {
    const page = await served.open('/', { locale: 'de-DE' });
    await page.getByLabel('Schlüssel').fill(served.key);
    await page.getByRole('button', { name: 'Anmelden' }).click();
    const zip = await packZip({
      'a.csv': write([order(1), order(2, { Email: 'nobody' })]),
      'b.csv': write([order(3), order(4, { Amount: 'much' })]),
    });
    const { id } = await send(new Blob([zip]), 'Zip');
    await page.goto(`${served.url}/app/uploads/${id}/rejects`);
    await page.getByRole('heading', { name: 'Welche Datei?' }).waitFor();
    await served.look(page, 'rejects-files');
    await page.getByRole('link', { name: 'b.csv' }).click();
    await page.getByRole('gridcell', { name: 'Amount: Das ist kein Geldbetrag.' }).first().waitFor();
    await served.look(page, 'rejects-german');
    // With a pointer, a first click chooses a cell and a second one writes in it.
    const cell = page.getByRole('gridcell', { name: 'much', exact: true });
    await cell.click();
    await cell.click();
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await account(page, '1 abgelehnt, 1 geändert, 1 behoben.');
    await page.keyboard.press('ArrowRight');
    await page.locator('[aria-selected=true]', { hasText: 'A4' }).waitFor();
  });

  it('may be 50,000: the first one is there soon, and scrolling stays smooth', async () => {
    const file = write(
      some(50_000, 1, (number) => (number % 2 === 0 ? { Email: 'nobody' } : { Amount: 'much' })),
    );
    const { id } = await send(new Blob([file]), 'Many');
    const page = await served.open('/');
    await served.signIn(page);
    await page.evaluate(
      'globalThis.blocked = []; new PerformanceObserver((list) => blocked.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" })',
    );
    const start = performance.now();
    // Within the page, so that what is observed is one document.
    await page.evaluate(`history.pushState(null, "", "/app/uploads/${id}/rejects")`);
    await page
      .getByRole('gridcell', { name: 'Amount: This is no amount of money.' })
      .first()
      .waitFor({ timeout: 120_000 });
    const firstRow = performance.now() - start;
    const whileOpening = await longest(page);
    await grid(page).hover();
    for (let at = 0; at < 60; at += 1) await page.mouse.wheel(0, 3_000);
    await grid(page).focus();
    await page.keyboard.press('Control+End');
    await page.getByText('50,001').first().waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(80);
    const whileScrolling = await longest(page);
    await page.getByRole('button', { name: /^Email/ }).click();
    const tried = performance.now();
    await page.getByLabel('Change', { exact: true }).selectOption({ label: 'Set a value' });
    await page.getByLabel('Value').fill('same@example.com');
    await page.getByText('Changes 25,000 of 25,000 and fixes').waitFor();
    const outcome = performance.now() - tried;
    console.log(
      `50,000 rejects: first row after ${firstRow.toFixed(0)} ms; longest task ${whileOpening} ms while opening, ${whileScrolling} ms while scrolling, ${await longest(page)} ms afterwards; a change of 25,000 rows tried in ${outcome.toFixed(0)} ms`,
    );
    // Far below what a table would need that is on the page as a whole; it leaves room for a machine that does other things as well.
    expect(whileScrolling).toBeLessThan(400);
  }, 240_000);

  /** Imports a file by the API, and waits for its end. */
  async function send(file: Blob, campaign: string) {
    const client = createClient({ url: served.url, key: served.key });
    const { id } = await client.uploadFile(file, { campaign });
    return client.waitForUpload(id);
  }

  /** How many columns a column is from the first one. */
  async function columnOf(page: Page, name: string): Promise<number> {
    const index = await page
      .getByRole('columnheader', { name: new RegExp(`^${name}`) })
      .getAttribute('aria-colindex');
    return Number(index) - 1;
  }

  /** Stays where the page asks whether to leave, which it must do. */
  async function expectWarning(page: Page, leave: () => Promise<unknown>): Promise<void> {
    const asked: string[] = [];
    const stay = (dialog: Dialog): void => {
      asked.push(dialog.type());
      void dialog.dismiss();
    };
    page.on('dialog', stay);
    await Promise.race([leave().catch(() => null), page.waitForTimeout(2_000)]);
    page.off('dialog', stay);
    expect(asked).toEqual(['beforeunload']);
  }

  /** The longest time for which the page was blocked since it was asked last, in milliseconds. */
  function longest(page: Page): Promise<number> {
    return page.evaluate<number>('Math.round(Math.max(0, ...blocked.splice(0)))');
  }
});
