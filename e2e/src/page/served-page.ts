import type { TestPostgresAddress } from '@pledgeline/db/testing';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { look, type StartedPage, signIn, startPage } from './started-page.js';
import { openWatched, type WatchedPage } from './watched-page.js';

/** The page in Chromium, one place of it at a time, with an API, a worker and an empty database of its own. */
export interface ServedPage extends Pick<StartedPage, 'url' | 'key' | 'database'> {
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
  const { url, key, database, browser, close } = await startPage(postgres, executablePath);
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
      watched.page.setDefaultTimeout(90_000);
      await watched.page.goto(`${url}/app${path}`);
      return watched.page;
    },
    get opened() {
      if (watched === null) throw new Error('Nothing was opened yet');
      return watched;
    },
    signIn: (page) => signIn(page, key),
    look,
    async leave() {
      await context?.close();
      context = null;
      expect(watched?.problems ?? []).toEqual([]);
    },
    close,
  };
}
