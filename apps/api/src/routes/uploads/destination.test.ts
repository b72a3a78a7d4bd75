import { expect, it } from 'vitest';
import { presentableName, sendQuery } from './destination.js';

it.each([
  ['C:\\Users\\ada\\backers.csv', 'backers.csv'],
  ['exports/backers.csv', 'backers.csv'],
  [' backers.csv\n', 'backers.csv'],
  ['back\u0007ers\u202e.csv', 'backers.csv'],
  ['\0\u202e', undefined],
  [`${'x'.repeat(300)}.csv`, `${'x'.repeat(154)}…${'x'.repeat(96)}.csv`],
  ['exports/', undefined],
  ['', undefined],
  [undefined, undefined],
])("shows a form's file name %j as %j", (filename, shown) => {
  expect(presentableName(filename)).toBe(shown);
});

it('shows a file name of the address without marks that turn the direction of writing', () => {
  expect(sendQuery.parse({ filename: 'a\u202evsc.csv' }).filename).toBe('avsc.csv');
});
