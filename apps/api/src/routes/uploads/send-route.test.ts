import { processUpload } from '@pledgeline/db/testing';
import { craftZip } from '@pledgeline/unpack/testing';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readAccepted, readProblem } from '../../test-support/answers.js';
import { kickstarterCsv, startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'), {
    config: { MAX_ROWS: 5, MAX_COLUMNS: 10, MAX_CELL_LENGTH: 100, MAX_UPLOAD_BYTES: 10_000 },
  });
});
afterAll(() => api.close());

const uploads = () => api.database.prisma.csvUpload.count();

function form(parts: Readonly<Record<string, string>>, file: string | null = kickstarterCsv): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(parts)) data.set(name, value);
  if (file !== null)
    data.set('file', new Blob([file], { type: 'text/csv' }), 'C:\\exports\\back\u0007ers.csv');
  return data;
}

describe('POST /v1/uploads', () => {
  it('accepts a file and answers with links', async () => {
    const response = await api.upload(kickstarterCsv, 'campaign=Lamp&filename=backers.csv');
    expect(response.status).toBe(202);
    const upload = await readAccepted(response);
    expect(upload).toMatchObject({
      status: 'PENDING',
      campaign: 'Lamp',
      platform: 'kickstarter',
      rows: { total: 2, open: 2 },
      byteCount: kickstarterCsv.length,
    });
    expect(response.headers.get('location')).toBe(upload.links.self);
    const found = await api.send(upload.links.self);
    expect(await found.json()).toEqual(upload);
    expect((await api.send(upload.links.issues)).status).toBe(200);
    expect((await api.send(upload.links.issuesSummary)).status).toBe(200);
    expect((await api.send(upload.links.cancel, { method: 'POST' })).status).toBe(200);
    expect((await api.send(upload.links.retry, { method: 'POST' })).status).toBe(409);
  });

  it.each([
    'text/csv',
    'text/csv; charset=utf-8',
    'TEXT/PLAIN',
    'application/octet-stream',
    'application/csv',
    'application/vnd.ms-excel',
    'text/comma-separated-values',
    'application/x-gzip-compressed',
  ])('accepts a body of the type %s', async (type) => {
    const response = await api.upload(kickstarterCsv, 'campaign=Lamp', { headers: { 'content-type': type } });
    expect(response.status).toBe(202);
  });

  it('accepts a body without a content type', async () => {
    const response = await api.upload(new TextEncoder().encode(kickstarterCsv));
    expect(response.status).toBe(202);
  });

  it('accepts a form, with the campaign as a field or in the query', async () => {
    const inForm = await api.upload(form({ campaign: 'Form', platform: 'kickstarter' }), '');
    expect(inForm.status).toBe(202);
    const { links, campaign } = await readAccepted(inForm);
    expect(campaign).toBe('Form');
    expect(await (await api.send(links.self)).json()).toMatchObject({ filename: 'backers.csv' });
    expect((await api.upload(form({}))).status).toBe(202);
  });

  it('answers with what is missing when the columns are not recognised', async () => {
    const response = await api.upload('Colour,Shape\nred,round\n');
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      status: 'NEEDS_MAPPING',
      platform: null,
      detail: expect.stringContaining('No column name is known'),
    });
  });

  it('uses the platform that the client names', async () => {
    const response = await api.upload('Colour,Shape\nred,round\n', 'campaign=Lamp&platform=indiegogo');
    expect(await response.json()).toMatchObject({ status: 'PENDING', platform: 'indiegogo' });
  });

  it('answers with links that begin with PUBLIC_URL', async () => {
    const behindProxy = await startApi(inject('testPostgres'), {
      config: { PUBLIC_URL: 'https://pledges.example.com/' },
    });
    try {
      const response = await behindProxy.upload(kickstarterCsv);
      expect(response.headers.get('location')).toMatch(
        /^https:\/\/pledges\.example\.com\/v1\/uploads\/[\w-]{36}$/,
      );
    } finally {
      await behindProxy.close();
    }
  });
});

describe('POST /v1/uploads refuses a request before its file is read', () => {
  it.each<[code: string, status: number, query: string, init: RequestInit]>([
    ['missing_campaign', 400, '', { body: kickstarterCsv }],
    ['missing_campaign', 400, 'campaign=%20', { body: kickstarterCsv }],
    ['missing_campaign', 400, '', { body: form({}) }],
    ['invalid_request', 400, 'campaign=%00', { body: kickstarterCsv }],
    ['invalid_request', 400, `campaign=${'a'.repeat(201)}`, { body: kickstarterCsv }],
    ['invalid_request', 400, 'campaign=a&campaign=b', { body: kickstarterCsv }],
    ['invalid_request', 400, 'campaign=a&plattform=generic', { body: kickstarterCsv }],
    ['invalid_request', 400, 'campaign=a&filename=%0a', { body: kickstarterCsv }],
    ['unknown_platform', 400, 'campaign=a&platform=myspace', { body: kickstarterCsv }],
    ['unknown_platform', 400, 'campaign=a', { body: form({ platform: 'myspace' }) }],
    ['campaign_not_found', 404, 'campaign=01890000-0000-7000-8000-000000000000', { body: kickstarterCsv }],
    ['missing_file', 422, 'campaign=a', { body: form({ campaign: 'a' }, null) }],
    ['upload_too_large', 413, 'campaign=a', { body: 'a'.repeat(10_001) }],
    [
      'unsupported_media_type',
      415,
      'campaign=a',
      { body: '{}', headers: { 'content-type': 'application/json' } },
    ],
    ['unsupported_media_type', 415, 'campaign=a', { body: '{}', headers: { 'content-type': 'nonsense' } }],
    ['invalid_request', 400, 'campaign=a&delimiter=%00', { body: kickstarterCsv }],
    ['unsupported_media_type', 415, 'campaign=a', { body: 'x', headers: { 'content-type': 'image/png' } }],
    ['unsupported_encoding', 415, 'campaign=a', { body: 'a', headers: { 'content-encoding': 'br' } }],
    [
      'invalid_multipart',
      400,
      'campaign=a',
      { body: 'a', headers: { 'content-type': 'multipart/form-data' } },
    ],
  ])('with %s (%i) for ?%s', async (code, status, query, { body, headers }) => {
    const before = await uploads();
    const response = await api.upload(body ?? '', query, { headers: headers ?? {} });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      type: `urn:pledgeline:problem:${code}`,
      title: expect.any(String),
      detail: expect.any(String),
      code,
      status,
      requestId: expect.any(String),
    });
    expect(response.status).toBe(status);
    expect(await uploads()).toBe(before);
  });
});

