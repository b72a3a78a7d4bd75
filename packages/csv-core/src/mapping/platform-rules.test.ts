import { describe, expect, it } from 'vitest';
import type { PlatformColumn } from '../header/column-rules.js';
import { mapFor } from './map-for.testing.js';

const columns: readonly PlatformColumn[] = [
  { field: 'externalId', headers: ['ID'], required: true },
  { field: 'email', headers: ['Email'] },
  { field: 'status', headers: ['Status'] },
  { field: 'amount', headers: ['Amount'] },
  { field: 'notes', headers: ['Notes'] },
  { field: 'shippingAddress1', headers: ['Street'] },
  { field: 'shippingCity', headers: ['City'] },
];
const email = 'ada@example.com';

describe('the status rules of a platform', () => {
  const map = (headers: readonly string[], row: readonly string[], statusRequired = false) =>
    mapFor(
      {
        columns,
        statusRequired,
        statusRules: [
          { header: 'Notes', pattern: /marked as canceled/i, status: 'CANCELED' },
          { header: 'Refunded at', status: 'REFUNDED' },
        ],
      },
      headers,
      [row],
    );
  const headers = ['ID', 'Email', 'Status', 'Notes', 'Refunded at'];

  it.each([
    [['paid', '', ''], 'COLLECTED', 'paid'],
    [['paid', ' Marked As Canceled on 2017-10-07', ''], 'CANCELED', 'paid'],
    [['paid', 'marked as canceled', '2017-10-08'], 'CANCELED', 'paid'],
    [['paid', 'hello', '2017-10-08'], 'REFUNDED', 'paid'],
    [['', '', '2017-10-08'], 'REFUNDED', '2017-10-08'],
    [['', 'hello', ' '], null, null],
  ])('give the cells %j the status %s', (cells, status, statusRaw) => {
    const { records } = map(headers, ['1', email, ...cells]);
    expect(records[0]?.pledge).toMatchObject({ status, statusRaw });
  });

  it('replace a missing status column, even where a status is required', () => {
    const { records } = map(['ID', 'Email', 'Refunded at'], ['1', email, 'yes'], true);
    expect(records[0]?.pledge?.status).toBe('REFUNDED');
    expect(map(['ID', 'Email', 'Refunded at'], ['1', email, ''], true).issues).toMatchObject([
      { code: 'missing_value', column: 'Status' },
    ]);
  });

  it('never make the raw status longer than a line may be', () => {
    const { records } = map(headers, ['1', email, '', `marked as canceled ${'x'.repeat(50_000)}`, '']);
    expect(records[0]?.pledge?.statusRaw).toHaveLength(2_000);
  });
});

describe('the address proof of a platform', () => {
  const map = (headers: readonly string[], row: readonly string[], pattern?: RegExp) =>
    mapFor({ columns, addressRequires: { header: 'Kind', ...(pattern && { pattern }) } }, headers, [row]);
  const headers = ['ID', 'Email', 'Kind', 'Street', 'City'];

  it.each([
    ['', undefined, null],
    ['x', undefined, 'Rome'],
    ['Entrega', /^entrega$/i, 'Rome'],
    ['pagamento', /^entrega$/i, null],
  ])('with the cell %j and the pattern %s gives the city %s', (kind, pattern, city) => {
    const { records, issues } = map(headers, ['1', email, kind, 'Via 1', 'Rome'], pattern);
    expect(records[0]?.pledge?.shippingCity).toBe(city);
    expect(issues.map(({ code }) => code)).toEqual(city === null ? ['unconfirmed_address'] : []);
  });

  it('is not required in a file without the column', () => {
    const { records } = map(['ID', 'Email', 'Street', 'City'], ['1', email, 'Via 1', 'Rome']);
    expect(records[0]?.pledge?.shippingCity).toBe('Rome');
  });
});

describe("the platform's currency", () => {
  const map = (amount: string, currency?: string) =>
    mapFor({ columns, currency: 'BRL' }, ['ID', 'Email', 'Amount'], [['1', email, amount]], { currency })
      .records[0]?.pledge?.currency;

  it('is used for amounts without a currency, unless the caller names another one', () => {
    expect(map('10,00')).toBe('BRL');
    expect(map('10.00 EUR')).toBe('EUR');
    expect(map('10.00', 'USD')).toBe('USD');
  });
});

describe('a list of people', () => {
  const map = (headers: readonly string[], ...rows: readonly (readonly string[])[]) =>
    mapFor(
      {
        holdsPledges: false,
        statusRequired: true,
        columns: [
          { field: 'email', headers: ['Email'] },
          { field: 'backerExternalId', headers: ['User ID'] },
          { field: 'backerName', headers: ['Name'] },
        ],
      },
      headers,
      rows,
    );

  it('gives backers without pledges', () => {
    const { records, issues } = map(['Email', 'Name', 'Tags'], ['ada@example.com', 'Ada', 'vip']);
    expect(issues).toEqual([]);
    expect(records).toMatchObject([
      { rowCount: 1, backer: { identity: email, name: 'Ada' }, pledge: null, products: [], survey: null },
    ]);
  });

  it('needs an e-mail address or an id for each person', () => {
    expect(map(['Email', 'Name'], ['', 'Ada']).rejects).toMatchObject([
      { issues: [{ code: 'missing_value', column: 'Email' }] },
    ]);
    expect(map(['User ID', 'Name'], ['7', 'Ada']).records).toMatchObject([
      { backer: { identity: 'shop:7' } },
    ]);
  });
});
