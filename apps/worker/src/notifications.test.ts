import type { Issue } from '@pledgeline/csv-core';
import {
  changeSettings,
  createApiKey,
  createDatabase,
  createEndpoint,
  createTestDelivery,
  type Database,
  listDeliveries,
  readEndpoint,
  readUpload,
  webhookEvents,
} from '@pledgeline/db';
import { cloneDatabase, defaultSettings, receiveCsv } from '@pledgeline/db/testing';
import { createWebhookSecret } from '@pledgeline/delivery';
import { type MailServer, type Receiver, startMailServer, startReceiver } from '@pledgeline/delivery/testing';
import { createProducer, type Producer } from '@pledgeline/queue';
import { pino } from 'pino';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { type Env, envSchema } from './env.js';
import { startWorker, type Worker } from './start-worker.js';
import { until } from './test-support/until.js';

const logger = pino({ level: 'silent' });
const header = 'Order ID,Name,Email,Amount,Currency,Product,Quantity';

/** A file with this many orders; the last one has no readable e-mail. */
function csvFile(rows: number): string {
  const lines = Array.from({ length: rows }, (_, n) => {
    const email = n + 1 === rows ? 'no address' : `secret-backer-${n}@example.com`;
    return `A${n},Grace,${email},25.50,USD,Lamp,1`;
  });
  return [header, ...lines, ''].join('\n');
}

function issueOfFile(code: string, severity: Issue['severity'], message: string): Issue {
  return { file: null, row: null, line: null, column: null, code, message, value: null, severity };
}

let db: Database;
let producer: Producer;
let env: Env;
let receiver: Receiver;
let mailServer: MailServer;
let merchantId: string;
const workers: Worker[] = [];

beforeEach(async () => {
  const clone = await cloneDatabase(inject('testPostgres'));
  db = createDatabase({ connectionString: clone.url, maxConnections: 4 });
  ({ merchantId } = await createApiKey(db, 'Ada Games', 'test'));
  producer = createProducer({ kind: 'postgres', connectionString: clone.url }, { logger });
  [receiver, mailServer] = await Promise.all([startReceiver(), startMailServer()]);
  env = envSchema.parse({
    DATABASE_URL: clone.url,
    // Tests that are not about the sweep must not be helped by it.
    SWEEP_EVERY_MS: 600_000,
    DELIVERY_TIMEOUT_MS: 120_000,
    ALLOW_PRIVATE_WEBHOOKS: 'true',
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Pledgeline <no-reply@example.com>',
    PUBLIC_URL: 'https://api.example.com/',
  });
  return async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.stop()));
    await Promise.all([receiver.close(), mailServer.close(), producer.close()]);
    await db.close();
    await clone.drop();
  };
});

async function work(changes: Partial<Env> = {}): Promise<void> {
  const worker = startWorker({ ...env, ...changes }, logger);
  workers.push(worker);
  await worker.ready;
}

async function addEndpoint(url: string, owner = merchantId) {
  const secret = createWebhookSecret();
  const made = await createEndpoint(db, owner, { url, description: '', events: webhookEvents, secret });
  if (made === null) throw new Error('No endpoint was made');
  return { id: made.id, secret };
}

async function send(
  rows = 1_234,
  owner = merchantId,
  campaign = 'Lamp',
  issues: readonly Issue[] = [],
): Promise<string> {
  const csv = csvFile(rows);
  const upload = await receiveCsv(db, { merchantId: owner, campaign, csv, chunkRows: 1_000, issues });
  const chunks = upload.chunkIds.map((chunkId) => ({ uploadId: upload.id, chunkId, attempt: 0 }));
  await until(() => producer.enqueueChunks(chunks));
  return upload.id;
}

const logOf = async (endpointId: string) =>
  (await listDeliveries(db, merchantId, endpointId, { limit: 50 })).deliveries;

