import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createApiKey, createDatabase, type Database } from '@pledgeline/db';
import { cloneDatabase, type TestPostgresAddress } from '@pledgeline/db/testing';
import { startProgram } from '@pledgeline/local-services';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { programs } from '../programs.js';
import { addressOf, startApi } from '../start-api.js';
import { startChromium } from './chromium.js';
import { findBarriers, openWatched, type WatchedPage } from './watched-page.js';

/** With SCREENS=1 every screen is photographed, for people to look at. */
const screens = process.env['SCREENS'] === undefined ? null : new URL('../../screens/', import.meta.url);

/** The page in Chromium, with an API, a worker and an empty database of its own. */
export interface ServedPage {
  readonly url: string;
  /** A key of a merchant of its own, with every scope. */
  readonly key: string;
  readonly database: Database;
  /** Opens a place of the page, such as `/campaigns`, as somebody who was never here. The place before it is closed. */
  open(path: string, options?: BrowserContextOptions): Promise<Page>;
  /** What was opened last. @throws Error while nothing was */
  readonly opened: WatchedPage;
  signIn(page: Page): Promise<void>;
  /** Looks at a screen as a machine can, and keeps pictures for people: in light, in dark, and on a phone. */
  look(page: Page, name: string): Promise<void>;
  /** Closes what was opened, and expects that nothing went wrong in it. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** @param executablePath the Chromium to use */
export async function servePage(postgres: TestPostgresAddress, executablePath: string): Promise<ServedPage> {
  const clone = await cloneDatabase(postgres);
  const database = createDatabase({ connectionString: clone.url, maxConnections: 2 });
  const { key } = await createApiKey(database, 'Ada & <b>Games</b>', 'page');
  const variables = { DATABASE_URL: clone.url, LOG_LEVEL: 'info' };
  const api = startApi({ ...variables, CHUNK_ROWS: '1000' });
  const running = [api, startProgram(programs.worker, variables)];
  const url = await addressOf(api);
  const browser = await startChromium(executablePath);
  if (screens !== null) await mkdir(screens, { recursive: true });
  let context: BrowserContext | null = null;
  let watched: WatchedPage | null = null;
  return {
    url,
    key,
    database,
    async open(path, options = {}) {
      await context?.close();
      context = await browser.newContext({ locale: 'en-US', ...options });
      watched = await openWatched(context);
      watched.page.setDefaultTimeout(30_000);
      await watched.page.goto(`${url}/app${path}`);
      return watched.page;
    },
    get opened() {
      if (watched === null) throw new Error('Nothing was opened yet');
      return watched;
    },
    async signIn(page) {
      await page.getByLabel('Key').fill(key);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('navigation').waitFor();
    },
    look,
    async leave() {
      await context?.close();
      context = null;
      expect(watched?.problems ?? []).toEqual([]);
    },
    async close() {
      await browser.close();
      await Promise.all(running.map((program) => program.end('SIGTERM')));
      await database.close();
      await clone.drop();
    },
  };
}

async function look(page: Page, name: string): Promise<void> {
  expect(await findBarriers(page), name).toEqual([]);
  for (const [kind, width, colorScheme] of [
    ['light', 1_200, 'light'],
    ['dark', 1_200, 'dark'],
    ['phone', 390, 'light'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme });
    const overhang = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overhang, `${name} on a ${kind} screen`).toBeLessThanOrEqual(0);
    if (kind === 'dark') expect(await findBarriers(page), `${name} in the dark`).toEqual([]);
    if (screens === null) continue;
    const path = fileURLToPath(new URL(`${name}-${kind}.png`, screens));
    await page.screenshot({ path, fullPage: true });
  }
  await page.setViewportSize({ width: 1_200, height: 844 });
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Drops a file on the page, in the only place for one that it has. */
export async function chooseFile(page: Page, name: string, text: string): Promise<void> {
  const buffer = Buffer.from(text);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
}
