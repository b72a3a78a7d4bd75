import {
  type CampaignChange,
  type CampaignReport,
  changeCampaign,
  createCampaign,
  deleteCampaign,
  mergeCampaigns,
  readCampaign,
} from '@pledgeline/db';
import type { AppContext } from '../../context.js';
import type { Api } from '../../contract/route-types.js';
import { campaignLinks } from '../../links.js';
import { ifMatchHeader, requireMatch, requireSeen } from '../../plugins/preconditions.js';
import { Problem } from '../../problem.js';
import { enqueueUpload } from '../../receive/enqueue-upload.js';
import { changeOne, createOne, deleteOne, mergeOne, showOne } from './campaign-operations.js';

/** `POST /v1/campaigns`, and `GET`, `PATCH`, `DELETE` and a merge of one of them. */
export function addOneCampaignRoutes(app: Api, { database, producer, config }: AppContext): void {
  const present = (campaign: CampaignReport) => ({
    ...campaign,
    links: campaignLinks(config.PUBLIC_URL, campaign.id),
  });

  /** Reads the campaign of a request. */
  async function find(merchantId: string, id: string | null): Promise<CampaignReport> {
    return requireCampaign(id === null ? null : await readCampaign(database, merchantId, id));
  }

  const ofNew = { problems: ['campaign_exists'], hasLocation: true, hasEntityTag: true } as const;
  app.post('/', { schema: createOne, config: ofNew }, async ({ merchantId, body }, reply) => {
    const campaign = present(requireDone(await createCampaign(database, merchantId, body.name)));
    return reply.code(201).header('location', campaign.links.self).send(campaign);
  });

  const ofOne = { problems: ['campaign_not_found'], hasEntityTag: true } as const;
  app.get('/:id', { schema: showOne, config: ofOne }, async ({ merchantId, params }) =>
    present(await find(merchantId, params.id)),
  );

  const ofChange = {
    problems: ['campaign_not_found', 'campaign_exists', 'changed_meanwhile'],
    requestHeaders: ifMatchHeader.optional,
    hasEntityTag: true,
  } as const;
  app.patch('/:id', { schema: changeOne, config: ofChange }, async (request) => {
    const { id } = await find(request.merchantId, request.params.id);
    const changed = await changeCampaign(database, request.merchantId, id, request.body, (campaign) =>
      requireMatch(request, present(campaign)),
    );
    return present(requireDone(changed));
  });

  const ofDeletion = {
    scope: 'admin',
    problems: ['campaign_not_found', 'campaign_held', 'changed_meanwhile', 'precondition_required'],
    requestHeaders: ifMatchHeader.required,
  } as const;
  app.delete('/:id', { schema: deleteOne, config: ofDeletion }, async (request, reply) => {
    const { id } = await find(request.merchantId, request.params.id);
    const isDone = await deleteCampaign(database, request.merchantId, id, (campaign) =>
      requireSeen(request, present(campaign)),
    );
    if (!isDone) throw noCampaign();
    return reply.code(204).send();
  });

  const ofMerge = {
    scope: 'admin',
    problems: [
      'invalid_request',
      'campaign_not_found',
      'campaign_archived',
      'merge_refused',
      'campaign_held',
      'changed_meanwhile',
    ],
    requestHeaders: ifMatchHeader.optional,
  } as const;
  app.post('/:id/merge', { schema: mergeOne, config: ofMerge }, async (request, reply) => {
    const { merchantId, params, body, log } = request;
    const { id: from } = await find(merchantId, params.id);
    const { id: into } = await find(merchantId, body.into);
    if (from === into) throw sameCampaign();
    const merge = await mergeCampaigns(database, merchantId, { from, into }, (campaign) =>
      requireMatch(request, present(campaign)),
    );
    if (merge.outcome === 'missing') throw noCampaign();
    for (const { id, chunkIds } of merge.uploads) await enqueueUpload(producer, id, chunkIds, log);
    return reply.code(202).send(present(await find(merchantId, into)));
  });
}

function requireDone(change: CampaignChange): CampaignReport {
  switch (change.outcome) {
    case 'done':
      return change.campaign;
    case 'missing':
      throw noCampaign();
    case 'taken':
      throw new Problem(
        'campaign_exists',
        'Another campaign has this name; "campaignId" is its id. Use that one, choose another name, or merge the two.',
        { members: { campaignId: change.by } },
      );
  }
}

function requireCampaign(campaign: CampaignReport | null): CampaignReport {
  if (campaign !== null) return campaign;
  throw noCampaign();
}

function noCampaign(): Problem {
  return new Problem(
    'campaign_not_found',
    'There is no such campaign; GET /v1/campaigns lists those there are.',
  );
}

function sameCampaign(): Problem {
  const message = 'must be the id of another campaign';
  return new Problem('invalid_request', `"into": ${message}.`, {
    members: { parameters: [{ name: 'into', message }] },
  });
}
