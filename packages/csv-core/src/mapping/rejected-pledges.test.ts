import { describe, expect, it } from 'vitest';
import { mapKeys, nameRejectedInSteps } from '../map-keys.js';
import type { RejectedPledges } from './rejected-pledges.js';

const genericHeaders = ['Order ID', 'Email', 'Name', 'Total', 'Product'];
const kickstarterHeaders = [
  'Backer Number',
  'Backer UID',
  'Backer Name',
  'Email',
  'Pledge Amount',
  'Pledged Status',
];

function nameRejected(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  platform: string,
): RejectedPledges {
  const { rejects } = mapKeys(headers, rows, { platform });
  const steps = nameRejectedInSteps(headers, rejects, { platform });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

describe('the pledges of rejected rows', () => {
  it('are named by their numbers, whatever else is wrong with the row', () => {
    const rows = [
      ['1', 'ada@example.com', 'Ada', '5.00', 'Lamp'],
      ['2', 'no address', 'Bo', '5.00', 'Lamp'],
      ['3', 'cy@example.com', 'Cy', 'a lot', 'Lamp'],
    ];
    expect(nameRejected(genericHeaders, rows, 'generic')).toEqual({
      named: [
        { platform: 'generic', externalId: '2' },
        { platform: 'generic', externalId: '3' },
      ],
      unnamedRows: 0,
    });
  });

  it('are unknown where the number is blank, or may be that of another column', () => {
    const rows = [
      ['', 'ada@example.com', 'Ada', '5.00', 'Lamp'],
      ['2', 'bo@example.com', 'Bo'],
      ['3', 'cy@example.com', 'Cy', '5.00', 'Lamp', 'shade'],
    ];
    expect(nameRejected(genericHeaders, rows, 'generic')).toEqual({ named: [], unnamedRows: 3 });
  });

  it('are unknown where a spreadsheet has rounded the number', () => {
    const rows = [['1.23457E+12', '1', 'Ada', 'no address', '$5.00', 'collected']];
    expect(nameRejected(kickstarterHeaders, rows, 'kickstarter')).toEqual({ named: [], unnamedRows: 1 });
  });

  it('are named once for all rows of an order', () => {
    const headers = ['Name', 'Email', 'Financial Status', 'Lineitem name', 'Lineitem quantity', 'Total'];
    const rows = [
      ['#1001', 'ada@example.com', 'paid', 'Lamp', 'many', '5.00'],
      ['#1001', '', '', 'Shade', '1', ''],
    ];
    const { named, unnamedRows } = nameRejected(headers, rows, 'shopify');
    expect(named).toEqual([{ platform: 'shopify', externalId: '#1001' }]);
    expect(unnamedRows).toBe(0);
  });

  it('are none where a rule of the platform says that a row is no pledge', () => {
    const headers = [
      'Transaction ID',
      'Gross',
      'Net',
      'From Email Address',
      'Type',
      'Status',
      'Name',
      'Currency',
      'Fee',
    ];
    const rows = [['', '-5.00', '-5.00', '', 'General Withdrawal', 'Completed', '', 'EUR', '']];
    const { rejects } = mapKeys(headers, rows, { platform: 'paypal' });
    expect(rejects[0]?.issues.map(({ code }) => code)).toContain('no_pledge');
    expect(nameRejected(headers, rows, 'paypal')).toEqual({ named: [], unnamedRows: 0 });
  });
});