describe('the outcome of an import', () => {
  it('is sent by webhook: signed, with the numbers of the report, and without personal data', async () => {
    const { id, secret } = await addEndpoint(`${receiver.url}/hooks`);
    await work();
    const uploadId = await send();
    await until(async () => expect(await logOf(id)).toMatchObject([{ status: 'DELIVERED' }]));
    const [delivery] = await logOf(id);
    expect(delivery).toMatchObject({
      event: 'upload.completed',
      uploadId,
      attempts: [{ number: 1, responseStatus: 204, error: null, latencyMs: expect.any(Number) }],
    });
    const [webhook] = receiver.received;
    if (webhook === undefined) throw new Error('Nothing arrived');
    expect(receiver.received).toHaveLength(1);
    expect(webhook.id).toBe(delivery?.id);
    expect(receiver.verify(webhook, secret)).toEqual({
      type: 'upload.completed',
      timestamp: expect.any(String),
      data: {
        notificationId: delivery?.notificationId,
        uploadId,
        campaignId: expect.any(String),
        status: 'COMPLETED',
        rows: { total: 1_234, imported: 1_233, rejected: 1, leftOut: 0, open: 0 },
        gone: { marked: 0, back: 0 },
        failure: null,
        fileIssues: { count: 0, errors: 0, codes: [] },
        links: {
          upload: `https://api.example.com/v1/uploads/${uploadId}`,
          page: `https://api.example.com/app/uploads/${uploadId}`,
        },
      },
    });
    expect(webhook.body).not.toMatch(/example\.com(?!\/(?:v1|app)\/)|Grace|Lamp|secret/);
  });

  it('is sent by mail, with numbers and times in the locale of the merchant, and a link to its page', async () => {
    await changeSettings(db, merchantId, {
      ...defaultSettings,
      email: 'ada@example.com',
      locale: 'de-DE',
      timeZone: 'Asia/Tokyo',
    });
    await work();
    const uploadId = await send();
    await until(() => expect(mailServer.mails).toHaveLength(1));
    const [mail] = mailServer.mails;
    expect(mail).toMatchObject({
      to: 'ada@example.com',
      from: expect.stringContaining('no-reply@example.com'),
    });
    expect(mail?.subject).toMatch(/ is imported, without its rejected rows\.$/);
    for (const part of [mail?.text, mail?.html]) {
      expect(part).toContain('1.233 of 1.234 rows were imported, 1 rejected.');
      expect(part).toContain('See the rejected rows');
      expect(part).toContain(`https://api.example.com/app/uploads/${uploadId}`);
      expect(part).toMatch(/GMT\+9|JST/);
    }
  });

  it('is sent with the issues of its file: in words by mail, in numbers and codes by webhook', async () => {
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    const { secret } = await addEndpoint(receiver.url);
    await work();
    const uploadId = await send(2, merchantId, 'Lamp', [
      issueOfFile('uncertain_encoding', 'warning', 'Is this right: "Dvořák"?'),
      issueOfFile('unread_file', 'error', 'Not read: a sheet of secrets.'),
    ]);
    await until(() => {
      expect(mailServer.mails).toHaveLength(1);
      expect(receiver.received).toHaveLength(1);
    });
    const [mail] = mailServer.mails;
    expect(mail?.subject).toBe(
      '"test.csv" is imported, without its rejected rows, and not all of its files could be read.',
    );
    expect(mail?.text).toContain('1 of 2 rows of the files that were read was imported, 1 rejected.');
    expect(mail?.text).toContain('Not read: a sheet of secrets.');
    expect(mail?.text).toContain('Look at this: Is this right: "Dvořák"?');
    expect(mail?.text).toContain(`See what to look at:\nhttps://api.example.com/app/uploads/${uploadId}\n`);
    const [webhook] = receiver.received;
    if (webhook === undefined) throw new Error('Nothing arrived');
    expect(receiver.verify(webhook, secret)).toMatchObject({
      data: { fileIssues: { count: 2, errors: 1, codes: ['uncertain_encoding', 'unread_file'] } },
    });
    expect(webhook.body).not.toMatch(/Dvo|secrets/);
  });

  it('is not sent by mail while there is no mail server', async () => {
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    const { id } = await addEndpoint(receiver.url);
    await work({ SMTP_URL: undefined });
    await send();
    await until(async () => expect(await logOf(id)).toMatchObject([{ status: 'DELIVERED' }]));
    expect(await db.prisma.delivery.count({ where: { channel: 'EMAIL' } })).toBe(0);
  });

  it('is sent at once when it is a failure', async () => {
    await addEndpoint(receiver.url);
    const upload = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv: csvFile(3), chunkRows: 1_000 });
    await db.pool.query(`UPDATE csv_upload_file SET platform = 'nowhere' WHERE upload_id = $1`, [upload.id]);
    await work({ MAX_ATTEMPTS: 1 });
    await until(() =>
      producer.enqueueChunks(
        upload.chunkIds.map((chunkId) => ({ uploadId: upload.id, chunkId, attempt: 0 })),
      ),
    );
    await until(() => expect(receiver.received).toHaveLength(1));
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      type: 'upload.failed',
      data: {
        status: 'FAILED',
        rows: { total: 3, imported: 0, rejected: 0, leftOut: 0, open: 3 },
        gone: { marked: 0, back: 0 },
        failure: { code: 'chunks_failed' },
      },
    });
  });

  it('tells of an error of ours, by mail and webhook and in the report, without the words of the driver', async () => {
    await db.pool.query(`CREATE FUNCTION talkative() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN RAISE EXCEPTION 'table vault on host db7 is corrupt'; END $$`);
    await db.pool.query('CREATE TRIGGER talkative BEFORE INSERT ON pledge EXECUTE FUNCTION talkative()');
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    await addEndpoint(receiver.url);
    await work({ MAX_ATTEMPTS: 1 });
    const uploadId = await send(3);
    await until(() => {
      expect(mailServer.mails).toHaveLength(1);
      expect(receiver.received).toHaveLength(1);
    });
    const report = await readUpload(db, merchantId, uploadId);
    expect(report).toMatchObject({
      status: 'FAILED',
      chunkErrors: [expect.stringContaining('an error of ours, which is in our log')],
    });
    const [mail] = mailServer.mails;
    expect(mail?.text).toContain('an error of ours');
    for (const told of [
      mail?.subject,
      mail?.text,
      mail?.html,
      receiver.received[0]?.body,
      JSON.stringify(report),
    ]) {
      expect(told).not.toMatch(/vault|db7|corrupt/);
    }
  });

  it('is sent by the sweep when that did not happen before', async () => {
    await addEndpoint(receiver.url);
    const upload = await receiveCsv(db, { merchantId, campaign: 'Lamp', csv: csvFile(3), chunkRows: 1_000 });
    await work({ SWEEP_EVERY_MS: 200, PENDING_AFTER_MS: 200 });
    await until(() => expect(receiver.received).toHaveLength(1));
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({ data: { uploadId: upload.id } });
  });
});

