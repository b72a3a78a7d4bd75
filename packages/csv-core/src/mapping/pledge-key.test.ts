import { describe, expect, it } from 'vitest';
import type { PlatformDefinition } from '../platforms/platform.js';
import { mapFor } from './map-for.testing.js';

const manager: Omit<PlatformDefinition, 'name' | 'title' | 'evidence'> = {
  columns: [
    { field: 'externalId', headers: ['Id'], required: true },
    { field: 'originPlatform', headers: ['Platform'] },
    { field: 'originExternalId', headers: ['Service Guid'] },
    { field: 'email', headers: ['Email'] },
  ],
  origins: { kickstarter: 'kickstarter', igg: 'indiegogo' },
};
const headers = ['Id', 'Platform', 'Service Guid', 'Email'];
const email = 'ada@example.com';

function map(...rows: readonly (readonly string[])[]) {
  return mapFor(manager, headers, rows);
}

describe('the key of a pledge', () => {
  it.each([
    [['87', 'Kickstarter', '12', email], 'kickstarter', '12', { Id: '87' }],
    [['87', ' IGG ', '12', email], 'indiegogo', '12', { Id: '87' }],
    [['', 'kickstarter', '12', email], 'kickstarter', '12', null],
    [['87', 'Manual', '', email], 'shop', '87', { Platform: 'Manual' }],
    [['87', 'constructor', '12', email], 'shop', '87', { Platform: 'constructor', 'Service Guid': '12' }],
    [['87', '', '12', email], 'shop', '87', { 'Service Guid': '12' }],
    [['87', 'kickstarter', '', email], 'shop', '87', { Platform: 'kickstarter' }],
  ])('for the row %j is %s %s', (row, platform, externalId, extra) => {
    const { records, issues } = map(row);
    expect(issues).toEqual([]);
    expect(records[0]?.pledge).toMatchObject({ platform, externalId, extra });
  });

  it('needs the number on the own platform or on that of the origin', () => {
    const { issues } = map(['', 'Manual', '12', email]);
    expect(issues).toMatchObject([{ code: 'missing_value', column: 'Id' }]);
  });

  it('identifies the backer where there is no e-mail address', () => {
    const { records } = map(['87', 'kickstarter', '12', ''], ['88', 'Manual', '', '']);
    expect(records.map(({ backer }) => backer.identity)).toEqual(['kickstarter:pledge:12', 'shop:pledge:88']);
  });

  it('gets a warning at its own column when it is repeated in a file', () => {
    const { issues } = map(
      ['12', 'Manual', '', email],
      ['87', 'kickstarter', '12', email],
      ['88', 'kickstarter', '12', email],
    );
    expect(issues).toMatchObject([{ row: 3, code: 'repeated_pledge', column: 'Service Guid', value: '12' }]);
  });
});
