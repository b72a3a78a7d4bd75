import { createUpload, sweep } from '@pledgeline/db';
import { processUpload } from '@pledgeline/db/testing';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { readAccepted, readProblem } from '../test-support/answers.js';
import { beginUpload, type RawRequest } from '../test-support/raw-request.js';
import { kickstarterCsv, startApi, type TestApi } from '../test-support/start-api.js';

let api: TestApi;
let keys = 0;
const newKey = () => `key-${++keys}`;

beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

const send = (
  idempotencyKey: string,
  body: NonNullable<RequestInit['body']> = kickstarterCsv,
  query = 'campaign=Lamp',
) => api.upload(body, query, { headers: { 'idempotency-key': idempotencyKey } });
const uploads = () => api.database.prisma.csvUpload.count();
const holderOf = (idempotencyKey: string) =>
  api.database.prisma.csvUpload.findFirst({ where: { idempotencyKey } });

function form(fields: Readonly<Record<string, string>>, file: string): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  data.set('file', new Blob([file], { type: 'text/csv' }), 'backers.csv');
  return data;
}

/** Sends the head of a request and a part of its file, and waits until the upload is open. */
async function beginKeyed(key: string, length = kickstarterCsv.length): Promise<RawRequest> {
  const request = await beginUpload(api.port, api.key, [
    'Content-Type: text/csv',
    `Content-Length: ${length}`,
    `Idempotency-Key: ${key}`,
  ]);
  request.socket.write(kickstarterCsv.slice(0, 20));
  await vi.waitFor(async () => expect(await holderOf(key)).not.toBeNull(), { timeout: 10_000, interval: 10 });
  return request;
}

