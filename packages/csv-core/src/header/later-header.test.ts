import { describe, expect, it } from 'vitest';
import { createLaterHeaderFinder } from './later-header.js';

const headers = ['Order ID', 'Email', 'First Name', 'Last Name', 'Notes', 'City'];
const find = createLaterHeaderFinder(headers);

describe('createLaterHeaderFinder', () => {
  it.each([
    ['as it is', headers],
    ['with blank cells at its end', [...headers, '', '']],
    ['with another case', ['Order ID', 'EMAIL', 'First name', 'Last name', 'notes', 'city']],
    ['with the byte order mark of a joined file', ['\ufeffOrder ID', ...headers.slice(1)]],
    ['with a byte order mark before its quotes', ['\ufeff"Order ID"', ...headers.slice(1)]],
  ])('recognises the header again, %s', (_, cells) => {
    expect(find(cells)).toBe('same');
  });

  it.each([
    ['in another order', ['Order ID', 'Email', 'Last Name', 'First Name', 'City', 'Notes']],
    ['with one column more', [...headers, 'Phone']],
    ['with another column first', ['Shop', ...headers]],
    ['with a column less in the middle', ['Order ID', 'Email', 'Last Name', 'Notes', 'City']],
  ])('recognises the columns %s', (_, cells) => {
    expect(find(cells)).toBe('other');
  });

  it.each([
    ['a row of data', ['A-1', 'ada@example.com', 'Ada', 'Example', 'hello', 'Boston']],
    ['a row with one word of the header', ['A-2', 'bo@example.com', 'City', 'Notes', 'hello', 'Boston']],
    ['a row that names its first column', ['Order ID', 'cy@example.com', 'Cy', 'Example', '', 'Oslo']],
    ['a blank row', ['', '', '', '', '', '']],
  ])('takes %s for no header', (_, cells) => {
    expect(find(cells)).toBeNull();
  });

  it('recognises the two columns of a narrow file only together', () => {
    const narrow = createLaterHeaderFinder(['Email', 'Name']);
    expect(
      [
        ['Name', 'Email'],
        ['Email', 'Name'],
        ['Email', 'Ada'],
      ].map(narrow),
    ).toEqual(['other', 'same', null]);
  });
});
