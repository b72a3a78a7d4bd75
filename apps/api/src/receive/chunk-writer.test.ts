import { createUpload } from '@pledgeline/db';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { startApi, type TestApi } from '../test-support/start-api.js';
import { createChunkWriter } from './chunk-writer.js';

let api: TestApi;
beforeAll(async () => {
  api = await startApi(inject('testPostgres'));
});
afterAll(() => api.close());

it('The chunk writer touches the upload while bytes arrive and there is nothing to write, but not with every piece', async () => {
  const { id } = await createUpload(api.database, { merchantId: api.merchantId, campaign: 'Lamp' });
  const lastSign = async () => {
    const upload = await api.database.prisma.csvUpload.findUniqueOrThrow({ where: { id } });
    return upload.receivedAt.getTime();
  };
  const opened = await lastSign();
  let clock = 0;
  const writer = createChunkWriter(
    api.database,
    id,
    () => 0,
    () => clock,
  );
  for (; clock < 10_000; clock += 1_000) await writer.keepUp();
  await writer.idle();
  expect(await lastSign()).toBe(opened);
  await writer.keepUp();
  await writer.idle();
  expect(await lastSign()).toBeGreaterThan(opened);
});
