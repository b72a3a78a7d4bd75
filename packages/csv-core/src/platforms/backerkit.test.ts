import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';
import type { MappedRecord } from '../schemas/mapped-record.js';
import { readCsvFile } from './read-csv-file.testing.js';

/** Kickstarter's report and BackerKit's export of the same campaign. */
const kickstarter = recordsOf('kickstarter/2018-reward-titles');
const backerkit = recordsOf('backerkit/2018-after-kickstarter');

describe('a Kickstarter report and the BackerKit export of the same campaign', () => {
  it('have the same pledges under the same keys', () => {
    expect(backerkit.map(pledgeKey)).toEqual(kickstarter.map(pledgeKey));
    expect(new Set(kickstarter.map(pledgeKey)).size).toBe(kickstarter.length);
  });

  it('have the same backers, also where an e-mail address is spelled differently', () => {
    expect(backerkit.map(identity)).toEqual(kickstarter.map(identity));
  });

  it('count no unit twice, because the later file replaces the items of a pledge', () => {
    const latest = new Map([...kickstarter, ...backerkit].map((record) => [pledgeKey(record), record]));
    const units = [...latest.values()].flatMap(({ pledge }) => pledge?.items ?? []);
    const books = units.filter(({ kind, productKey }) => kind === 'ITEM' && productKey === 'BOOK');
    expect(books.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(4);
    expect(units.filter(({ kind }) => kind === 'REWARD')).toHaveLength(4);
  });
});

describe('a pledge in a BackerKit export', () => {
  const general = recordsOf('backerkit/2017-backers');

  it('that was made on Indiegogo has the key of the contribution', () => {
    expect(general.map(pledgeKey)).toContain('indiegogo 91000009');
  });

  it('that was added by hand has the key that BackerKit gave it', () => {
    expect(general.map(pledgeKey)).toContain('backerkit 8600006');
  });

  it('that is marked as canceled only in its notes is canceled', () => {
    const canceled = general.filter(({ pledge }) => pledge?.status === 'CANCELED');
    expect(canceled.map(identity)).toEqual(['bob@example.com']);
  });

  it('does not contain the token of its payment', () => {
    expect(JSON.stringify([general, backerkit])).not.toContain('ch_');
  });
});

function recordsOf(name: string): readonly MappedRecord[] {
  const path = fileURLToPath(new URL(`./fixtures/${name}.csv`, import.meta.url));
  const { headers, rows, lines } = readCsvFile(readFileSync(path));
  const { records, rejects } = mapKeys(headers, rows, { lines });
  expect(rejects).toEqual([]);
  return records;
}

function pledgeKey({ pledge }: MappedRecord): string {
  return `${pledge?.platform} ${pledge?.externalId}`;
}

function identity({ backer }: MappedRecord): string {
  return backer.identity;
}
