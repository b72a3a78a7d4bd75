import type { Operation, QueryOf } from '@pledgeline/client/node';
import { pledgeStatusSchema } from '@pledgeline/csv-core/map';
import { type Command, Option } from 'commander';
import { nonBlank, pastTime, readId, statusList, wholeNumber } from './option-parsers.js';

/** The lists of records. */
export const lists = ['backers', 'pledges', 'products', 'surveys', 'inventory'] as const;
export type List = (typeof lists)[number];

/** The filters as query parameters, with those that only one list takes. */
export type FilterQuery = Omit<
  QueryOf<Operation<'/v1/pledges', 'get'>> & Pick<QueryOf<Operation<'/v1/inventory', 'get'>>, 'short'>,
  'campaign' | 'cursor' | 'expand' | 'format' | 'total'
>;

/** The filters as options. What was not given is not there. */
export interface FilterOptions
  extends Pick<
    FilterQuery,
    'status' | 'product' | 'platform' | 'country' | 'email' | 'updatedSince' | 'upload'
  > {
  readonly search?: string;
  readonly hasIssue?: true;
  readonly hasNoIssue?: true;
  readonly withoutAddress?: true;
  readonly withAddress?: true;
  readonly short?: true;
  readonly notShort?: true;
  readonly sort?: Sort;
  readonly limit?: number;
}

/** An option that filters or orders a list. */
interface Filter {
  readonly option: Option;
  /** The lists that take it. */
  readonly takers: readonly List[];
}

const sorts = ['pledgedAt', '-pledgedAt', 'updatedAt', '-updatedAt', 'id', '-id'] as const;
type Sort = (typeof sorts)[number];

const ofPeople = ['backers', 'pledges', 'surveys'] as const;

/** Made anew for each command, because the option of a command belongs to it. */
function createFilters(): readonly Filter[] {
  return [
    filter(
      '--status <names>',
      'one or several, with commas',
      ['pledges'],
      statusList(pledgeStatusSchema.options),
    ),
    filter('--product <id>', 'that have this product', ['pledges', 'inventory'], readId),
    filter('--platform <names>', 'one or several, with commas', ['pledges', 'surveys'], nonBlank),
    filter('--country <codes>', 'of the address, such as DE,AT', ['backers', 'pledges'], nonBlank),
    filter('--email <address>', 'the whole address', ofPeople, nonBlank),
    filter(
      '--search <text>',
      'a part of a name, or the beginning of a number or code',
      ['backers', 'pledges', 'products', 'inventory'],
      nonBlank,
    ),
    filter('--has-issue', 'whose row has an error or a warning', ofPeople),
    filter('--has-no-issue', 'whose row has none', ofPeople, undefined, 'hasIssue'),
    filter('--without-address', 'with no street to ship to', ['pledges']),
    filter('--with-address', 'with a street', ['pledges'], undefined, 'withoutAddress'),
    filter('--short', 'of which fewer are there than are promised', ['inventory']),
    filter('--not-short', 'of which enough are there', ['inventory'], undefined, 'short'),
    filter('--updated-since <time>', 'created or changed since a day or a time', lists, pastTime),
    filter(
      '--upload <id>',
      'that this upload created, or was the last to change',
      ['backers', 'pledges', 'products', 'surveys'],
      readId,
    ),
    {
      option: new Option('--sort <order>', 'a - is descending; pledges have pledgedAt').choices(sorts),
      takers: lists,
    },
    filter('--limit <n>', 'how many at most (default: all)', lists, wholeNumber(1, 1_000)),
  ];
}

function filter(
  flags: string,
  what: string,
  takers: readonly List[],
  parse?: (text: string) => unknown,
  conflict?: string,
): Filter {
  const only = takers.length === lists.length ? '' : ` (${takers.join(', ')})`;
  const option = new Option(flags, `${what}${only}`);
  if (parse !== undefined) option.argParser(parse);
  if (conflict !== undefined) option.conflicts(conflict);
  return { option, takers };
}

/** Adds the options of all filters, each with the lists that take it. */
export function addFilterOptions(command: Command): Command {
  for (const { option } of createFilters()) command.addOption(option);
  return command;
}

/** Ends the command with an error when a filter was given that the list does not take. */
export function refuseOtherFilters(list: List, options: FilterOptions, command: Command): void {
  const given = new Set(Object.keys(options));
  for (const { option, takers } of createFilters()) {
    if (!given.has(option.attributeName()) || takers.includes(list)) continue;
    command.error(`error: ${option.long} is for ${takers.join(', ')}, not for ${list}.`);
  }
}

/** The query parameters of the filters that were given. */
export function filterQuery(options: FilterOptions): FilterQuery {
  const { status, product, platform, country, email, search, updatedSince, upload, sort, limit } = options;
  const { hasIssue, hasNoIssue, withoutAddress, withAddress, short, notShort } = options;
  return {
    ...(status !== undefined && { status }),
    ...(product !== undefined && { product }),
    ...(platform !== undefined && { platform }),
    ...(country !== undefined && { country }),
    ...(email !== undefined && { email }),
    ...(search !== undefined && { q: search }),
    ...(hasIssue === true && { hasIssue: 'true' }),
    ...(hasNoIssue === true && { hasIssue: 'false' }),
    ...(withoutAddress === true && { withoutAddress: 'true' }),
    ...(withAddress === true && { withoutAddress: 'false' }),
    ...(short === true && { short: 'true' }),
    ...(notShort === true && { short: 'false' }),
    ...(updatedSince !== undefined && { updatedSince }),
    ...(upload !== undefined && { upload }),
    ...(sort !== undefined && { sort }),
    ...(limit !== undefined && { limit }),
  };
}
