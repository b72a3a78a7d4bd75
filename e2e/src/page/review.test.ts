import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { findChromium } from './chromium.js';
import { type ServedPage, servePage } from './served-page.js';
import { choose } from './started-page.js';

const chromium = findChromium(process.env);
if (chromium === null) {
  console.warn('SKIPPED: reviews were tried in no browser. Install chromium, or name one with CHROMIUM.');
}

interface Order {
  readonly number: number;
  readonly city?: string;
  readonly total?: string;
  readonly lamps?: number;
}

const header =
  'Order ID,Email,Name,Shipping Address 1,Shipping City,Total,Currency,Payment Status,Product,Quantity';

function ordersCsv(...orders: readonly Order[]): string {
  const lines = orders.map(
    ({ number, city = 'Rome', total = '10.00', lamps = 1 }) =>
      `${number},b${number}@example.com,Person ${number},Street ${number},${city},${total},EUR,paid,Lamp,${lamps}`,
  );
  return [header, ...lines, ''].join('\n');
}

const numbers = (from: number, to: number): Order[] =>
  Array.from({ length: to - from + 1 }, (_, at) => ({ number: from + at }));

const first = ordersCsv(...numbers(1, 5));
/** Order 2 has moved, 3 has another amount and more lamps, 5 is not in it, 6 is new, and 9 is broken. */
const second = ordersCsv(
  { number: 1 },
  { number: 2, city: 'Oslo' },
  { number: 3, total: '32.50', lamps: 3 },
  { number: 4 },
  { number: 6, city: 'Bonn' },
  { number: 9, total: 'much' },
);

