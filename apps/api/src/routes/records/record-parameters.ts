import { platforms } from '@pledgeline/csv-core';
import { parseEmail } from '@pledgeline/csv-core/map';
import { shownStatuses } from '@pledgeline/db';
import { z } from 'zod';
import { cursorParameter } from '../../answers/cursor.js';
import { idParameter, limitParameter, lineParameter, severalOf, severalParameter } from '../../read-query.js';
import { formatParameter } from './export-format.js';

/** How many entries a page of JSON has, if the client does not say it. */
export const PAGE_LENGTH = 50;

const COUNTRY = /^[A-Z]{2}$/;
const MAX_COUNTRIES = 50;

const countries = z
  .string('give it once, with commas between several values')
  .transform((text, context): readonly string[] => {
    const codes = text.split(',').map((each) => each.trim());
    if (codes.length <= MAX_COUNTRIES && codes.every((code) => COUNTRY.test(code))) return codes;
    context.addIssue(
      `must be a country of two capital letters such as DE, or up to ${MAX_COUNTRIES} with commas`,
    );
    return z.NEVER;
  });

const email = z.string('give it once').transform((text, context): string => {
  const parsed = parseEmail(text);
  if (parsed.ok) return parsed.value.identity;
  context.addIssue('must be an e-mail address such as name@example.com');
  return z.NEVER;
});

const flag = z.enum(['true', 'false'], 'must be true or false').transform((text) => text === 'true');

/** The filters of records; each list takes some of them. */
export const filterParameters = {
  status: severalParameter(shownStatuses, 'a status')
    .optional()
    .meta({ description: severalOf(shownStatuses), examples: ['COLLECTED,ERRORED'] }),
  product: idParameter.optional().describe('Id of a product.'),
  platform: severalParameter(
    platforms.map(({ name }) => name),
    'a platform',
  )
    .optional()
    .meta({
      description: 'One or several, with commas; GET /v1/platforms lists them.',
      examples: ['kickstarter'],
    }),
  country: countries
    .optional()
    .meta({ description: 'ISO 3166-1 alpha-2; one or several, with commas.', examples: ['DE,AT'] }),
  email: email
    .optional()
    .meta({ description: 'The whole address, in any case.', examples: ['grace@example.com'] }),
  q: lineParameter(100)
    .optional()
    .meta({
      description: 'A part of a name, or the beginning of a number or code, in any case.',
      examples: ['hopper'],
    }),
  hasIssue: flag
    .optional()
    .describe(
      'Whether the row of a file that wrote the record last has an error or a warning. Other rows of the same record do not count: ' +
        'where an order has several rows, only the one that wrote it last is looked at.',
    ),
  withoutAddress: flag.optional().describe('Whether the pledge has no street to ship to.'),
  short: flag
    .optional()
    .describe('Whether `committed` is more than `onHand`. Where `onHand` is null, it is not.'),
  updatedSince: z.iso
    .datetime({ offset: true, error: 'must be a time such as 2026-11-23T12:00:00Z' })
    .transform((text) => new Date(text))
    .optional()
    .describe('Records that were created or changed at this time or later.'),
  upload: idParameter
    .optional()
    .describe('Id of an upload to the campaign: the records that it created, or was the last to change.'),
};

/** The place of a record as a cursor holds it, with a fingerprint of the query that the cursor belongs to. */
const cursorKey = z.tuple([z.string(), z.iso.datetime().nullable(), z.guid()]);

const byTime = ['updatedAt', '-updatedAt', 'id', '-id'] as const;
const byPledgeTime = ['pledgedAt', '-pledgedAt', ...byTime] as const;
export type SortName = (typeof byPledgeTime)[number];

const sorts = (names: readonly SortName[], usual: string) =>
  z
    .enum(names, `must be one of ${names.join(', ')}`)
    .optional()
    .describe(`\`-\` is descending; \`id\` is a fixed order without meaning. Default: ${usual}.`);

const expansions = <Name extends string>(names: readonly Name[]) =>
  severalParameter(names, 'one of these')
    .optional()
    .describe(`What comes along with each entry of a page, with commas: ${names.join(', ')}.`);

const listed = {
  campaign: lineParameter(200)
    .optional()
    .meta({ description: 'Name or id of the campaign. Required.', examples: ['Lamp'] }),
  cursor: cursorParameter(cursorKey),
  limit: limitParameter(1_000)
    .removeDefault()
    .optional()
    .describe(`How many entries at most. Default: ${PAGE_LENGTH} in a page of JSON, all in an export.`),
  total: flag.optional().describe('Whether to count all entries. It takes the longer the more there are.'),
  format: formatParameter,
};

const { status, product, platform, country, q, hasIssue, withoutAddress, short, updatedSince, upload } =
  filterParameters;
const ofTables = { ...listed, updatedSince, sort: sorts(byTime, '`-updatedAt`') };

/** The parameters of each list. */
export const recordParameters = {
  backers: z.strictObject({
    ...ofTables,
    country: country.describe('Of the billing address. ISO 3166-1 alpha-2; one or several, with commas.'),
    email: filterParameters.email,
    q,
    hasIssue,
    upload,
    expand: expansions(['pledges']),
  }),
  pledges: z.strictObject({
    ...ofTables,
    status,
    product,
    platform,
    country: country.describe('To ship to. ISO 3166-1 alpha-2; one or several, with commas.'),
    email: filterParameters.email,
    q,
    hasIssue,
    withoutAddress,
    upload,
    sort: sorts(
      byPledgeTime,
      '`-pledgedAt`, and `-updatedAt` with `updatedSince` or `upload`; a pledge without a time counts as made when it was imported',
    ),
    expand: expansions(['backer', 'survey']),
  }),
  products: z.strictObject({ ...ofTables, q, upload }),
  surveys: z.strictObject({
    ...ofTables,
    platform,
    email: filterParameters.email,
    hasIssue,
    upload,
    expand: expansions(['pledge']),
  }),
  inventory: z.strictObject({ ...ofTables, product, q, short }),
};

type EveryFilter = {
  readonly [Name in keyof typeof filterParameters]?: z.output<(typeof filterParameters)[Name]>;
};

/** What any list may be asked for. */
export type RecordParameters = z.output<z.ZodObject<typeof listed>> &
  EveryFilter & {
    readonly sort?: SortName | undefined;
    readonly expand?: readonly ('backer' | 'survey' | 'pledge' | 'pledges')[] | undefined;
  };
