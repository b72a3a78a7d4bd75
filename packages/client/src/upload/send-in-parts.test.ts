import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient as createWebClient } from '../index.js';
import { createClient } from '../node.js';
import { answerJson, type FakeApi, readBody, startFakeApi } from '../test-support/fake-api.js';

const content = Buffer.from('Order ID,Email\n'.repeat(200_000));
const options = { campaign: 'Zoë & Co', filename: 'backers.csv', resumableFrom: 1_000 };

let api: FakeApi;
beforeAll(async () => {
  api = await startFakeApi();
});
afterAll(() => api.close());

const connect = () => ({ url: api.url, key: 'pl_key' });

/** What may happen to the parts of a file. */
interface Trouble {
  /** After how many bytes the connection of the first, second, … part breaks. */
  readonly breaks?: readonly number[];
  /** Whether the answer to the last part is lost. */
  readonly losesLastAnswer?: boolean;
  /** Whether the campaign has the content already. */
  readonly isDuplicate?: boolean;
}

/** An API that takes files in parts, as the tus protocol says. */
function serveParts({ breaks = [], losesLastAnswer = false, isDuplicate = false }: Trouble = {}) {
  const state = { made: 0, metadata: '', length: 0, bytes: Buffer.alloc(0), parts: [] as number[], heads: 0 };
  let losesAnswer = losesLastAnswer;
  const isWhole = () => state.bytes.length === state.length;
  const answerState = (response: ServerResponse, status: number) =>
    response
      .writeHead(status, {
        'tus-resumable': '1.0.0',
        'upload-offset': String(state.bytes.length),
        ...(isWhole() && { 'pledgeline-upload': 'u' }),
        ...(isWhole() && isDuplicate && { 'pledgeline-duplicate-of': 'u' }),
      })
      .end();

  async function takePart(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const end = breaks[state.parts.length];
    state.parts.push(Number(request.headers['upload-offset']));
    if (state.parts.at(-1) !== state.bytes.length) return answerJson(response, { code: 'wrong_offset' }, 409);
    let taken = 0;
    if (end === 0) return void request.socket.destroy();
    for await (const piece of request) {
      state.bytes = Buffer.concat([state.bytes, piece]);
      taken += piece.length;
      if (end !== undefined && taken >= end) return void request.socket.destroy();
    }
    if (losesAnswer) {
      losesAnswer = false;
      return void request.socket.destroy();
    }
    answerState(response, 204);
  }

  api.answer((request, response) => {
    const { method, url } = request;
    if (method === 'GET') return answerJson(response, { id: 'u', status: 'PENDING' });
    expect(request.headers).toMatchObject({ authorization: 'Bearer pl_key', 'tus-resumable': '1.0.0' });
    if (method === 'POST' && url === '/v1/resumable-files') {
      state.made += 1;
      state.length = Number(request.headers['upload-length']);
      state.metadata = String(request.headers['upload-metadata']);
      return response.writeHead(201, { location: '/v1/resumable-files/file-1' }).end();
    }
    expect(url).toBe('/v1/resumable-files/file-1');
    if (method === 'PATCH') return void takePart(request, response).catch(() => undefined);
    state.heads += 1;
    answerState(response, 200);
  });
  return state;
}