describe('a receiver', () => {
  it('that fails at first gets the same webhook-id again five seconds later', async () => {
    const { id, secret } = await addEndpoint(receiver.url);
    receiver.answer((_webhook, ordinal) => ({ status: ordinal === 1 ? 503 : 200, body: 'thanks' }));
    await work();
    await send(3);
    await until(async () => expect(await logOf(id)).toMatchObject([{ status: 'DELIVERED' }]));
    const [first, second] = receiver.received;
    if (first === undefined || second === undefined) throw new Error('Two attempts were expected');
    expect(second.id).toBe(first.id);
    expect(second.body).toBe(first.body);
    expect(second.receivedAt - first.receivedAt).toBeGreaterThanOrEqual(5_000);
    receiver.verify(second, secret);
    expect(await logOf(id)).toMatchObject([
      {
        attempts: [
          { responseStatus: 503, responseHead: 'thanks', error: expect.stringContaining('503') },
          { responseStatus: 200, error: null },
        ],
      },
    ]);
    expect(await readEndpoint(db, merchantId, id)).toMatchObject({ failingSince: null, disabled: null });
  });

  it('that answers 410 is switched off, and the merchant gets a mail about it', async () => {
    await changeSettings(db, merchantId, {
      ...defaultSettings,
      email: 'ada@example.com',
      channels: { ...defaultSettings.channels, 'upload.completed': ['webhook'] },
    });
    const { id } = await addEndpoint(receiver.url);
    receiver.answer({ status: 410 });
    await work({ SWEEP_EVERY_MS: 200 });
    await send(3);
    await until(() => expect(mailServer.mails).toHaveLength(1));
    expect(mailServer.mails[0]?.subject).toContain('is switched off');
    expect(await readEndpoint(db, merchantId, id)).toMatchObject({ disabled: { reason: 'gone' } });
    expect(await logOf(id)).toMatchObject([{ status: 'FAILED', attempts: [{ responseStatus: 410 }] }]);
  });

  it('that hangs delays neither an import nor other merchants, and gets at most two attempts at once', async () => {
    const other = await startReceiver();
    try {
      receiver.answer('hang');
      const slow = await addEndpoint(receiver.url);
      const { merchantId: bob } = await createApiKey(db, 'Bob', 'test');
      await addEndpoint(other.url, bob);
      await work({ DELIVERIES: 6, DATABASE_CONNECTIONS: 2, DELIVERY_TIMEOUT_MS: 600_000, GRACE_MS: 100 });
      for (let n = 0; n < 4; n += 1) await send(2, merchantId, `Lamp ${n}`);
      await until(() => expect(receiver.received).toHaveLength(2));
      await send(500, bob);
      await until(() => expect(other.received).toHaveLength(1));
      // The two at the receiver that hangs are still under way.
      expect(receiver.received).toHaveLength(2);
      const log = await logOf(slow.id);
      expect(log).toHaveLength(4);
      expect(log.flatMap(({ attempts }) => attempts.map(({ latencyMs }) => latencyMs))).toEqual([null, null]);
    } finally {
      await other.close();
    }
  });

  it('that had not answered when its worker stopped gets the message from the next worker at once', async () => {
    receiver.answer('hang');
    const { id } = await addEndpoint(receiver.url);
    const stopping = startWorker({ ...env, GRACE_MS: 100 }, logger, { closeStepMs: 60_000 });
    await send(3);
    await until(() => expect(receiver.received).toHaveLength(1));
    await stopping.stop();
    expect(await logOf(id)).toMatchObject([
      { status: 'PENDING', attempts: [{ error: expect.stringContaining('was stopped') }] },
    ]);
    expect(await readEndpoint(db, merchantId, id)).toMatchObject({ failingSince: null });
    receiver.answer({ status: 204 });
    await work();
    await until(async () => expect(await logOf(id)).toMatchObject([{ status: 'DELIVERED' }]));
    expect(receiver.received.map((webhook) => webhook.id)).toEqual([
      (await logOf(id))[0]?.id,
      receiver.received[0]?.id,
    ]);
  });

  it('in a private network gets no request unless ALLOW_PRIVATE_WEBHOOKS is set', async () => {
    const { id } = await addEndpoint(`https://localhost:${new URL(receiver.url).port}/`);
    await work({ ALLOW_PRIVATE_WEBHOOKS: false });
    await send(3);
    await until(async () =>
      expect(await logOf(id)).toMatchObject([
        { attempts: [{ error: expect.stringContaining('not public') }] },
      ]),
    );
    expect(receiver.accepted).toBe(0);
  });

  it('gets a test event once, whatever it answers, also when it is switched off', async () => {
    const { id, secret } = await addEndpoint(receiver.url);
    await db.pool.query('UPDATE webhook_endpoint SET disabled_at = now() WHERE id = $1', [id]);
    receiver.answer({ status: 500 });
    await work();
    const test = await createTestDelivery(db, merchantId, id);
    if (test === null) throw new Error('No test event was made');
    await until(() => producer.enqueueDeliveries([test]));
    await until(async () =>
      expect(await logOf(id)).toMatchObject([{ status: 'FAILED', attempts: [{ number: 1 }] }]),
    );
    const [webhook] = receiver.received;
    if (webhook === undefined) throw new Error('Nothing arrived');
    expect(receiver.verify(webhook, secret)).toMatchObject({ type: 'webhook.test' });
  });
});

