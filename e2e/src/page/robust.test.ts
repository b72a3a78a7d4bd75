import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createApiKey } from '@pledgeline/db';
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { sampleFile } from '../sample-file.js';
import { until } from '../until.js';
import { findChromium } from './chromium.js';
import { choose, look, type StartedPage, signIn, startPage } from './started-page.js';

const chromium = findChromium(process.env);

/** What waits for an import, a lease and a backoff needs longer than other tests. */
const PATIENT_MS = 240_000;
const MEGABYTE = 1024 ** 2;

describe.skipIf(chromium === null)('The page, when something goes wrong', () => {
  let started: StartedPage;
  let browser: Browser;
  let context: BrowserContext;
  let isFrozen = false;

  beforeAll(async () => {
    started = await startPage(inject('testPostgres'), chromium ?? '');
    ({ browser } = started);
  });
  afterAll(() => started.close());

  afterEach(async () => {
    thaw();
    await context.close();
  });

  /** The worker stands still, so that an import stays where it is. */
  function freeze(): void {
    process.kill(started.worker.pid, 'SIGSTOP');
    isFrozen = true;
  }

  function thaw(): void {
    if (isFrozen) process.kill(started.worker.pid, 'SIGCONT');
    isFrozen = false;
  }

  async function open(): Promise<Page> {
    context = await browser.newContext({ locale: 'en-US' });
    const page = await openTab('/');
    await signIn(page, started.key);
    return page;
  }

  async function openTab(path: string): Promise<Page> {
    const page = await context.newPage();
    page.setDefaultTimeout(90_000);
    await page.goto(`${started.url}/app${path}`);
    return page;
  }

  async function send(page: Page, campaign: string): Promise<void> {
    await page.getByLabel('Into which campaign?').fill(campaign);
    await page.getByRole('button', { name: `Import into “${campaign}”` }).click();
  }

  /** Sends a file and leaves its import in the middle. Resolves with its address. */
  async function stopMidway(page: Page, campaign: string): Promise<string> {
    await choose(page, `${campaign}.csv`, sampleFile(20_000).csv);
    await page.getByText(/rows would be imported/).waitFor();
    await send(page, campaign);
    await page.waitForURL(/\/app\/uploads\//);
    await until(async () => expect(await percentOf(page)).toBeGreaterThan(0));
    freeze();
    expect(await page.getByText('Every row is accounted for').count()).toBe(0);
    return page.url();
  }

  async function percentOf(page: Page): Promise<number> {
    return Number(await page.locator('progress').getAttribute('value'));
  }

  const isDone = (page: Page): Promise<void> => page.getByText('Every row is accounted for').waitFor();

  it(
    'is where it was after a reload amid an import, and goes on',
    async () => {
      const page = await open();
      const address = await stopMidway(page, 'Reloaded');
      await page.reload();
      await page.getByRole('heading', { name: 'Reloaded.csv' }).waitFor();
      expect(page.url()).toBe(address);
      const before = await percentOf(page);
      expect(before).toBeGreaterThan(0);
      thaw();
      await until(async () => expect(await percentOf(page).catch(() => 100)).toBeGreaterThan(before));
      await isDone(page);
    },
    PATIENT_MS,
  );

  it(
    'goes on watching when the network is back',
    async () => {
      const page = await open();
      await stopMidway(page, 'Offline');
      await context.setOffline(true);
      await page.getByText('You are offline.').waitFor();
      thaw();
      await context.setOffline(false);
      await isDone(page);
      expect(await page.getByRole('alert').count()).toBe(0);
    },
    PATIENT_MS,
  );

  it(
    'goes on watching when the server was away',
    async () => {
      const page = await open();
      await stopMidway(page, 'Restarted');
      await started.stopApi();
      thaw();
      await started.startApiAgain();
      await isDone(page);
      expect(await page.getByRole('alert').count()).toBe(0);
    },
    PATIENT_MS,
  );

  it(
    'goes on sending when the server is back, and needs no click for it',
    async () => {
      const page = await open();
      const network = await context.newCDPSession(page);
      await choose(page, 'cut.csv', wideRows(2_500));
      await page.getByText(/rows would be imported/).waitFor();
      await throttle(network, 4 * MEGABYTE);
      await send(page, 'Cut');
      await until(async () => expect(await percentOf(page)).toBeGreaterThan(2 * MEGABYTE), 30_000);
      await started.stopApi();
      await page.getByText('The connection is gone.').waitFor();
      await look(page, 'sending-waits');
      await throttle(network, -1);
      await started.startApiAgain();
      await isDone(page);
      expect(await page.locator('.figure').first().textContent()).toBe('2,500rows in the file');
    },
    PATIENT_MS,
  );

  it(
    'shows the same import in two tabs, and what one does in the other',
    async () => {
      const page = await open();
      const address = await stopMidway(page, 'Twice');
      const other = await openTab(new URL(address).pathname.replace('/app', ''));
      await other.getByRole('heading', { name: 'Twice.csv' }).waitFor();
      await until(async () => expect(await percentOf(other)).toBe(await percentOf(page)));
      await other.getByRole('button', { name: 'Stop the import' }).click();
      await other.getByRole('alertdialog').getByRole('button').last().click();
      thaw();
      await other.getByText('The import was stopped').waitFor();
      await page.getByText('The import was stopped').waitFor();

      await other.locator('.account-menu summary').click();
      await other.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await signIn(page, started.key);
      await page.getByRole('heading', { name: 'Twice.csv' }).waitFor();
      await other.getByRole('heading', { name: 'Twice.csv' }).waitFor();
    },
    PATIENT_MS,
  );

  it(
    'asks for another key when the key is revoked amid an import, and comes back to it',
    async () => {
      const page = await open();
      const { key } = await createApiKey(started.database, 'Ada & <b>Games</b>', 'soon revoked');
      await page.locator('.account-menu summary').click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await signIn(page, key);
      const address = await stopMidway(page, 'Revoked');
      await started.database.pool.query(`UPDATE api_key SET revoked_at = now() WHERE name = 'soon revoked'`);
      await page.getByRole('heading', { name: 'Sign in' }).waitFor();
      await signIn(page, started.key);
      expect(page.url()).toBe(address);
      await page.getByRole('heading', { name: 'Revoked.csv' }).waitFor();
      thaw();
      await isDone(page);
    },
    PATIENT_MS,
  );

  it(
    'loads itself again when a deploy has taken a part of it away',
    async () => {
      const page = await open();
      let isGone = true;
      await context.route(/\/assets\/campaign-page-/, async (route) => {
        if (!isGone) return route.continue();
        isGone = false;
        await route.fulfill({ status: 404, contentType: 'application/json', body: '{}' });
      });
      await choose(page, 'deploy.csv', sampleFile(20).csv);
      await page.getByText(/rows would be imported/).waitFor();
      await send(page, 'Deployed');
      await isDone(page);
      await page.getByRole('link', { name: 'Deployed' }).click();
      await page.getByRole('heading', { name: 'Units per product' }).waitFor();
      expect(isGone).toBe(false);
    },
    PATIENT_MS,
  );

  it(
    'says what to do when a part of it stays away, and is no white page',
    async () => {
      const page = await open();
      await context.route(/\/assets\/campaign-page-|\/assets\/preview-worker-/, (route) =>
        route.fulfill({ status: 404, contentType: 'application/json', body: '{}' }),
      );
      await choose(page, 'deploy.csv', sampleFile(20).csv);
      await page.getByText('A part of the page could not be loaded').waitFor();
      await page.getByRole('button', { name: 'Load the page again' }).waitFor();
      await page.getByRole('link', { name: 'Campaigns' }).click();
      await page.getByRole('link', { name: 'Deployed' }).click();
      await page.getByText('A part of the page could not be loaded').waitFor();
      await look(page, 'outdated');
      await page.getByRole('link', { name: 'Imports' }).click();
      await page.getByRole('heading', { name: 'Import a file' }).waitFor();
    },
    PATIENT_MS,
  );

  it(
    'does not jump while an import runs',
    async () => {
      const page = await open();
      await stopMidway(page, 'Steady');
      await page.evaluate(watchShifts);
      thaw();
      const seen = new Set<number>();
      let shift = 0;
      await until(async () => {
        // Read together: what the report shifts at the end does not count.
        const [now, percent] = await page.evaluate(readShifts);
        if (percent === null) return;
        shift = now;
        seen.add(percent);
        expect(await page.getByText('Every row is accounted for').count()).toBe(1);
      });
      expect(seen.size).toBeGreaterThan(1);
      expect(shift).toBeLessThan(0.05);
    },
    PATIENT_MS,
  );

  it(
    'sends a file of 100 MB in parts, and keeps little of it in memory',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'pledgeline-large-'));
      try {
        const path = join(folder, 'huge.csv');
        const bytes = await writeHuge(path, 100 * MEGABYTE);
        const page = await open();
        const inspector = await context.newCDPSession(page);
        await inspector.send('Performance.enable');
        await page.locator('input[type=file]').setInputFiles(path);
        await page.getByText(/rows would be imported/).waitFor();
        await send(page, 'Huge');
        const seen = new Set<number>();
        let heap = 0;
        while (!page.url().includes('/uploads/')) {
          seen.add(await percentOf(page).catch(() => 0));
          heap = Math.max(heap, await heapOf(inspector));
        }
        expect(seen.size).toBeGreaterThan(1);
        const [upload] = (
          await started.database.pool.query<{ byte_count: number; row_count: number }>(
            `SELECT byte_count, row_count FROM csv_upload WHERE filename = 'huge.csv'`,
          )
        ).rows;
        expect(upload).toEqual({ byte_count: bytes, row_count: HUGE_ROWS });
        await isDone(page);
        heap = Math.max(heap, await heapOf(inspector));
        expect(heap).toBeLessThan(64 * MEGABYTE);
      } finally {
        await rm(folder, { recursive: true });
      }
    },
    PATIENT_MS,
  );
});

