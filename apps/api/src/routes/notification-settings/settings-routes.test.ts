import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { readProblem } from '../../test-support/answers.js';
import { startApi, type TestApi } from '../../test-support/start-api.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());
beforeEach(() => api.database.pool.query('DELETE FROM notification_settings'));

const path = '/v1/notification-settings';
const get = async (key?: string) => (await api.send(path, {}, key)).json();
const put = (body: unknown, key?: string) =>
  api.send(path, { method: 'PUT', body: JSON.stringify(body) }, key);

const everywhere = ['in_app', 'email', 'webhook'];
const untouched = {
  email: null,
  locale: 'en',
  timeZone: 'UTC',
  channels: {
    'upload.completed': everywhere,
    'upload.failed': everywhere,
    'upload.canceled': everywhere,
    'upload.needs_mapping': everywhere,
    'upload.needs_review': everywhere,
    'upload.undone': everywhere,
    'webhook.disabled': ['in_app', 'email'],
  },
  types: [
    'upload.completed',
    'upload.failed',
    'upload.canceled',
    'upload.needs_mapping',
    'upload.needs_review',
    'upload.undone',
    'webhook.disabled',
  ],
  availableChannels: everywhere,
};

describe('The notification settings', () => {
  it('have defaults before the first change, and list all events and channels', async () => {
    expect(await get()).toEqual(untouched);
  });

  it('are changed in part, and members that are left out stay as they are', async () => {
    const first = await put({
      email: 'ada@example.com',
      timeZone: 'Asia/Kolkata',
      channels: { 'upload.failed': ['email'] },
    });
    expect(first.status).toBe(200);
    const changed = {
      ...untouched,
      email: 'ada@example.com',
      timeZone: 'Asia/Kolkata',
      channels: { ...untouched.channels, 'upload.failed': ['email'] },
    };
    expect(await first.json()).toEqual(changed);
    await put({ locale: 'DE-ch', channels: { 'upload.canceled': [] } });
    expect(await get()).toEqual({
      ...changed,
      locale: 'de-CH',
      channels: { ...changed.channels, 'upload.canceled': [] },
    });
    await put({ email: null });
    expect(await get()).toMatchObject({ email: null, locale: 'de-CH' });
  });

  it('list a channel once, however often the request names it', async () => {
    const response = await put({ channels: { 'upload.failed': ['email', 'in_app', 'email'] } });
    expect(await response.json()).toMatchObject({ channels: { 'upload.failed': ['in_app', 'email'] } });
  });

  it('stay as they are when the request is empty', async () => {
    expect(await (await put({})).json()).toEqual(untouched);
  });

  it.each([
    [{ email: 'ada' }, 'email', /such as ada@example\.com/],
    [{ email: 'ada@example.com, bob@example.com' }, 'email', /one e-mail address/],
    [{ email: 'Ada <ada@example.com>' }, 'email', /one e-mail address/],
    [{ email: 'ada@example.com\r\nBcc: all@example.com' }, 'email', /one e-mail address/],
    [{ email: 'ada\u0000@example.com' }, 'email', /one e-mail address/],
    [{ email: `${'a'.repeat(250)}@example.com` }, 'email', /254/],
    [{ email: '' }, 'email', /null for no mail/],
    [{ email: 7 }, 'email', /null for no mail/],
    [{ locale: 'no language' }, 'locale', /such as en or de-CH/],
    [{ locale: 'xx-YY' }, 'locale', /known here/],
    [{ locale: '' }, 'locale', /such as en/],
    [{ locale: null }, 'locale', /such as en/],
    [{ locale: `en-${'x-a'.repeat(20)}` }, 'locale', /35/],
    [{ timeZone: 'Mars/Phobos' }, 'timeZone', /such as Europe\/Berlin/],
    [{ timeZone: '+01:00' }, 'timeZone', /IANA/],
    [{ timeZone: '' }, 'timeZone', /IANA/],
    [{ timeZone: 1 }, 'timeZone', /such as Europe\/Berlin/],
    [{ channels: { 'upload.lost': ['email'] } }, 'channels.upload.lost', /upload\.failed/],
    [{ channels: { 'upload.failed': ['pigeon'] } }, 'channels.upload.failed.0', /in_app, email, webhook/],
    [{ channels: { 'upload.failed': 'email' } }, 'channels.upload.failed', /list of channels/],
    [{ channels: { 'webhook.disabled': ['webhook'] } }, 'channels.webhook.disabled', /cannot receive this/],
    [{ channels: [] }, 'channels', /object/],
    [{ mail: 'ada@example.com' }, 'mail', /no such member/],
    [[], '', /object/],
    ['email', '', /object/],
  ])('are not changed to %j, and the answer says why', async (body, name, message) => {
    const response = await put(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'invalid_request',
      detail: expect.stringMatching(message),
      parameters: [{ name, message: expect.stringMatching(message) }],
    });
    expect(await get()).toEqual(untouched);
  });

  it('are not changed by a body that is no JSON or is missing', async () => {
    for (const body of ['{', '']) {
      const response = await api.send(path, { method: 'PUT', body });
      expect(await readProblem(response)).toMatchObject({ status: 400, code: 'invalid_request' });
    }
  });

  it('belong to one merchant', async () => {
    await put({ email: 'ada@example.com' });
    expect(await get(api.otherKey)).toEqual(untouched);
    await put({ email: 'bob@example.com' }, api.otherKey);
    expect(await get()).toMatchObject({ email: 'ada@example.com' });
  });
});
