import { claimChunk, releaseChunk } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { packZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { readAccepted, readId } from '../test-support/answers.js';
import { attempt, cancelNewUpload, routeAll } from '../test-support/make-notifications.js';
import { openStream } from '../test-support/read-events.js';
import { startApi, type TestApi } from '../test-support/start-api.js';

const present = z.custom<unknown>((value) => value !== undefined, 'is missing');
/** An object with these members and no other. What of them is looked into is said with `extend`. */
const exactly = (...names: readonly string[]) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, present])));
/** A list that shows what its entries have. */
const listOf = <T extends z.ZodType>(entry: T) => z.array(entry).min(1);

const detection = exactly(
  'platform',
  'confidence',
  'reasons',
  'unknownColumns',
  'keepsUnknown',
  'missingColumns',
  'secretColumns',
);
const format = exactly('decimalMark', 'headerLine', 'titleLines').extend({
  encoding: exactly('name', 'source', 'certain'),
  delimiter: exactly('value', 'source'),
});
const dateOrder = exactly('position', 'header', 'order', 'source', 'ambiguous', 'conflicting').extend({
  proofs: exactly('dmy', 'mdy'),
});
const columnAssignment = exactly('position', 'as');
const question = exactly('code', 'position', 'header', 'message', 'cells');
const assumption = exactly('code', 'message');
const open = { questions: z.array(question), assumptions: z.array(assumption) };
const readFile = exactly(
  'name',
  'sheet',
  'skipped',
  'firstRow',
  'rowCount',
  'platform',
  'columns',
  'issueCount',
).extend({ format, detection, dateOrders: z.array(dateOrder), ...open });
const mappedFile = readFile.extend({ columns: listOf(columnAssignment) });
const uploadLinks = exactly(
  'self',
  'files',
  'issues',
  'issuesSummary',
  'issuesCsv',
  'rejected',
  'mapping',
  'retry',
  'cancel',
);
const accepted = exactly(
  'id',
  'status',
  'campaignId',
  'campaign',
  'platform',
  'confidence',
  'rows',
  'bytes',
  'sha256',
  'fileCount',
).extend({ files: listOf(readFile), links: uploadLinks });

const rowCounts = exactly('total', 'imported', 'rejected', 'leftOut', 'open');
const listedUpload = exactly(
  'id',
  'campaignId',
  'campaign',
  'filename',
  'status',
  'sealed',
  'platform',
  'confidence',
  'failure',
  'byteCount',
  'sha256',
  'progress',
  'chunkErrors',
  'statistics',
  'createdAt',
  'sealedAt',
  'startedAt',
  'finishedAt',
  'fileCount',
).extend({
  rows: rowCounts,
  chunks: exactly('total', 'pending', 'processing', 'completed', 'failed', 'canceled'),
  links: uploadLinks,
});
const madeGoodBy = z.array(exactly('upload', 'status', 'imported', 'rejected'));
const upload = listedUpload.extend({ detection, files: listOf(readFile), madeGoodBy });
const outcomes = exactly('created', 'updated', 'unchanged');
const repair = exactly('file', 'column', 'kind', 'repaired', 'count').extend({
  examples: listOf(exactly('line', 'before', 'after')),
});
const statistics = exactly('productCount', 'backersWithoutPledge').extend({
  repairs: z.array(repair),
  rows: exactly('total', 'imported', 'rejected', 'leftOut'),
  records: exactly().extend({ backers: outcomes, products: outcomes, pledges: outcomes, surveys: outcomes }),
  totals: listOf(exactly('currency', 'status', 'pledges', 'amount')),
  units: listOf(exactly('kind', 'key', 'name', 'units')),
});

const issue = exactly('file', 'row', 'line', 'column', 'code', 'message', 'value', 'severity');
const suggestion = exactly('missing', 'confidence').extend({
  columns: listOf(
    exactly('position', 'as', 'header', 'score', 'reason').extend({
      alternatives: z.array(exactly('as', 'score')),
    }),
  ),
});