/** Rows that make a large file of few records. */
function wideRows(rows: number): string {
  const notes = 'x'.repeat(8_000);
  const lines = Array.from(
    { length: rows },
    (_, at) => `${at + 1},p${at + 1}@example.com,$5.00 USD,${notes}`,
  );
  return ['Order ID,Email,Total,Notes', ...lines].join('\n');
}

const HUGE_ROWS = 25_000;

/** Writes a file of about so many bytes, and resolves with how many they are. */
async function writeHuge(path: string, bytes: number): Promise<number> {
  const file = createWriteStream(path);
  const notes = 'x'.repeat(Math.ceil(bytes / HUGE_ROWS) - 30);
  file.write('Order ID,Email,Total,Notes\n');
  for (let row = 1; row <= HUGE_ROWS; row += 1) {
    const isFull = !file.write(`${row},p${row}@example.com,$5.00 USD,${notes}\n`);
    if (isFull) await new Promise<void>((resolve) => file.once('drain', resolve));
  }
  await finished(file.end());
  return file.bytesWritten;
}

/** @param bytesPerSecond how fast the page may send; -1 for no limit */
async function throttle(session: CDPSession, bytesPerSecond: number): Promise<void> {
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: bytesPerSecond,
  });
}

/** What the scripts of the page hold, in bytes. */
async function heapOf(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}

// Runs in the page.
function watchShifts(): void {
  const page = Object(globalThis);
  page.shift = 0;
  new page.PerformanceObserver((list: { getEntries(): readonly object[] }) => {
    for (const entry of list.getEntries()) page.shift += Object(entry).value;
  }).observe({ type: 'layout-shift' });
}

// Runs in the page.
function readShifts(): readonly [number, number | null] {
  const page = Object(globalThis);
  const bar = page.document.querySelector('progress');
  return [page.shift, bar === null ? null : Number(bar.value)];
}
