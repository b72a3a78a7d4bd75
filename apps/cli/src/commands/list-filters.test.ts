import { readFile } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import {
  addFilterOptions,
  type FilterOptions,
  filterQuery,
  lists,
  refuseOtherFilters,
} from './list-filters.js';

/** A value for each option that wants one. */
const values: Readonly<Record<string, string>> = {
  '--status': 'Collected, dropped',
  '--product': '01890000-0000-7000-8000-000000000000',
  '--platform': 'kickstarter',
  '--country': 'DE,AT',
  '--email': 'ada@example.com',
  '--search': 'ada',
  '--updated-since': '2027-11-23',
  '--upload': '01890000-0000-7000-8000-000000000001',
  '--sort': '-updatedAt',
  '--limit': '7',
};

/** The query of a command line. */
function queryOf(...args: readonly string[]): object {
  const command = addFilterOptions(new Command('export').exitOverride());
  return filterQuery(command.parse([...args], { from: 'user' }).opts<FilterOptions>());
}

function isRefused(list: (typeof lists)[number], ...args: readonly string[]): boolean {
  const command = addFilterOptions(
    new Command('export').exitOverride().configureOutput({ writeErr: () => {} }),
  );
  try {
    refuseOtherFilters(list, command.parse([...args], { from: 'user' }).opts<FilterOptions>(), command);
    return false;
  } catch (error) {
    if (error instanceof CommanderError) return true;
    throw error;
  }
}

describe('The filters of an export', () => {
  const options = addFilterOptions(new Command()).options.map(({ long }) => long ?? '');

  it('are all that the lists of the API take, and no list takes another', async () => {
    const contract = new URL('../../../../apps/api/openapi.json', import.meta.url);
    const { paths } = JSON.parse(await readFile(contract, 'utf8'));
    for (const list of lists) {
      const parameters: { name: string }[] = paths[`/v1/${list}`].get.parameters;
      const ofPages = ['campaign', 'cursor', 'expand', 'format', 'total'];
      const wanted = parameters.map(({ name }) => name).filter((name) => !ofPages.includes(name));
      const taken = options
        .map((option) => (values[option] === undefined ? [option] : [option, values[option]]))
        .filter((args) => !isRefused(list, ...args))
        .flatMap((args) => Object.keys(queryOf(...args)));
      expect([list, new Set(taken)]).toEqual([list, new Set(wanted)]);
    }
  });

  it('become the parameters of the API', () => {
    const given = Object.entries(values).flat();
    expect(queryOf(...given, '--has-issue', '--without-address')).toEqual({
      status: 'COLLECTED,DROPPED',
      product: values['--product'],
      platform: 'kickstarter',
      country: 'DE,AT',
      email: 'ada@example.com',
      q: 'ada',
      hasIssue: 'true',
      withoutAddress: 'true',
      updatedSince: '2027-11-23T00:00:00.000Z',
      upload: values['--upload'],
      sort: '-updatedAt',
      limit: 7,
    });
    expect(queryOf('--has-no-issue', '--with-address')).toEqual({
      hasIssue: 'false',
      withoutAddress: 'false',
    });
    expect([queryOf('--short'), queryOf('--not-short')]).toEqual([{ short: 'true' }, { short: 'false' }]);
    expect(queryOf()).toEqual({});
  });
});
