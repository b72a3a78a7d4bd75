import { processUpload } from '@pledgeline/db/testing';
import { z } from 'zod';
import { readAccepted, readId } from './answers.js';
import { cancelNewUpload, routeAll } from './make-notifications.js';
import type { TestApi } from './start-api.js';

/** The id of one thing of a merchant for each collection, by the part of the address that names it, such as `uploads`. */
export type Things = Readonly<Record<string, string>>;

const unknownCsv = 'Bestellung,Wer,Post,Was,Stück\nL-1,Ada,ada@example.com,Lampe,2\n';
const columns = ['externalId', 'backerName', 'email', 'productName', 'quantity'].map((as, position) => ({
  position,
  as,
}));

const listSchema = z.record(z.string(), z.unknown());
const withId = z.looseObject({ id: z.string() });
const entriesSchema = z.tuple([withId]).rest(withId);

/** Makes one thing of every kind for the merchant of the key, which has the scope `admin`. */
export async function makeThings(api: TestApi, key: string): Promise<Things> {
  const send = (method: string, path: string, body?: unknown) =>
    api.send(`/v1/${path}`, { method, ...(body !== undefined && { body: JSON.stringify(body) }) }, key);
  const newest = async (collection: string, noun = collection): Promise<string> => {
    const list = listSchema.parse(await (await send('GET', collection)).json());
    return entriesSchema.parse(list[noun])[0].id;
  };
  const webhooks = await readId(await send('POST', 'webhooks', { url: 'https://example.com/hook' }));
  const keys = await readId(await send('POST', 'keys', { name: 'shop', scope: 'read' }));
  const uploads = await cancelNewUpload(api, key);
  await routeAll(api);
  const unknown = await readAccepted(
    await api.send('/v1/uploads?campaign=Shop&force=true', { method: 'POST', body: unknownCsv }, key),
  );
  const records = await makeRecords(api, key);
  await send('PUT', `uploads/${unknown.id}/mapping`, { columns, saveAs: 'Shop' });
  const parts = await api.send(
    '/v1/resumable-files',
    {
      method: 'POST',
      headers: { 'tus-resumable': '1.0.0', 'upload-length': '9', 'upload-metadata': 'campaign TGFtcA==' },
    },
    key,
  );
  return {
    uploads,
    'resumable-files': parts.headers.get('location')?.split('/').at(-1) ?? '',
    webhooks,
    deliveries: await newest(`webhooks/${webhooks}/deliveries`, 'deliveries'),
    keys,
    notifications: await newest('notifications'),
    'mapping-templates': await newest('mapping-templates', 'templates'),
    campaigns: await newest('campaigns'),
    ...records,
  };
}

/** A backer with a pledge of a product, and a survey. */
const recordsCsv = [
  'Backer Number,Backer UID,Email,Pledge Amount,Pledged Status,Reward Title,Reward ID,What colour?',
  '1,7,ada@example.com,€1.00,collected,Lamp,R1,red',
  '',
].join('\n');

/** Imports one record of every kind. */
async function makeRecords(api: TestApi, key: string): Promise<Things> {
  const sent = await api.send('/v1/uploads?campaign=Records', { method: 'POST', body: recordsCsv }, key);
  await processUpload(api.database, (await readAccepted(sent)).id);
  const first = async (noun: string): Promise<Readonly<Record<string, unknown>>> => {
    const list = await (await api.send(`/v1/${noun}?campaign=Records`, {}, key)).json();
    return z.tuple([listSchema]).parse(listSchema.parse(list)[noun])[0];
  };
  const [pledge, product] = [await first('pledges'), await first('products')];
  return {
    backers: String(pledge['backerId']),
    pledges: String(pledge['id']),
    surveys: String(pledge['id']),
    products: String(product['id']),
    inventory: String(product['id']),
  };
}
