import { describe, expect, it } from 'vitest';
import { generic } from '../platforms/generic.js';
import { kickstarter } from '../platforms/kickstarter.js';
import { definePlatform, type Platform } from '../platforms/platform.js';
import { processorTime } from '../processor-time.testing.js';
import { maxLineLength } from '../schemas/lengths.js';
import { normalizeHeader } from './normalize-header.js';
import { displayHeader, resolveColumns, secretPositions } from './resolve-columns.js';

function rolesOf(headers: readonly string[], platform: Platform): readonly string[] {
  return resolveColumns(headers, platform).map((column) =>
    column.role === 'field' ? column.column.field : column.role,
  );
}

describe('normalizeHeader', () => {
  it.each([
    ['\ufeffBacker Number', 'backer number'],
    ['  E-mail\u00a0 Address ', 'e-mail address'],
    ['\u0421ustomer Note', 'customer note'],
    ['Re\u00adward\u200b ID', 'reward id'],
    ['Ｅｍａｉｌ', 'email'],
    ['order__id', 'order id'],
    ['', ''],
  ])('normalises %j to %j', (header, expected) => {
    expect(normalizeHeader(header)).toBe(expected);
  });
});

describe('displayHeader', () => {
  it('keeps the header as written, except for a BOM and characters that cannot be stored', () => {
    expect(displayHeader('\ufeff Which  Colour? ')).toBe('Which  Colour?');
    expect(displayHeader('a\0b\ud800')).toBe('a\u2400b\ufffd');
    expect(displayHeader('x'.repeat(1_000_000))).toHaveLength(maxLineLength);
  });
});

describe('resolveColumns', () => {
  it('finds the columns that must never be stored, in files of every platform', () => {
    const secrets = [
      'Charge Token',
      'Payment Token',
      'Manage URL',
      'Survey Link',
      'Invite URL',
      'Card Last 4',
      'CPF',
      'Tax ID',
      'IP Address',
      'User-Agent',
      'customer_ip_address',
    ];
    const headers = ['Order ID', ...secrets, 'Email', 'Ship Address', 'Token Box'];
    const positions = secrets.map((_, index) => index + 1);
    expect(secretPositions(headers, generic)).toEqual(positions);
    expect(secretPositions(headers, kickstarter)).toEqual(positions);
  });

  it('fills a field from the first of two equal headers and keeps the second', () => {
    expect(rolesOf(['Order ID', 'Email', 'EMAIL '], generic)).toEqual(['externalId', 'email', 'unknown']);
  });

  it('reads the header that fits a field best and keeps the others', () => {
    const roles = resolveColumns(['ID', 'Order ID'], generic).map((column) => column.role);
    expect(roles).toEqual(['unknown', 'field']);
  });

  it('ranks headers that a platform calls alternatives', () => {
    const headers = ['Backer UID', 'Shipping Country Name', 'Shipping Country Code'];
    const columns = resolveColumns(headers, kickstarter);
    expect(columns.map((column) => (column.role === 'field' ? column.rank : null))).toEqual([0, 1, 0]);
  });

  it('reads look-alike letters as the Latin ones', () => {
    expect(rolesOf(['\u041erder ID', '\u0421ustomer Email'], generic)).toEqual(['externalId', 'email']);
  });

  it('names a column without a header by its place', () => {
    expect(resolveColumns(['ID', '', '\u200b'], generic).map((column) => column.header)).toEqual([
      'ID',
      'Column 2',
      'Column 3',
    ]);
  });

  it('reads the country of an address from `Shipping Country` only in the report of 2013', () => {
    const of2013 = ['Backer Id', 'Shipping Address 1', 'Shipping Country'];
    expect(rolesOf(of2013, kickstarter)).toEqual(['externalId', 'shippingAddress1', 'shippingCountry']);
    const later = ['Backer UID', 'Shipping Country', 'Shipping Address 1', 'Shipping Country Code'];
    expect(rolesOf(later, kickstarter)[1]).toBe('kept');
  });

  it('distinguishes items, add-ons and questions of Kickstarter by their place', () => {
    const headers = ['Mine', 'Backing Minimum', 'Notes', '[Addon: 7] Dice', '[Addon: 8]', 'Map'];
    const withSurvey = [...headers, 'Survey Response', 'Size?'];
    const expected = ['unknown', 'rewardPrice', 'notes', 'add-on', 'add-on', 'item'];
    expect(rolesOf(withSurvey, kickstarter)).toEqual([...expected, 'surveyAnsweredAt', 'question']);
    expect(rolesOf(headers, kickstarter)).toEqual(expected);
    expect(rolesOf(['Reward Minimum', 'Notes', 'Twitter'], kickstarter)[2]).toBe('question');
  });

  it('keeps an item column with a very long name as text instead of rejecting its rows', () => {
    const headers = ['Backing Minimum', 'Notes', 'x'.repeat(600), 'Survey Response'];
    expect(rolesOf(headers, kickstarter)[2]).toBe('unknown');
  });

  it('leaves out the columns that a platform ignores', () => {
    const platform = definePlatform({
      name: 'x',
      title: 'X',
      evidence: '',
      columns: [],
      ignored: ['Item Total'],
    });
    expect(rolesOf(['item  total'], platform)).toEqual(['ignored']);
  });

  it('is fast with as many columns as a file may have', () => {
    const headers = Array.from({ length: 2_000 }, (_, index) => `Question ${index}`);
    const time = processorTime(() => resolveColumns(['Notes', ...headers], kickstarter));
    expect(time).toBeLessThan(2_000);
  });
});