const notification = exactly(
  'id',
  'event',
  'message',
  'title',
  'sentences',
  'upload',
  'createdAt',
  'readAt',
).extend({ rows: rowCounts, fileIssues: exactly('count', 'errors', 'codes'), links: exactly('upload') });
const events = [
  'upload.completed',
  'upload.failed',
  'upload.canceled',
  'upload.needs_mapping',
  'webhook.disabled',
] as const;
const settings = exactly('email', 'locale', 'timeZone', 'events', 'availableChannels').extend({
  channels: exactly(...events),
});

const webhook = exactly(
  'id',
  'url',
  'description',
  'events',
  'disabled',
  'failingSince',
  'previousSecretUntil',
  'createdAt',
  'enabled',
).extend({ links: exactly('self', 'rotateSecret', 'test', 'deliveries', 'replay') });
const webhookWithSecret = webhook.extend({ secret: z.string() });
const delivery = exactly(
  'id',
  'event',
  'status',
  'createdAt',
  'dueAt',
  'finishedAt',
  'lastError',
  'attempts',
  'notification',
  'upload',
).extend({ links: exactly('self', 'replay', 'webhook') });
const attempted = delivery.extend({
  attempts: listOf(exactly('number', 'startedAt', 'latencyMs', 'responseStatus', 'responseHead', 'error')),
});

const problem = exactly('type', 'title', 'status', 'detail', 'code');
const parameters = listOf(exactly('name', 'message'));

const orders = [
  'Order ID,Email,Amount,Currency,Product,Quantity,Ordered At,Wish',
  'A1,grace@example.com,25.50,USD,Lamp,2,03/04/2024,red',
  'A2,alan@example.com,30,USD,Lamp,1,27/04/2024,',
  'A3,not an address,30,USD,Lamp,1,01/02/2024,blue',
  '',
].join('\n');
const unknown = 'Alpha,Beta\nX-1,ada@example.com\nX-2,bo@example.com\n';

/** A zip with a table, and a document that is left out. */
const archive = async () =>
  new Uint8Array(await packZip({ 'a.csv': Buffer.from(orders), 'b.pdf': Buffer.from('%PDF-1.7') }));

let api: TestApi;
/** Of an upload that has ended. */
let uploadId: string;
let webhookId: string;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
  webhookId = await readId(await post('/v1/webhooks', { url: 'https://example.com/hook' }));
  uploadId = await readId(await api.upload(orders));
  await processUpload(api.database, uploadId);
});
afterAll(() => api.close());

const request = (method: string, path: string, body?: unknown) =>
  api.send(path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) });
const post = (path: string, body?: unknown) => request('POST', path, body);
const get = (path: string) => request('GET', path);

/** Refuses an answer that lacks a member, or has one more. */
async function expectExactly(answer: Response | Promise<Response>, schema: z.ZodType, status = 200) {
  const response = await answer;
  const body: unknown = await response.json();
  expect(schema.safeParse(body).error?.issues ?? [], JSON.stringify(body)).toEqual([]);
  expect(response.status).toBe(status);
}

async function failChunk(id: string): Promise<void> {
  const { id: chunkId } = await api.database.prisma.csvUploadChunk.findFirstOrThrow({
    where: { uploadId: id },
  });
  const chunk = await claimChunk(api.database, chunkId, { leaseMs: 60_000 });
  if (chunk === null) throw new Error('The chunk could not be claimed');
  await releaseChunk(api.database, chunk, { reason: 'on purpose', maxAttempts: 1 });
}

