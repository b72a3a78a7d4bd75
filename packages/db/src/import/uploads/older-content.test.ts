import { describe, expect, it } from 'vitest';
import type { Database } from '../../client.js';
import { processUpload } from '../../test-support/process-upload.js';
import { receiveCsv } from '../../test-support/receive-csv.js';
import { setUpMerchant } from '../../test-support/set-up-merchant.js';
import { readUpload } from '../reports/read-upload.js';

let db: Database;
let merchantId: string;
setUpMerchant(4, (setUp) => {
  ({ db, merchantId } = setUp);
});

let campaigns = 0;
const newCampaign = () => `Campaign ${++campaigns}`;

/** A file of Kickstarter with pledges of these days. */
function kickstarter(...days: readonly string[]): string {
  const rows = days.map(
    (day, at) =>
      `${at + 1},${at + 101},Ada,ada${at}@example.com,$1.00,collected,${day === '' ? '' : `${day} 10:00`}`,
  );
  return [
    'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status,Pledged At',
    ...rows,
    '',
  ].join('\n');
}

/** A file of no known platform. */
function shop(date: string, ...days: readonly string[]): string {
  const rows = days.map((day, at) => `${at + 1},ada${at}@example.com,Ada,1.00,DICE,1,${day}`);
  return [`Order ID,Email,Name,Total,SKU,Quantity,${date}`, ...rows, ''].join('\n');
}

const stripe = (...days: readonly string[]): string =>
  [
    'id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Status,Customer Email',
    ...days.map((day, at) => `ch_${at},${day} 10:00:00,1.00,0.00,usd,true,Paid,ada${at}@example.com`),
    '',
  ].join('\n');

async function send(campaign: string, csv: string) {
  const upload = await receiveCsv(db, { merchantId, campaign, csv, chunkRows: 100 });
  const report = await readUpload(db, merchantId, upload.id);
  return { ...upload, platform: report?.platform, warnings: report?.warnings ?? [] };
}

/** Sends files one after the other. Returns the codes of the warnings of the last one. */
async function sendAll(files: readonly string[]) {
  const campaign = newCampaign();
  let last: Awaited<ReturnType<typeof send>> | undefined;
  for (const csv of files) last = await send(campaign, csv);
  return last?.warnings.map(({ code }) => code);
}

const january = kickstarter('2024/01/03', '2024/01/05');
const february = kickstarter('2024/01/03', '2024/01/05', '2024/02/01');

describe('A file whose newest pledge is older than what is there', () => {
  it('is warned of at the seal, before any row is imported, and in the notification', async () => {
    const campaign = newCampaign();
    const newer = await send(campaign, february);
    const { id, warnings } = await send(campaign, january);
    expect(warnings).toEqual([
      {
        file: null,
        row: null,
        line: null,
        column: null,
        code: 'older_content',
        message: `The newest pledge in the file is of 2024-01-05 10:00 (UTC), but the upload ${newer.id} ("test.csv") has pledges up to 2024-02-01 10:00. The file seems to be an older export, and its values replace newer ones. If that is not what you want, cancel it with POST /v1/uploads/${id}/cancel, and send the newest file again with "?force=true".`,
        value: null,
        severity: 'warning',
      },
    ]);
    expect((await readUpload(db, merchantId, id))?.rows.imported).toBe(0);
    await processUpload(db, id);
    const notification = await db.prisma.notification.findFirst({ where: { uploadId: id } });
    expect(notification?.message).toContain('The file seems to be an older export');
  });

  it.each([
    ['by one minute', [kickstarter('2024/01/05'), kickstarter('2024/01/05').replace('10:00', '09:59')]],
    [
      'though it has more rows',
      [february, kickstarter('2024/01/05', '2024/01/04', '2024/01/03', '2024/01/02')],
    ],
    ['behind a file between them', [february, january, kickstarter('2024/01/04')]],
    [
      'with dates in an order that its cells prove',
      [shop('Date', '27/02/2024'), shop('Date', '03/01/2024', '27/01/2024')],
    ],
    [
      'of no known platform, with the same columns',
      [shop('Order Date', '2024-02-01'), shop('Order Date', '2024-01-01')],
    ],
    ['of Stripe', [stripe('2024-02-01'), stripe('2024-01-01')]],
    ['as the same bytes, which newer ones lie behind', [january, february, january]],
    ['as the same bytes without dates', [kickstarter(''), kickstarter('', ''), kickstarter('')]],
  ])('is warned of %s', async (_, files) => {
    expect(await sendAll(files)).toEqual(['older_content']);
  });

  it.each([
    ['the first of a campaign', [january]],
    ['newer', [january, february]],
    ['as new, with fewer rows', [february, kickstarter('2024/02/01')]],
    ['the same bytes again', [january, january]],
    ['the same bytes again, and nothing newer since', [january, february, february]],
    ['of a second platform', [february, stripe('2024-01-01')]],
    [
      'of no known platform, with other columns',
      [shop('Order Date', '2024-02-01'), shop('Bought on', '2024-01-01')],
    ],
    ['without dates', [february, kickstarter('', '')]],
    ['behind files without dates', [kickstarter('', ''), january]],
    ['behind one with a mistaken date in the future', [kickstarter('2024/01/05', '2099/01/01'), january]],
    [
      'of dates that nobody can order',
      [shop('Date', '2024-12-01'), shop('Date', '03/04/2024', '05/06/2024')],
    ],
  ])('is not found where a file is %s', async (_, files) => {
    expect(await sendAll(files)).toEqual([]);
  });

  it('does not count when the newer one was canceled, or is of another campaign', async () => {
    await send(newCampaign(), february);
    const campaign = newCampaign();
    const newer = await send(campaign, february);
    await db.pool.query(`UPDATE csv_upload SET status = 'CANCELED' WHERE id = $1`, [newer.id]);
    expect((await send(campaign, january)).warnings).toEqual([]);
  });
});
