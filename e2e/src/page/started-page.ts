import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createApiKey, createDatabase, type Database } from '@pledgeline/db';
import { cloneDatabase } from '@pledgeline/db/testing';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { programs } from '../programs.js';
import { addressOf, startApi } from '../start-api.js';
import { startChromium } from './chromium.js';
import { findBarriers } from './watched-page.js';

/** With SCREENS=1 every screen is photographed, for people to look at. */
const screens = process.env['SCREENS'] === undefined ? null : new URL('../../screens/', import.meta.url);

/** An API that serves the page, a worker, and a browser. */
export interface StartedPage {
  /** Of the API, without `/app`. */
  readonly url: string;
  /** A key of the merchant. */
  readonly key: string;
  readonly database: Database;
  readonly browser: Browser;
  readonly worker: RunningProgram;
  /** The variables of its programs, for one more of them. */
  readonly variables: Readonly<Record<string, string>>;
  /** Ends the API, and later starts another one at the same address. */
  stopApi(): Promise<void>;
  startApiAgain(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param more variables of the API, beside those of every test
 * @param merchant who is signed in, by default with a name that would be HTML
 */
export async function startPage(
  postgres: Parameters<typeof cloneDatabase>[0],
  chromium: string,
  more: Readonly<Record<string, string>> = {},
  merchant = 'Ada & <b>Games</b>',
): Promise<StartedPage> {
  const clone = await cloneDatabase(postgres);
  const database = createDatabase({ connectionString: clone.url, maxConnections: 2 });
  const { key } = await createApiKey(database, merchant, 'page');
  const variables = { DATABASE_URL: clone.url, LOG_LEVEL: 'info' };
  const ofApi = { ...variables, CHUNK_ROWS: '1000', ...more };
  let api = startApi(ofApi);
  const worker = startProgram(programs.worker, variables);
  const url = await addressOf(api);
  const browser = await startChromium(chromium);
  if (screens !== null) await mkdir(screens, { recursive: true });
  return {
    url,
    key,
    database,
    browser,
    worker,
    variables,
    async stopApi() {
      await api.end('SIGKILL');
    },
    async startApiAgain() {
      api = startApi({ ...ofApi, PORT: new URL(url).port });
      await addressOf(api);
    },
    async close() {
      await browser.close();
      await Promise.all([api, worker].map((program) => program.end('SIGTERM')));
      await database.close();
      await clone.drop();
    },
  };
}

export async function signIn(page: Page, key: string): Promise<void> {
  await page.getByLabel('Key').fill(key);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').waitFor();
}

export async function choose(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  const buffer = Buffer.from(content);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
}

/** Looks at a screen as a machine can, and keeps pictures for people: in light, in dark, and on a phone. */
export async function look(page: Page, name: string): Promise<void> {
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