describe('An Idempotency-Key whose file was received', () => {
  it('gets the same answer again, and nothing is imported twice', async () => {
    const key = newKey();
    const first = await send(key);
    expect(first.status).toBe(202);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const before = await uploads();
    const second = await send(key);
    expect(second.status).toBe(202);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
    expect(await second.json()).toEqual(await first.json());
    expect(await uploads()).toBe(before);
  });

  it.each<[status: string, body: string, end: (id: string) => Promise<unknown>]>([
    ['COMPLETED', kickstarterCsv, (id) => processUpload(api.database, id)],
    ['CANCELED', kickstarterCsv, (id) => api.send(`/v1/uploads/${id}/cancel`, { method: 'POST' })],
    ['NEEDS_MAPPING', 'Colour,Shape\nred,round\n', async () => undefined],
    [
      'FAILED',
      kickstarterCsv,
      (id) =>
        api.database.prisma.$transaction([
          api.database.prisma.csvUpload.update({ where: { id }, data: { status: 'PROCESSING' } }),
          api.database.prisma.csvUpload.update({ where: { id }, data: { status: 'FAILED' } }),
        ]),
    ],
  ])('gets an answer with the current status %s', async (status, body, end) => {
    const key = newKey();
    const { id } = await readAccepted(await send(key, body));
    await end(id);
    const again = await send(key, body);
    expect(again.status).toBe(202);
    expect(await readAccepted(again)).toMatchObject({
      id,
      status,
      rows: { total: body === kickstarterCsv ? 2 : 1 },
    });
  });

  it('gets the same answer with the name or the id of the campaign', async () => {
    const key = newKey();
    const { id, campaignId } = await readAccepted(await send(key));
    const again = await send(key, kickstarterCsv, `campaign=${campaignId.toUpperCase()}`);
    expect((await readAccepted(again)).id).toBe(id);
  });

  it('gets the same answer for a form, whose campaign is known only from its fields', async () => {
    const key = newKey();
    const first = await send(key, form({ campaign: 'Lamp' }, kickstarterCsv), '');
    const second = await send(key, form({ campaign: 'Lamp' }, kickstarterCsv), '');
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect((await readAccepted(second)).id).toBe((await readAccepted(first)).id);
  });

  it('is refused for another campaign', async () => {
    const key = newKey();
    const { id } = await readAccepted(await send(key));
    const before = await uploads();
    for (const [body, query] of [
      [kickstarterCsv, 'campaign=Postcards'],
      [form({ campaign: 'Postcards' }, kickstarterCsv), ''],
      [kickstarterCsv, 'campaign=01890000-0000-7000-8000-000000000000'],
    ] as const) {
      const response = await send(key, body, query);
      expect(await readProblem(response)).toMatchObject({
        status: 422,
        code: 'idempotency_key_reused',
        uploadId: id,
        detail: expect.stringContaining('"Lamp"'),
      });
    }
    expect(await uploads()).toBe(before);
    expect(await api.database.prisma.campaign.count({ where: { name: 'Postcards' } })).toBe(0);
  });

  it('is refused for other content, and says what differs', async () => {
    const key = newKey();
    const { id, sha256 } = await readAccepted(await send(key));
    const before = await uploads();
    const sameLength = kickstarterCsv.replace('Grace', 'Gracy');
    for (const [body, query, ...words] of [
      [sameLength, 'campaign=Lamp', sha256, `has ${kickstarterCsv.length} bytes with the SHA-256`],
      [`${kickstarterCsv}3,1003,Ada,`, 'campaign=Lamp', `has ${kickstarterCsv.length + 11} bytes`],
      [form({ campaign: 'Lamp' }, sameLength), '', sha256],
    ] as const) {
      const { detail, ...problem } = await readProblem(await send(key, body, query));
      expect(problem).toMatchObject({ status: 422, code: 'idempotency_key_reused', uploadId: id });
      for (const word of words) expect(detail).toContain(word);
    }
    expect(await uploads()).toBe(before);
    expect((await readAccepted(await send(key))).id).toBe(id);
  });

  it('is refused for the same content that is to be read otherwise, and says what differs', async () => {
    const key = newKey();
    const { id } = await readAccepted(await send(key, kickstarterCsv, 'campaign=Lamp&dateOrder=dmy'));
    for (const [body, query] of [
      [kickstarterCsv, 'campaign=Lamp&dateOrder=mdy&platform=kickstarter'],
      [form({ campaign: 'Lamp', dateOrder: 'mdy', platform: 'kickstarter' }, kickstarterCsv), ''],
    ] as const) {
      expect(await readProblem(await send(key, body, query))).toMatchObject({
        status: 422,
        code: 'idempotency_key_reused',
        uploadId: id,
        detail: expect.stringContaining(
          'sent with dateOrder=dmy, no platform; this one has dateOrder=mdy, platform=kickstarter.',
        ),
      });
    }
  });

  it('is free for another merchant, and without a key every file is an upload', async () => {
    const key = newKey();
    const ids = [await readAccepted(await send(key))];
    const bob = await api.send(
      '/v1/uploads?campaign=Lamp',
      { method: 'POST', body: kickstarterCsv, headers: { 'idempotency-key': key } },
      api.otherKey,
    );
    expect(bob.headers.get('idempotency-replayed')).toBeNull();
    ids.push(await readAccepted(bob), await readAccepted(await api.upload(kickstarterCsv)));
    ids.push(await readAccepted(await api.upload(kickstarterCsv)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(4);
  });
});

describe('The body of a request with an Idempotency-Key that was used', () => {
  const beginAgain = async (...more: readonly string[]) => {
    const key = newKey();
    const { id } = await readAccepted(await send(key));
    const lines = ['Content-Type: text/csv', `Idempotency-Key: ${key}`, ...more];
    return { id, ...(await beginUpload(api.port, api.key, lines)) };
  };

  it('is refused by its length before it is sent', async () => {
    const { id, socket, answered } = await beginAgain('Content-Length: 100000000', 'Expect: 100-continue');
    const answer = await answered();
    expect(answer).toMatch(/^HTTP\/1\.1 422 [\s\S]*"code":"idempotency_key_reused"/);
    expect(answer).toContain(id);
    socket.destroy();
  });

  it('is asked for and compared when it is as long', async () => {
    const { id, socket, answered, answer } = await beginAgain(
      `Content-Length: ${kickstarterCsv.length}`,
      'Expect: 100-continue',
    );
    await vi.waitFor(() => expect(answer()).toMatch(/^HTTP\/1\.1 100 /), { timeout: 10_000, interval: 10 });
    socket.write(kickstarterCsv);
    await vi.waitFor(async () => expect(await answered()).toContain(id), { timeout: 10_000, interval: 10 });
    expect(answer()).toMatch(/HTTP\/1\.1 202 [\s\S]*idempotency-replayed: true/i);
    socket.destroy();
  });

  it('may break off, and can be sent again', async () => {
    const key = newKey();
    const { id } = await readAccepted(await send(key));
    const { socket } = await beginUpload(api.port, api.key, [
      'Content-Type: text/csv',
      `Content-Length: ${kickstarterCsv.length}`,
      `Idempotency-Key: ${key}`,
    ]);
    socket.write(kickstarterCsv.slice(0, 20));
    socket.destroy();
    expect((await readAccepted(await send(key))).id).toBe(id);
  });

  it('that was refused is discarded, so that the connection can serve the next request', async () => {
    const { socket, answer, answered } = await beginAgain('Content-Length: 1000000');
    await answered();
    socket.write('x'.repeat(1_000_000));
    socket.write('GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n');
    await vi.waitFor(() => expect(answer()).toMatch(/^HTTP\/1\.1 422 [\s\S]*HTTP\/1\.1 200 /), {
      timeout: 10_000,
      interval: 20,
    });
    socket.destroy();
  });
});

describe('An Idempotency-Key whose file is being received', () => {
  it('is in use and its problem links the upload, and after the seal it gets the answer of the upload', async () => {
    const key = newKey();
    const first = await beginKeyed(key);
    const holder = await holderOf(key);
    for (const [body, query] of [
      [kickstarterCsv, 'campaign=Lamp'],
      [form({ campaign: 'Lamp' }, kickstarterCsv), ''],
    ] as const) {
      const response = await send(key, body, query);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await readProblem(response)).toMatchObject({
        status: 409,
        code: 'idempotency_key_in_use',
        uploadId: holder?.id,
        links: { self: `/v1/uploads/${holder?.id}` },
        detail: expect.stringContaining(`GET /v1/uploads/${holder?.id}`),
      });
    }
    expect((await readProblem(await send(key, kickstarterCsv, 'campaign=Postcards'))).code).toBe(
      'idempotency_key_reused',
    );
    first.socket.write(kickstarterCsv.slice(20));
    expect(await first.answered()).toMatch(/^HTTP\/1\.1 202 /);
    first.socket.destroy();
    const again = await send(key);
    expect(again.status).toBe(202);
    expect((await readAccepted(again)).id).toBe(holder?.id);
  });

  it.each([
    ['raw', () => kickstarterCsv, 'campaign=Race'],
    ['a form', () => form({ campaign: 'Race' }, kickstarterCsv), ''],
  ])('opens one upload for many requests at once: %s', async (_kind, body, query) => {
    const key = newKey();
    const before = await uploads();
    const responses = await Promise.all(Array.from({ length: 12 }, () => send(key, body(), query)));
    expect(await uploads()).toBe(before + 1);
    const id = (await holderOf(key))?.id;
    let first = 0;
    for (const response of responses) {
      expect([202, 409]).toContain(response.status);
      if (response.status === 202 && response.headers.get('idempotency-replayed') === null) first += 1;
      expect(await response.json()).toMatchObject(
        response.status === 202 ? { id } : { code: 'idempotency_key_in_use', uploadId: id },
      );
    }
    expect(first).toBe(1);
  });
});

describe('An Idempotency-Key whose file failed before it was received completely', () => {
  it('is free again after a file that could not be read', async () => {
    const key = newKey();
    const failed = await readProblem(await send(key, 'Email,Name\n'));
    expect(failed).toMatchObject({ status: 422, code: 'no_rows' });
    const second = await send(key);
    expect(second.status).toBe(202);
    expect(second.headers.get('idempotency-replayed')).toBeNull();
    const { id } = await readAccepted(second);
    expect(id).not.toBe(failed.uploadId);
    expect((await holderOf(key))?.id).toBe(id);
    expect(await (await api.send(`/v1/uploads/${failed.uploadId}`)).json()).toMatchObject({
      status: 'FAILED',
      failure: { code: 'no_rows' },
    });
  });

  it('is free again after a client that hung up', async () => {
    const key = newKey();
    const { socket } = await beginKeyed(key, 100_000);
    socket.destroy();
    await vi.waitFor(async () => expect(await holderOf(key)).toBeNull(), { timeout: 10_000, interval: 10 });
    expect((await send(key)).headers.get('idempotency-replayed')).toBeNull();
  });

  it('is free again for another campaign', async () => {
    const key = newKey();
    await send(key, 'Email,Name\n');
    expect((await send(key, kickstarterCsv, 'campaign=Postcards')).status).toBe(202);
  });

  it('is free again for one of many requests at once', async () => {
    const key = newKey();
    await send(key, 'Email,Name\n');
    const before = await uploads();
    await Promise.all(Array.from({ length: 8 }, () => send(key)));
    expect(await uploads()).toBe(before + 1);
  });

  it('is in use after the API was killed, until the sweep fails the upload', async () => {
    const idempotencyKey = newKey();
    // The state that a killed API leaves behind.
    const lost = await createUpload(api.database, {
      merchantId: api.merchantId,
      campaign: 'Lamp',
      idempotencyKey,
    });
    expect(await readProblem(await send(idempotencyKey))).toMatchObject({
      code: 'idempotency_key_in_use',
      uploadId: lost.id,
    });
    await sweep(api.database, { pendingAfterMs: 60_000, silentAfterMs: 0, limit: 10 });
    const { id } = await readAccepted(await send(idempotencyKey));
    expect(id).not.toBe(lost.id);
  });

  it.each([
    ['raw', () => kickstarterCsv, 'campaign=Lamp'],
    ['a form', () => form({ campaign: 'Lamp' }, kickstarterCsv), ''],
  ])(
    'is taken over from a killed API without any sweep, by one of many requests: %s',
    async (_what, body, query) => {
      const key = newKey();
      const lost = await createUpload(api.database, {
        merchantId: api.merchantId,
        campaign: 'Lamp',
        idempotencyKey: key,
      });
      await api.database.pool.query(
        `UPDATE csv_upload SET received_at = now() - interval '121 seconds' WHERE id = $1`,
        [lost.id],
      );
      const before = await uploads();
      const answers = await Promise.all(Array.from({ length: 6 }, () => send(key, body(), query)));
      expect(answers.map(({ status }) => status)).toContain(202);
      for (const { status } of answers) expect([202, 409]).toContain(status);
      expect(await uploads()).toBe(before + 1);
      expect((await holderOf(key))?.id).not.toBe(lost.id);
      expect(await (await api.send(`/v1/uploads/${lost.id}`)).json()).toMatchObject({
        status: 'FAILED',
        failure: { code: 'upload_interrupted' },
      });
    },
  );
});

describe('An Idempotency-Key header', () => {
  it.each([
    ['empty', ['Idempotency-Key:']],
    ['blank', ['Idempotency-Key:    ']],
    ['too long', [`Idempotency-Key: ${'k'.repeat(256)}`]],
    ['not ASCII', ['Idempotency-Key: schlüssel']],
    ['a tab', ['Idempotency-Key: a\tb']],
    ['two', ['Idempotency-Key: a', 'idempotency-key: b']],
  ])('is refused before a byte of the body is read: %s', async (_what, lines) => {
    const before = await uploads();
    const { socket, answered } = await beginUpload(api.port, api.key, [
      'Content-Type: text/csv',
      'Content-Length: 100000',
      ...lines,
    ]);
    const answer = await answered();
    expect(answer).toMatch(/^HTTP\/1\.1 422 [\s\S]*"code":"invalid_idempotency_key"/);
    expect(answer).toContain('1 to 255 printable ASCII characters');
    expect(await uploads()).toBe(before);
    socket.destroy();
  });

  it.each(['k'.repeat(255), '"8e03978e-40d5-43dd-bc93-6894a57f9324"', '~ !', '0'])(
    'may have an unusual value: %s',
    async (key) => {
      const { id } = await readAccepted(await send(key));
      expect((await readAccepted(await send(key))).id).toBe(id);
    },
  );
});
