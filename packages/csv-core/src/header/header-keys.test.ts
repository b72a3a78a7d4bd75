import { describe, expect, it } from 'vitest';
import { kickstarter } from '../platforms/kickstarter.js';
import { headerKeys } from './header-keys.js';
import { resolveColumns } from './resolve-columns.js';

const isKnown = (key: string) => ['email', 'address 1', 'notes'].includes(key);

describe('headerKeys', () => {
  it.each([
    [['Email.1'], ['email']],
    [['E\u00admail (2)'], ['email']],
    [
      ['Email', 'Email.1'],
      ['email', 'email.1'],
    ],
    [
      ['Email.1', 'Email.2'],
      ['email', 'email.2'],
    ],
    [['Address 1'], ['address 1']],
    [['Address 1.1'], ['address 1']],
    [['Address 2'], ['address 2']],
    [['Version 1.1'], ['version 1.1']],
    [
      ['Unnamed: 3', 'unnamed: 0_level_1', 'Unnamed'],
      ['', '', 'unnamed'],
    ],
  ])('reads %j as %j', (headers, keys) => {
    expect(headerKeys(headers, isKnown)).toEqual(keys);
  });
});

describe('columns that a program has renamed', () => {
  it('are recognised, and a second column of the same name is kept', () => {
    const headers = [
      'Backer Number.1',
      'Email',
      'Email.1',
      'Notes',
      'Survey Response',
      'Unnamed: 5',
      'Size?',
    ];
    const columns = resolveColumns(headers, kickstarter);
    expect(columns.map((column) => (column.role === 'field' ? column.column.field : column.role))).toEqual([
      'externalId',
      'email',
      'unknown',
      'notes',
      'surveyAnsweredAt',
      'unknown',
      'question',
    ]);
    expect(columns.map(({ header }) => header)).toEqual(headers);
  });

  it('may have curly quotes, other dashes and underscores', () => {
    const headers = ['Backer\u2011Number', 'rewards_sent?', 'Pledged \u201cAt\u201d'];
    const roles = resolveColumns(headers, kickstarter).map(({ role }) => role);
    expect(roles[1]).toBe('field');
  });
});