describe('POST /v1/uploads refuses a file', () => {
  const binary = new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 0x31, 0x2e, 0x37, 0, 1, 2, 3]);
  it.each<[code: string, line: number | null, body: NonNullable<RequestInit['body']>]>([
    ['empty_file', null, new Uint8Array(0)],
    ['empty_file', null, form({}, '')],
    ['no_header', null, ',,\n,,\n'],
    ['no_rows', null, 'Email,Name\n'],
    ['not_csv', null, binary],
    ['invalid_encoding', 2, Buffer.concat([Buffer.from('Zoë,Čáp\nMüller,'), Buffer.from([0xff, 10])])],
    ['unterminated_quote', 3, 'a,b\n1,2\n3,"4\n5,6\n'],
    ['too_many_rows', 7, 'a\n1\n2\n3\n4\n5\n6\n'],
    ['too_many_columns', 1, 'a,b,c,d,e,f,g,h,i,j,k\n'],
    ['cell_too_long', 2, `a\n${'x'.repeat(101)}\n`],
  ])('with %s', async (code, line, body) => {
    const response = await api.upload(body);
    expect(response.status).toBe(422);
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ code, line, status: 422, uploadId: expect.any(String) });
    const upload = await (await api.send(`/v1/uploads/${problem.uploadId}`)).json();
    expect(upload).toMatchObject({ status: 'FAILED', failure: { code }, chunks: { total: 0 } });
  });

  it('in a form that ends in the middle of the file, and nothing of it stays', async () => {
    const body =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nEmail\r\na@b.de\r\n';
    const response = await api.upload(body, 'campaign=Lamp', {
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    });
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ status: 400, code: 'invalid_multipart' });
    const upload = await (await api.send(`/v1/uploads/${problem.uploadId}`)).json();
    expect(upload).toMatchObject({ status: 'FAILED', chunks: { total: 0 } });
  });

  it('in a form whose campaign comes after the file, which says where it belongs', async () => {
    const data = form({});
    data.set('campaign', 'Lamp');
    const problem = await readProblem(await api.upload(data, ''));
    expect(problem).toMatchObject({
      code: 'missing_campaign',
      detail: expect.stringContaining('Put it before the file'),
    });
  });

  it('in a form with a field after the file, because the file was read without it', async () => {
    const late = form({});
    late.append('encoding', 'windows-1250');
    const response = await api.upload(late);
    expect(await response.json()).toMatchObject({
      status: 400,
      code: 'invalid_multipart',
      detail: expect.stringContaining('"encoding" comes after the file'),
    });
  });

  it('in a form with two files', async () => {
    const two = form({});
    two.append('second', new Blob([kickstarterCsv]), 'b.csv');
    const response = await api.upload(two);
    expect(await response.json()).toMatchObject({ status: 400, code: 'invalid_multipart' });
  });
});

describe('Marks that turn the direction of text, so that a name looks like another one,', () => {
  it('are in no name that is shown: of the file, its members, the campaign or a webhook', async () => {
    const turned = 'lamp\u202efdp.csv';
    const named = await api.upload(kickstarterCsv, `campaign=La\u2066mp&filename=${turned}`);
    const ofForm = form({ campaign: 'Lamp' }, null);
    ofForm.set('file', new Blob([kickstarterCsv]), turned);
    const member = craftZip([
      { name: turned, content: kickstarterCsv.replace('grace@example.com', 'nobody') },
    ]);
    const uploads = [named, await api.upload(ofForm), await api.upload(member, 'campaign=Lamp')];
    const webhook = JSON.stringify({ url: 'https://example.com', description: 'Lager \u202e1' });
    const answers = [
      await (await api.send('/v1/webhooks', { method: 'POST', body: webhook })).text(),
      await (await api.send('/v1/campaigns')).text(),
      await (await api.send('/v1/uploads')).text(),
    ];
    for (const response of uploads) {
      answers.push(await response.clone().text());
      const { id } = await readAccepted(response);
      await processUpload(api.database, id);
      for (const path of ['', '/files', '/issues']) {
        answers.push(await (await api.send(`/v1/uploads/${id}${path}`)).text());
      }
    }
    answers.push(await (await api.send('/v1/notifications')).text());
    expect(answers.join()).toContain('lampfdp.csv');
    for (const answer of answers) expect(answer).not.toMatch(/\p{Bidi_Control}|\\u20[26]/u);
  });
});