describe('every member is known of the answers about', () => {
  it('an upload', async () => {
    const sent = await api.upload(orders, 'campaign=Sent');
    const { id } = await readAccepted(sent.clone());
    await expectExactly(sent, accepted, 202);
    await expectExactly(get(`/v1/uploads/${id}`), upload);
    await failChunk(id);
    const failed = upload.extend({ failure: exactly('code', 'message') });
    await expectExactly(get(`/v1/uploads/${id}`), failed);
    await expectExactly(post(`/v1/uploads/${id}/retry`), upload, 202);
    await expectExactly(post(`/v1/uploads/${id}/cancel`), upload);
    await expectExactly(get(`/v1/uploads/${uploadId}`), upload.extend({ statistics }));
    await expectExactly(get('/v1/uploads'), exactly('next').extend({ uploads: listOf(listedUpload) }));
    await expectExactly(
      get(`/v1/uploads/${uploadId}/files`),
      exactly('next').extend({ files: listOf(readFile.extend({ dateOrders: listOf(dateOrder) })) }),
    );
  });

  it('its issues', async () => {
    const path = `/v1/uploads/${uploadId}/issues`;
    await expectExactly(get(path), exactly('next').extend({ issues: listOf(issue) }));
    const group = exactly('code', 'severity', 'column', 'count').extend({
      examples: listOf(issue),
    });
    await expectExactly(get(`${path}/summary`), exactly().extend({ groups: listOf(group) }));
  });

  it('the files of an archive, and one that is left out', async () => {
    const skipped = exactly(...Object.keys(readFile.shape));
    const files = z.tuple([readFile, skipped]);
    const { id, ...sent } = await readAccepted(await api.upload(await archive(), 'campaign=Zip'));
    expect(files.safeParse(sent['files']).error?.issues ?? []).toEqual([]);
    await expectExactly(get(`/v1/uploads/${id}/files`), exactly('next').extend({ files }));
  });

  it('a mapping, and what is kept of it', async () => {
    const { id } = await readAccepted(await api.upload(unknown, 'campaign=Unknown'));
    const unknownFile = exactly('file', 'name', 'sheet', 'headers', 'rows').extend({
      detection,
      questions: listOf(question),
      suggestion,
    });
    await expectExactly(get(`/v1/uploads/${id}`), upload.extend({ detail: z.string() }));
    await expectExactly(
      get(`/v1/uploads/${id}/mapping`),
      exactly('status', 'next').extend({ files: listOf(unknownFile) }),
    );
    const columns = [
      { position: 0, as: 'externalId' },
      { position: 1, as: 'email' },
    ];
    await expectExactly(
      request('PUT', `/v1/uploads/${id}/mapping`, { columns, saveAs: 'Greek' }),
      upload.extend({ files: listOf(mappedFile) }),
      202,
    );
    const template = exactly('id', 'name', 'headerFingerprint', 'platform', 'createdAt').extend({
      columns: listOf(columnAssignment),
    });
    await expectExactly(
      get('/v1/mapping-templates'),
      exactly('next').extend({ templates: listOf(template) }),
    );
  });

  it('a file that is inspected', async () => {
    const backer = exactly(
      'identity',
      'email',
      'name',
      'billingState',
      'billingCountry',
      'billingCountryRaw',
    );
    const pledge = exactly(
      'platform',
      'externalId',
      'status',
      'statusRaw',
      'amount',
      'shippingAmount',
      'bonusAmount',
      'currency',
      'pledgedAt',
      'fulfillment',
      'notes',
      'shippingName',
      'shippingAddress1',
      'shippingAddress2',
      'shippingCity',
      'shippingState',
      'shippingPostalCode',
      'shippingCountry',
      'shippingCountryRaw',
      'shippingPhone',
      'deliveryNotes',
      'extra',
    ).extend({ items: listOf(exactly('kind', 'productKey', 'quantity', 'unitPrice')) });
    const record = exactly('row', 'line', 'rowCount', 'survey').extend({
      backer,
      pledge,
      products: listOf(exactly('kind', 'key', 'name', 'sku', 'price', 'currency')),
    });
    const inspected = exactly(
      'name',
      'sheet',
      'headers',
      'platform',
      'columns',
      'suggestion',
      'rows',
      'records',
      'issues',
      'repairs',
      'rowsSeen',
      'hasMore',
    ).extend({ format, detection, dateOrders: z.array(dateOrder), ...open });
    const answer = exactly('hasMoreFiles', 'isCut', 'bytesSeen');
    const known = inspected.extend({
      columns: listOf(exactly('position', 'header', 'role', 'field')),
      records: listOf(record),
      issues: listOf(issue),
    });
    const inspect = (body: NonNullable<RequestInit['body']>) =>
      api.send('/v1/inspect', { method: 'POST', body });
    await expectExactly(inspect(orders), answer.extend({ files: listOf(known) }));
    const guessed = inspected.extend({ suggestion });
    const otherNames = unknown.replace('Beta', 'Gamma');
    await expectExactly(inspect(otherNames), answer.extend({ files: listOf(guessed) }));
    const files = z.tuple([known, exactly('name', 'skipped', 'mayHoldRows', 'issues')]);
    await expectExactly(inspect(await archive()), answer.extend({ files }));
  });

  it('campaigns and platforms', async () => {
    const campaign = exactly('id', 'name', 'createdAt');
    await expectExactly(get('/v1/campaigns'), exactly('next').extend({ campaigns: listOf(campaign) }));
    const platform = exactly('name', 'title', 'evidence').extend({
      requiredColumns: z.array(exactly('field', 'headers')),
    });
    await expectExactly(get('/v1/platforms'), exactly().extend({ platforms: listOf(platform) }));
  });

  it('notifications, in the feed and in the stream', async () => {
    const feed = get(`/v1/notifications?upload=${uploadId}`);
    const told = notification.extend({ links: exactly('upload', 'issues') });
    await expectExactly(feed, exactly('next', 'unreadCount').extend({ notifications: listOf(told) }));
    const { id } = await api.database.prisma.notification.findFirstOrThrow({ where: { uploadId } });
    await expectExactly(post(`/v1/notifications/${id}/read`), told);
    await expectExactly(post('/v1/notifications/read'), exactly('read'));

    const stream = await openStream(api);
    const { data } = await stream.hears(await cancelNewUpload(api));
    stream.leave();
    expect(notification.safeParse(data).error?.issues ?? []).toEqual([]);
  });

  it('their settings', async () => {
    await expectExactly(get('/v1/notification-settings'), settings);
    await expectExactly(request('PUT', '/v1/notification-settings', { locale: 'de' }), settings);
  });

  it('a webhook, whose secret is shown only when it is made', async () => {
    await expectExactly(post('/v1/webhooks', { url: 'https://example.com/2' }), webhookWithSecret, 201);
    await expectExactly(get('/v1/webhooks'), exactly().extend({ webhooks: listOf(webhook) }));
    await expectExactly(get(`/v1/webhooks/${webhookId}`), webhook);
    await expectExactly(post(`/v1/webhooks/${webhookId}/rotate-secret`), webhookWithSecret);
    const disabled = webhook.extend({ disabled: exactly('since', 'reason') });
    const change = (enabled: boolean) => request('PATCH', `/v1/webhooks/${webhookId}`, { enabled });
    await expectExactly(change(false), disabled);
    await expectExactly(change(true), webhook);
  });

  it('deliveries to it', async () => {
    const path = `/v1/webhooks/${webhookId}`;
    await expectExactly(post(`${path}/test`), delivery, 202);
    const { id } = await api.database.prisma.delivery.findFirstOrThrow({
      where: { endpointId: webhookId, notificationId: null },
    });
    await attempt(api, id, 'refused');
    await expectExactly(get(`${path}/deliveries/${id}`), attempted);
    await routeAll(api);
    await expectExactly(get(`${path}/deliveries`), exactly('next').extend({ deliveries: listOf(delivery) }));
    await expectExactly(post(`${path}/deliveries/${id}/replay`), delivery, 202);
    const since = '2020-01-01T00:00:00Z';
    await expectExactly(post(`${path}/replay`, { since }), exactly('replayed'), 202);
  });

  it('what went wrong', async () => {
    await expectExactly(fetch(`${api.url}/v1/uploads`), problem, 401);
    await expectExactly(get('/v1/nothing'), problem, 404);
    await expectExactly(get('/v1/uploads/none'), problem, 404);
    await expectExactly(get('/v1/uploads?limit=0'), problem.extend({ parameters }), 400);
    await expectExactly(
      post('/v1/webhooks', { url: 'ftp://example.com' }),
      problem.extend({ parameters }),
      422,
    );
    await expectExactly(
      api.upload(orders, 'campaign=Lamp&platform=x'),
      problem.extend({ platforms: present }),
      400,
    );
    const unread = problem.extend({ upload: z.string(), line: present });
    await expectExactly(api.upload(''), unread, 422);
    await expectExactly(api.upload('Order ID,Email\n1,"a'), unread, 422);
  });

  it('the process', async () => {
    await expectExactly(fetch(`${api.url}/healthz`), exactly('status'));
    await expectExactly(fetch(`${api.url}/readyz`), exactly('status', 'database', 'queue'));
  });
});
