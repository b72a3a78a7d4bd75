import type { Schemas } from '@pledgeline/client/node';
import { CliError, exitCodes } from '../cli-error.js';
import { formatCount } from '../report/numbers.js';
import { renderInventory } from '../report/render-inventory.js';
import { printable } from '../report/text.js';
import type { Api } from '../upload/connect.js';
import { type ApiOptions, openApi } from './api-options.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import type { JsonOption } from './json-option.js';
import { isId } from './option-parsers.js';

/** What every command about inventory takes. */
export interface InventoryOptions extends ApiOptions, JsonOption {
  readonly campaign?: string;
}

/** Prints the units of the products of a campaign. */
export async function listInventory(
  options: InventoryOptions & { readonly campaign: string; readonly search?: string },
  context: CommandContext,
): Promise<void> {
  const { env, signal, stdout } = context;
  const { campaign, search, json } = options;
  const query = { campaign, ...(search !== undefined && { q: search }) };
  const all: Schemas['Inventory'][] = [];
  for await (const each of openApi(options, env).snapshot('/v1/inventory', { query, signal })) {
    if (json) writeJson(context, each);
    else all.push(each);
  }
  if (!json) stdout.write(renderInventory(all, stdoutStyle(context)));
}

/** Sets how many units of a product are there; null when that is not known. */
export async function setOnHand(
  which: string,
  onHand: number | null,
  options: InventoryOptions,
  context: CommandContext,
): Promise<void> {
  const { env, signal, stdout } = context;
  const api = openApi(options, env);
  const product = isId(which) ? which : await findProduct(api, which, options.campaign, signal);
  const set = await api.patch('/v1/inventory/{product}', { path: { product }, body: { onHand }, signal });
  if (options.json) return writeJson(context, set);
  const name = `"${printable(set.product.name ?? set.product.key)}"`;
  const owed = `${formatCount(set.committed)} are owed`;
  if (set.onHand === null) stdout.write(`How many units of ${name} are there is not known now; ${owed}.\n`);
  else {
    const rest =
      (set.short ?? 0) > 0
        ? `${formatCount(set.short ?? 0)} are missing`
        : `${formatCount(set.available ?? 0)} are available`;
    stdout.write(`${formatCount(set.onHand)} units of ${name} are there; ${owed}, ${rest}.\n`);
  }
}

/** The id of the one product of a campaign with this name, key or SKU. @throws CliError when there is none, or several */
async function findProduct(
  api: Api,
  which: string,
  campaign: string | undefined,
  signal: AbortSignal,
): Promise<string> {
  if (campaign === undefined) {
    throw new CliError(`"${printable(which)}" is no id of a product.`, {
      hint: 'Give its id, or say with --campaign where a product has this name, key or SKU.',
      exitCode: exitCodes.usage,
    });
  }
  const found: Schemas['Inventory'][] = [];
  for await (const each of api.snapshot('/v1/inventory', { query: { campaign }, signal })) {
    const { name, key, sku } = each.product;
    if ([name, key, sku].includes(which)) found.push(each);
  }
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only.productId;
  const list = `pnpm cli inventory --campaign '${printable(campaign)}'`;
  throw new CliError(
    only === undefined
      ? `There is no product "${printable(which)}" in the campaign.`
      : `${found.length} products of the campaign are called "${printable(which)}".`,
    { hint: `\`${list}\` lists them with their ids.` },
  );
}