describe('A large file', () => {
  it('goes on where it was when the connection breaks, again and again', async () => {
    for (const create of [createClient, createWebClient]) {
      const state = serveParts({ breaks: [500_000, 300_000, 1_000] });
      const sent: number[] = [];
      const ids: string[] = [];
      let retries = 0;
      const upload = await create({ ...connect(), retries: 1 }).uploadFile(new Blob([content]), {
        ...options,
        onProgress: ({ sentBytes }) => sent.push(sentBytes),
        onResumable: (id) => ids.push(id),
        onRetry: () => {
          retries += 1;
        },
      });
      expect(retries).toBeGreaterThanOrEqual(3);
      expect(upload).toEqual({ id: 'u', status: 'PENDING' });
      expect(state.bytes.equals(content)).toBe(true);
      expect(state.parts).toHaveLength(4);
      expect(state.parts).toEqual([...state.parts].sort((a, b) => a - b));
      expect(state.heads).toBeGreaterThanOrEqual(3);
      expect(state.metadata).toBe(
        `filename ${btoa('backers.csv')},campaign ${Buffer.from('Zoë & Co').toString('base64')}`,
      );
      expect(sent.at(-1)).toBe(content.length);
      expect({ ids, made: state.made }).toEqual({ ids: ['file-1'], made: 1 });
    }
  }, 30_000);

  it('is answered with the upload that has its content already, also when the last answer is lost', async () => {
    for (const losesLastAnswer of [false, true]) {
      serveParts({ isDuplicate: true, losesLastAnswer });
      const sent = await createClient(connect()).uploadFile(content, options);
      expect(sent).toEqual({ id: 'u', status: 'PENDING', duplicateOf: 'u' });
    }
  });

  it('is one upload although the last answer is lost', async () => {
    const state = serveParts({ losesLastAnswer: true });
    expect(await createClient(connect()).uploadFile(content, options)).toMatchObject({ id: 'u' });
    expect(state.parts).toEqual([0]);
    expect(state.heads).toBeGreaterThanOrEqual(1);
  });

  it('is waited for while the API still makes an upload of it, for longer than there are retries', async () => {
    let heads = 0;
    api.answer((request, response) => {
      if (request.method === 'GET') return answerJson(response, { id: 'u', status: 'PENDING' });
      if (request.method === 'POST') {
        return void response.writeHead(201, { location: '/v1/resumable-files/f' }).end();
      }
      if (request.method === 'PATCH') return void request.socket.destroy();
      heads += 1;
      if (heads <= 3) return void response.writeHead(423).end();
      const headers = { 'upload-offset': content.length, 'pledgeline-upload': 'u' };
      response.writeHead(200, headers).end();
    });
    const sending = createClient({ ...connect(), retries: 1 }).uploadFile(content, options);
    expect(await sending).toMatchObject({ id: 'u' });
    expect(heads).toBe(4);
  }, 30_000);

  it('goes on after the program has ended', async () => {
    const state = serveParts({ breaks: [500_000] });
    let id = '';
    const first = createClient({ ...connect(), retries: 0 }).uploadFile(content, {
      ...options,
      onResumable: (made) => {
        id = made;
      },
    });
    await expect(first).rejects.toMatchObject({ name: 'ConnectionError' });
    const sent: number[] = [];
    const later = { ...options, resume: id, onProgress: ({ sentBytes = 0 }) => sent.push(sentBytes) };
    await createClient(connect()).uploadFile(content, later);
    expect(state.bytes.equals(content)).toBe(true);
    expect(state.made).toBe(1);
    expect(sent[0]).toBeGreaterThanOrEqual(500_000);
  });

  it('is given up when nothing more of it arrives', async () => {
    const state = serveParts({ breaks: [0, 0, 0, 0, 0, 0, 0, 0] });
    const sending = createClient({ ...connect(), retries: 2 }).uploadFile(content, options);
    await expect(sending).rejects.toMatchObject({ name: 'ConnectionError' });
    expect(state.bytes.length).toBe(0);
  }, 30_000);

  it('that cannot be read is refused for the reason that the API gives', async () => {
    api.answer(async (request, response) => {
      if (request.method === 'POST') {
        return void response.writeHead(201, { location: '/v1/resumable-files/f' }).end();
      }
      await readBody(request);
      answerJson(response, { code: 'not_csv', detail: 'No.', line: 3 }, 422);
    });
    const sending = createClient(connect()).uploadFile(content, options);
    await expect(sending).rejects.toMatchObject({ status: 422, code: 'not_csv', problem: { line: 3 } });
  });

  it.each([
    ['is too old for parts', 404, 'not_found'],
    ['has no room for parts', 507, 'no_room'],
    ['has too many files in parts', 429, 'too_many_resumable_files'],
  ])('is sent at once to an API that %s', async (_, status, code) => {
    const asked: unknown[] = [];
    api.answer(async (request, response) => {
      asked.push(request.url);
      const { length } = await readBody(request);
      if (request.url === '/v1/resumable-files') return answerJson(response, { code }, status);
      answerJson(response, { id: 'u', status: 'PENDING', length }, 202);
    });
    const upload = await createClient(connect()).uploadFile(content, options);
    expect(upload).toEqual({ id: 'u', status: 'PENDING', length: content.length });
    expect(asked).toHaveLength(2);
  });

  it('with a key of the caller is sent at once, because a key belongs to one request', async () => {
    const asked: unknown[] = [];
    api.answer(async (request, response) => {
      asked.push(request.url?.split('?')[0], request.headers['idempotency-key']);
      await readBody(request);
      answerJson(response, { id: 'u', status: 'PENDING' }, 202);
    });
    await createClient(connect()).uploadFile(content, { ...options, idempotencyKey: 'mine' });
    expect(asked).toEqual(['/v1/uploads', 'mine']);
  });
});
