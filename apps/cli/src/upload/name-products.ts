import type { Changes, RecordChange } from './changes.js';
import type { Api } from './connect.js';

/** How many products of a campaign are read for their names. */
const MAX_PRODUCTS = 10_000;

/** The names of the products in the items of changes, by id: a change has only their ids. */
export async function nameProducts(
  api: Api,
  campaign: string,
  { changes, totals }: Changes,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const { productId, name } of totals?.campaign?.units ?? []) names.set(productId, name);
  for (const { type, id, name } of changes) if (type === 'product') names.set(id, name);
  const missing = new Set(changes.flatMap(productsOf).filter((id) => !names.has(id)));
  if (missing.size === 0) return names;
  let read = 0;
  for await (const { id, name, key } of api.entries('/v1/products', {
    query: { campaign, limit: 200 },
    signal,
  })) {
    if (missing.delete(id)) names.set(id, name ?? key);
    read += 1;
    if (missing.size === 0 || read >= MAX_PRODUCTS) break;
  }
  return names;
}

function productsOf({ fields }: RecordChange): readonly string[] {
  return fields
    .flatMap(({ before, after }) => [before, after])
    .flatMap((value) => (Array.isArray(value) ? value.map(({ productId }) => productId) : []));
}