describe('a mail', () => {
  it('that the server refuses for good is not tried again', async () => {
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'nobody@example.com' });
    mailServer.refuseWith(550);
    await work();
    await send(3);
    await until(async () =>
      expect(await db.prisma.delivery.findMany({ include: { log: true } })).toMatchObject([
        { channel: 'EMAIL', status: 'FAILED', log: [{ responseStatus: 550 }] },
      ]),
    );
  });

  it('that cannot be put together is not tried again', async () => {
    await changeSettings(db, merchantId, { email: 'ada@example.com', timeZone: 'Nowhere/Land' });
    await work();
    await send(3);
    await until(async () =>
      expect(await db.prisma.delivery.findMany({ include: { log: true } })).toMatchObject([
        { status: 'FAILED', attemptToken: null, log: [{ error: expect.stringContaining('fault of ours') }] },
      ]),
    );
  });

  it('that lost its worker at every attempt is given up in the end', async () => {
    await changeSettings(db, merchantId, { email: 'ada@example.com' });
    mailServer.refuseWith(451);
    await work({ SWEEP_EVERY_MS: 200, PENDING_AFTER_MS: 100 });
    await send(3);
    await until(async () => expect(await db.prisma.deliveryAttempt.count()).toBe(1));
    await db.pool.query('UPDATE delivery SET attempts = 10, due_at = now()');
    await until(async () =>
      expect(await db.prisma.delivery.findMany()).toMatchObject([{ status: 'FAILED', attempts: 11 }]),
    );
    expect(mailServer.mails).toEqual([]);
  });

  it('that the server refuses temporarily is tried again, as the same mail', async () => {
    await changeSettings(db, merchantId, { ...defaultSettings, email: 'ada@example.com' });
    mailServer.refuseWith(451);
    await work();
    await send(3);
    await until(async () =>
      expect(await db.prisma.deliveryAttempt.findMany()).toMatchObject([{ responseStatus: 451 }]),
    );
    mailServer.refuseWith(null);
    await until(() => expect(mailServer.mails).toHaveLength(1));
    const [delivery] = await db.prisma.delivery.findMany();
    expect(mailServer.mails[0]?.messageId).toContain(delivery?.id ?? '?');
  });
});
