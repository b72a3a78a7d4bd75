import { z } from 'zod';
import { tags } from '../../contract/operation.js';
import { count, id, instant, link } from '../../contract/values.js';
import { jsonObject } from '../../read-json.js';
import { idInPath, idParameter, lineParameter } from '../../read-query.js';

const params = z.object({ id: idInPath });
const ofCampaigns = { tags: [tags.records] };

/** As the campaign of an upload, which is a name or an id: so a name that looks like an id could never be used there. */
const campaignName = lineParameter(200).refine(
  (name) => !idParameter.safeParse(name).success,
  'must not look like an id',
);

/** A campaign in a list. */
export const campaignSummary = z
  .strictObject({
    id,
    name: z.string(),
    archivedAt: instant.nullable().meta({ description: 'Null while it takes uploads.' }),
    createdAt: instant,
  })
  .meta({ id: 'ListedCampaign' });

const campaignAnswer = campaignSummary
  .extend({
    lastUploadAt: instant.nullable(),
    uploads: z.strictObject({
      total: count,
      open: count.meta({ description: 'Those that have not ended.' }),
    }),
    links: z.strictObject({ self: link, merge: link }),
  })
  .meta({ id: 'Campaign' });

export const createOne = {
  ...ofCampaigns,
  operationId: 'createCampaign',
  summary: 'Makes a campaign',
  description: 'The first upload that names a campaign makes it as well.',
  body: jsonObject({ name: campaignName }),
  response: { 201: campaignAnswer },
};

export const showOne = {
  ...ofCampaigns,
  operationId: 'getCampaign',
  summary: 'Shows a campaign',
  params,
  response: { 200: campaignAnswer },
};

export const changeOne = {
  ...ofCampaigns,
  operationId: 'changeCampaign',
  summary: 'Renames a campaign, or archives it',
  description:
    'An archived campaign takes no uploads, and is left out of the list. Members that are left out stay as they are.',
  params,
  body: jsonObject({ name: campaignName.optional(), archived: z.boolean().optional() }),
  response: { 200: campaignAnswer },
};

export const deleteOne = {
  ...ofCampaigns,
  operationId: 'deleteCampaign',
  summary: 'Deletes a campaign with everything in it',
  description:
    'Its uploads, records, issues and notifications cannot be brought back. It is gone at once; the rows are deleted in the minutes after that.',
  params,
  response: { 204: z.undefined() },
};

export const mergeOne = {
  ...ofCampaigns,
  operationId: 'mergeCampaign',
  summary: 'Merges a campaign into another one',
  description:
    'For one that a typo has made. Its uploads move to the other campaign and are imported again there, in the order in which all files were sent; then it is gone. Shows the other campaign.',
  params,
  body: jsonObject({
    into: z
      .guid('must be the id of the other campaign; its name is not enough, because nothing undoes a merge')
      .meta({ description: 'The id of the other campaign. A name is not taken.' }),
  }),
  response: { 202: campaignAnswer },
};