describe.skipIf(chromium === null)('Reviews and taking back, in Chromium', () => {
  let served: ServedPage;

  beforeAll(async () => {
    served = await servePage(inject('testPostgres'), chromium ?? '');
  });
  afterEach(() => served.leave());
  afterAll(() => served.close());

  async function open(path = '/'): Promise<Page> {
    const page = await served.open(path);
    await served.signIn(page);
    return page;
  }

  /** Sends a file, with what a person ticks for it. */
  async function send(page: Page, campaign: string, csv: string, ...ticks: readonly string[]): Promise<void> {
    await page.getByRole('link', { name: 'Imports' }).click();
    await choose(page, 'orders.csv', csv);
    await page.getByLabel('Into which campaign?').fill(campaign);
    for (const tick of ticks) await page.getByLabel(tick).check();
    await page.locator('form button[type=submit]').click();
  }

  async function importFile(page: Page, campaign: string, csv: string): Promise<void> {
    await send(page, campaign, csv);
    await page.getByText('Every row is accounted for').waitFor();
  }

  const review = 'Show me first what would change';
  const complete = 'This file is the whole campaign';
  const change = (page: Page, name: string | RegExp) => page.getByRole('listitem').filter({ hasText: name });
  const total = (page: Page, name: string) => page.getByRole('row', { name });
  const confirm = (page: Page, name: string) =>
    page.getByRole('alertdialog').getByRole('button', { name, exact: true }).click();

  async function pledgesOf(campaign: string): Promise<readonly string[]> {
    const { rows } = await served.database.pool.query<{ pledge: string }>(
      `SELECT p.external_id || ' ' || p.shipping_city || CASE WHEN p.gone_sequence IS NULL THEN '' ELSE ' gone' END AS pledge
       FROM pledge p JOIN campaign c ON c.id = p.campaign_id WHERE c.name = $1 ORDER BY 1`,
      [campaign],
    );
    return rows.map(({ pledge }) => pledge);
  }
  const before = ['1 Rome', '2 Rome', '3 Rome', '4 Rome', '5 Rome'];
  const after = ['1 Rome', '2 Oslo', '3 Rome', '4 Rome', '5 Rome gone', '6 Bonn'];

  it('shows what a file would change, applies it, and shows it afterwards', async () => {
    const page = await open();
    await importFile(page, 'Lanterns', first);
    await page.getByRole('link', { name: 'Imports' }).click();
    await choose(page, 'orders.csv', second);
    await page.getByText('would be rejected').waitFor();
    await page.getByLabel('Into which campaign?').fill('Lanterns');
    await page.getByLabel(review).check();
    await page.getByLabel(complete).check();
    await served.look(page, 'send-choices');
    await page.getByRole('button', { name: 'Compare with “Lanterns”' }).click();

    const apply = page.getByRole('button', { name: 'Apply: 2 new, 2 changed, 1 gone' });
    await apply.waitFor();
    await total(page, 'Pledges').getByText('6', { exact: true }).waitFor();
    await total(page, 'Collected (EUR)').getByText('€72.50').waitFor();
    await total(page, 'Lamp').getByText('7', { exact: true }).waitFor();
    await change(page, /City.*Rome.*Oslo/).waitFor();
    await change(page, /Amount.*€10.00.*€32.50/).waitFor();
    await served.look(page, 'review');
    expect(await pledgesOf('Lanterns')).toEqual(before);

    await page.getByLabel('All changes 5').focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText('2 entries').waitFor();
    expect(await page.getByLabel('New 2').isChecked()).toBe(true);
    await page.getByLabel('Changed 2').check();
    await page.getByLabel('What changes').selectOption({ label: 'Address' });
    await page.getByText('1 entry').waitFor();
    await page.getByLabel('What changes').selectOption({ label: 'Anything' });
    await page.getByLabel('Gone 1').check();
    await change(page, 'Not in the newest file').getByText('5', { exact: true }).waitFor();
    await page.getByLabel('Rejected rows 1').check();
    await page.getByRole('heading', { name: 'Rejected rows' }).waitFor();

    // The address leads here again.
    await page.reload();
    await apply.click();
    await page.getByText('Every row is accounted for').waitFor();
    expect(await pledgesOf('Lanterns')).toEqual(after);

    await page.getByRole('link', { name: 'What this file changed, field by field' }).click();
    await page.getByRole('heading', { name: 'What this file changed' }).waitFor();
    await change(page, /City.*Rome.*Oslo/).waitFor();
    await served.look(page, 'history');
  });

  it('takes an import back and brings it back, on its page', async () => {
    const page = await open();
    await importFile(page, 'Undone', first);
    await send(page, 'Undone', second, complete);
    await page.getByText('Every row is accounted for').waitFor();
    await page.getByRole('button', { name: 'Take this import back' }).click();
    await page.getByRole('alertdialog', { name: 'if the file had never been sent' }).waitFor();
    await served.look(page, 'undo-asks');
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    // Whoever has no mouse is where they were, and goes on from there.
    expect(await page.evaluate('document.activeElement?.textContent')).toBe('Take this import back');
    await page.keyboard.press('Enter');
    await confirm(page, 'Take this import back');
    await page.getByRole('heading', { name: 'This import was taken back' }).waitFor();
    await served.look(page, 'undone');
    expect(await pledgesOf('Undone')).toEqual(before);

    await page.getByRole('button', { name: 'Bring it back' }).click();
    await page.getByText('Every row is accounted for').waitFor();
    expect(await pledgesOf('Undone')).toEqual(after);
  });

  it('takes an import back in the list of imports', async () => {
    const page = await open();
    // Of its own for each try.
    const campaign = `Listed ${Date.now()}`;
    await importFile(page, campaign, first);
    await send(page, campaign, second, complete);
    await page.getByText('Every row is accounted for').waitFor();
    await page.getByRole('link', { name: 'Imports' }).click();
    const newest = page.getByRole('row').nth(1);
    await newest.getByText('6', { exact: true }).waitFor();
    await newest.getByRole('button', { name: 'Take back: orders.csv' }).click();
    await confirm(page, 'Take back');
    await newest.getByText('Taken back', { exact: true }).waitFor();
    await served.look(page, 'imports-undone');
    expect(await pledgesOf(campaign)).toEqual(before);
  });

  it('discards a review, and makes it anew when the campaign has changed', async () => {
    const page = await open();
    await importFile(page, 'Lamps', first);
    await send(page, 'Lamps', second, review);
    await page.getByRole('button', { name: 'Apply: 2 new, 2 changed', exact: true }).waitFor();
    // Without the word of a person it is no whole campaign.
    await page.getByLabel('Not in the file 1').check();
    const address = page.url();
    await importFile(page, 'Lamps', ordersCsv({ number: 7 }));
    await page.goto(address);
    await page.getByText('The campaign has changed since').waitFor();
    await served.look(page, 'review-outdated');
    await page.getByRole('button', { name: 'Work the changes out anew' }).click();
    await page.getByText('The campaign had changed meanwhile').waitFor();
    await page.getByRole('button', { name: 'Apply: 2 new, 2 changed', exact: true }).waitFor();
    await page.getByText('The campaign had changed meanwhile').waitFor();
    await page.getByRole('button', { name: 'Discard' }).click();
    await confirm(page, 'Discard');
    await page.getByText('The import was stopped').waitFor();
    expect(await pledgesOf('Lamps')).toEqual([...before, '7 Rome']);
  });

  it('reads a file again with other columns, after showing what that changes', async () => {
    const page = await open();
    await send(
      page,
      'Mapped',
      'Nummer,Kontakt,Alt,Ort\nL-1,ada@example.com,A-1,Rome\nL-2,bo@example.com,A-2,Rome\n',
    );
    await page.getByText('Tell us what the columns are').waitFor();
    for (const [column, meaning] of [
      ['Nummer', 'Order number'],
      ['Kontakt', 'E-mail address'],
      ['Alt', 'Kept with the pledge'],
      ['Ort', 'City'],
    ] as const) {
      await page.getByLabel(`What “${column}” is`).selectOption({ label: meaning });
    }
    await page.getByLabel(review).check();
    await page.getByRole('button', { name: 'Compare with the campaign' }).click();
    await page.getByRole('button', { name: 'Apply: 4 new' }).click();
    await page.getByText('Every row is accounted for').waitFor();
    expect(await pledgesOf('Mapped')).toEqual(['L-1 Rome', 'L-2 Rome']);

    await page.getByRole('link', { name: 'Say the columns again' }).click();
    const number = page.getByLabel('What “Nummer” is');
    expect(await number.inputValue()).toBe('externalId');
    await served.look(page, 'remap');
    await number.selectOption({ label: 'Kept with the pledge' });
    await page.getByLabel('What “Alt” is').selectOption({ label: 'Order number' });
    await page.getByRole('button', { name: 'Show what that changes' }).click();
    await page.getByRole('button', { name: 'Apply: 2 new, 2 removed' }).waitFor();
    await served.look(page, 'remap-review');
    expect(await pledgesOf('Mapped')).toEqual(['L-1 Rome', 'L-2 Rome']);
    await page.getByRole('button', { name: 'Apply: 2 new, 2 removed' }).click();
    await page.getByText('Every row is accounted for').waitFor();
    expect(await pledgesOf('Mapped')).toEqual(['A-1 Rome', 'A-2 Rome']);
  });

  it('works out what an import changed that nobody has reviewed', async () => {
    const page = await open();
    await importFile(page, 'Plain', first);
    await importFile(page, 'Plain', second);
    await page.getByRole('link', { name: 'What this file changed, field by field' }).click();
    await change(page, /City.*Rome.*Oslo/).waitFor();
    expect(await page.getByRole('heading', { name: 'The campaign before and after' }).count()).toBe(0);
  });

  it('says why an import cannot be taken back', async () => {
    const page = await open();
    await importFile(page, 'Purged', first);
    await page.getByRole('button', { name: 'Delete this import' }).click();
    await confirm(page, 'Delete this import');
    await page.getByRole('heading', { name: 'Import a file' }).waitFor();
    await importFile(page, 'Purged', second);
    await page.getByRole('button', { name: 'Take this import back' }).click();
    await confirm(page, 'Take this import back');
    await page.getByText('The rows that this needs are no longer kept').waitFor();
    await served.look(page, 'undo-refused');
    await page.getByRole('link', { name: 'What this file changed, field by field' }).click();
    await page.getByText('This cannot be worked out any more').waitFor();
    await served.look(page, 'history-purged');
  });

  it('goes through thousands of changes with only some of them on the page', async () => {
    const page = await open();
    await send(page, 'Long', ordersCsv(...numbers(1, 2_000)), review);
    await page.getByRole('button', { name: 'Apply: 4,001 new' }).waitFor();
    await page.getByText('The first 100; scroll for more').waitFor();
    expect(await page.locator('.changes li').count()).toBeLessThan(60);
    const list = page.getByRole('region', { name: 'Changes', exact: true });
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await page.getByText('The first 200; scroll for more').waitFor();
    await page.getByLabel('Records').selectOption({ label: 'Products' });
    await page.getByText('1 entry').waitFor();
  });

  it('speaks German in a review', async () => {
    const page = await open();
    await importFile(page, 'Deutsch', first);
    await send(page, 'Deutsch', second, review, complete);
    await page.getByRole('button', { name: /^Apply/ }).waitFor();
    await page.locator('.account-menu summary').click();
    await page.getByLabel('Language').selectOption({ label: 'Deutsch' });
    await page.getByRole('button', { name: 'Übernehmen: 2 neu, 2 geändert, 1 weggefallen' }).waitFor();
    await page.locator('.account-menu summary').click();
    await served.look(page, 'review-german');
  });
});
