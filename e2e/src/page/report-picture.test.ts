import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { findChromium } from './chromium.js';
import { lanternsFile } from './lanterns-file.js';
import { choose, signIn, startPage } from './started-page.js';

const chromium = findChromium(process.env);
const picture = fileURLToPath(new URL('../../../docs/report.png', import.meta.url));

/** The README begins with it. */
const MAX_BYTES = 150_000;

it.skipIf(chromium === null || process.env['SCREENS'] === undefined)(
  'The picture of the README is made of the report of an invented campaign',
  async () => {
    const started = await startPage(inject('testPostgres'), chromium ?? '', { merchant: 'Ada Games' });
    try {
      const page = await started.browser.newPage({
        locale: 'en-US',
        timezoneId: 'UTC',
        viewport: { width: 920, height: 1_440 },
      });
      page.setDefaultTimeout(90_000);
      await page.goto(`${started.url}/app/`);
      await signIn(page, started.key);
      await choose(page, 'lanterns-backers.csv', lanternsFile());
      await page.getByText(/rows would be imported/).waitFor();
      await page.getByLabel('Into which campaign?').fill('Lanterns for Winter');
      await page.getByRole('button', { name: 'Import into “Lanterns for Winter”' }).click();
      await page.getByText('Every row is accounted for').waitFor();
      await page.getByRole('heading', { name: 'Backers per country' }).waitFor();
      await page.screenshot({ path: picture });
      expect((await stat(picture)).size).toBeLessThan(MAX_BYTES);
    } finally {
      await started.close();
    }
  },
  240_000,
);
