import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { BrowserContext, Page } from 'playwright-core';

/** A page in Chromium, and what went wrong in it. */
export interface WatchedPage {
  readonly page: Page;
  /** Errors of scripts, and what the content policy has refused. */
  readonly problems: readonly string[];
  /** Requests that send something, such as `POST /v1/uploads`, since the beginning. */
  readonly sent: readonly string[];
}

export async function openWatched(context: BrowserContext): Promise<WatchedPage> {
  const page = await context.newPage();
  const problems: string[] = [];
  const sent: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (/content security policy|refused to|unsafe-eval/i.test(message.text())) problems.push(message.text());
  });
  page.on('request', (request) => {
    if (request.method() !== 'GET') sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return { page, problems, sent };
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly where: readonly string[];
}

/** What keeps people with a keyboard, a screen reader or weak eyes from using the page, where it is serious. */
export async function findBarriers(page: Page): Promise<readonly Violation[]> {
  // Through the debugger, since the content policy of the page lets no script in.
  await page.evaluate(await readFile(axePath, 'utf8'));
  return page.evaluate(async () => {
    const { violations } = await Object(globalThis).axe.run({ resultTypes: ['violations'] });
    const found: Violation[] = [];
    for (const { id, impact, nodes } of violations) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      found.push({ id, impact, where: nodes.map((node: object) => Object(node).html) });
    }
    return found;
  });
}
