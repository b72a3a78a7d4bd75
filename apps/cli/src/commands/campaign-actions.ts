import type { Schemas } from '@pledgeline/client/node';
import { CliError, exitCodes } from '../cli-error.js';
import { formatCount } from '../report/numbers.js';
import { renderCampaignSummary } from '../report/render-campaign-summary.js';
import { renderTable } from '../report/table.js';
import { printable, toMinute } from '../report/text.js';
import type { Api } from '../upload/connect.js';
import { type ApiOptions, openApi } from './api-options.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import type { JsonOption } from './json-option.js';

/** What every command about campaigns takes. */
export interface CampaignOptions extends ApiOptions, JsonOption {}

const columns = [{ title: 'id' }, { title: 'made' }, { title: 'name', flexible: true }] as const;
/** An id must not be cut, and a report is narrower than all columns together. */
const WIDTH = 160;

/** Prints all campaigns. */
export async function listCampaigns(
  options: CampaignOptions & { readonly archived: boolean },
  context: CommandContext,
): Promise<void> {
  const { env, signal, stdout } = context;
  const rows: string[][] = [];
  for await (const campaign of allCampaigns(openApi(options, env), options.archived, signal)) {
    const { id, createdAt, name, archivedAt } = campaign;
    if (options.json) writeJson(context, campaign);
    else
      rows.push([id, toMinute(createdAt), `${printable(name)}${archivedAt === null ? '' : ' (archived)'}`]);
  }
  if (options.json) return;
  if (rows.length === 0) stdout.write('There are no campaigns.\n');
  else stdout.write(`${renderTable(columns, rows, { ...stdoutStyle(context), width: WIDTH }).join('\n')}\n`);
}

/** Makes a campaign. */
export async function createCampaign(
  name: string,
  options: CampaignOptions,
  context: CommandContext,
): Promise<void> {
  const { env, signal } = context;
  const campaign = await openApi(options, env).post('/v1/campaigns', { body: { name }, signal });
  show(campaign, `The campaign ${named(campaign)} is made.`, options, context);
}

/** Gives a campaign another name. */
export async function renameCampaign(
  which: string,
  name: string,
  options: CampaignOptions,
  context: CommandContext,
): Promise<void> {
  const campaign = await change(which, { name }, options, context);
  show(campaign, `The campaign is called ${named(campaign)} now.`, options, context);
}

/** Archives a campaign, or brings it back. */
export async function archiveCampaign(
  which: string,
  options: CampaignOptions & { readonly undo: boolean },
  context: CommandContext,
): Promise<void> {
  const campaign = await change(which, { archived: !options.undo }, options, context);
  const done = options.undo ? 'takes uploads again' : 'is archived';
  show(campaign, `The campaign ${named(campaign)} ${done}.`, options, context);
}

/** Merges a campaign into another. */
export async function mergeCampaign(
  which: string,
  target: string,
  options: CampaignOptions,
  context: CommandContext,
): Promise<void> {
  const { env, signal } = context;
  const api = openApi(options, env);
  const from = await findCampaign(api, which, signal);
  const into = (await findCampaign(api, target, signal)).id;
  const merged = await api.post('/v1/campaigns/{id}/merge', {
    path: { id: from.id },
    body: { into },
    signal,
  });
  const sentence = `The uploads of ${named(from)} are imported into ${named(merged)} now. \`pnpm cli uploads\` shows how far they are.`;
  show(merged, sentence, options, context);
}

/** Deletes a campaign with everything in it, or says what would be deleted. */
export async function deleteCampaign(
  which: string,
  options: CampaignOptions & { readonly yes: boolean },
  context: CommandContext,
): Promise<void> {
  const { env, signal } = context;
  const api = openApi(options, env);
  const { id } = await findCampaign(api, which, signal);
  const campaign = await api.get('/v1/campaigns/{id}', { path: { id }, signal });
  if (!options.yes) {
    throw new CliError(
      `This deletes the campaign ${named(campaign)} with its ${formatCount(campaign.uploads.total)} uploads and all its records, for ever.`,
      { hint: 'Add --yes to do it. Nothing was deleted.', exitCode: exitCodes.usage },
    );
  }
  await api.delete('/v1/campaigns/{id}', { path: { id }, headers: { 'if-match': '*' }, signal });
  if (options.json) writeJson(context, { id, deleted: true });
  else context.stdout.write(`The campaign ${named(campaign)} is deleted.\n`);
}

/** Prints what a campaign holds. */
export async function summarizeCampaign(
  which: string,
  options: CampaignOptions & { readonly timeZone: string },
  context: CommandContext,
): Promise<void> {
  const { env, signal, stdout } = context;
  const api = openApi(options, env);
  const { id, name } = await findCampaign(api, which, signal);
  const query = { timeZone: options.timeZone };
  const summary = await api.get('/v1/campaigns/{id}/summary', { path: { id }, query, signal });
  if (options.json) writeJson(context, summary);
  else stdout.write(renderCampaignSummary(name, summary, stdoutStyle(context)));
}

async function change(
  which: string,
  body: { readonly name?: string; readonly archived?: boolean },
  options: CampaignOptions,
  { env, signal }: CommandContext,
): Promise<Schemas['Campaign']> {
  const api = openApi(options, env);
  const { id } = await findCampaign(api, which, signal);
  return api.patch('/v1/campaigns/{id}', { path: { id }, body, signal });
}

/** The campaign of an id or a name. @throws CliError when there is none */
async function findCampaign(
  api: Api,
  which: string,
  signal: AbortSignal,
): Promise<Schemas['ListedCampaign']> {
  for await (const campaign of allCampaigns(api, true, signal)) {
    if (campaign.id === which.toLowerCase() || campaign.name === which) return campaign;
  }
  throw new CliError(`There is no campaign "${printable(which)}".`, {
    hint: '`pnpm cli campaigns --archived` lists all of them.',
  });
}

function allCampaigns(api: Api, archived: boolean, signal: AbortSignal) {
  return api.entries('/v1/campaigns', {
    query: { ...(archived && { archived: 'true' }), limit: 200 },
    signal,
  });
}

function show(
  campaign: Schemas['Campaign'],
  sentence: string,
  { json }: CampaignOptions,
  context: CommandContext,
): void {
  if (json) writeJson(context, campaign);
  else context.stdout.write(`${sentence}\n`);
}

function named({ name }: Pick<Schemas['Campaign'], 'name'>): string {
  return `"${printable(name)}"`;
}
