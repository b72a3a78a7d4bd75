import { expect, it } from 'vitest';
import { keepCells, type RowChunk } from '../csv/row-chunk.js';
import { openTextImport } from './table-import.js';

function importText(text: string) {
  const chunks: RowChunk[] = [];
  const table = openTextImport({ packer: keepCells, onChunk: (chunk) => chunks.push(chunk) });
  table.push(new TextEncoder().encode(text));
  const report = table.end();
  return { text: JSON.stringify(chunks), rows: chunks.flatMap(({ rows }) => rows), report };
}

const numbered = (count: number, row: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => row(n)).join('\n');

it('Addresses, accounts, cards and links with a token are never handed out, whatever their column is named', () => {
  const header = 'Order ID,Email,Total,Place,Konto,Zebra,Where\n';
  const row = (n: number) =>
    `A-${n},a${n}@example.com,20.00,192.0.2.${n},DE89370400440532013000,4111111111111111,https://example.com/t/k${n}abcdefg`;
  const { text, report } = importText(header + numbered(60, row));
  expect(text).not.toMatch(/192\.0\.2|DE8937|41111|abcdefg/);
  expect([...report.secrets]).toEqual([3, 4, 5, 6]);
});

it('An address that shows only after thousands of rows is not handed out either', () => {
  const row = (n: number) => `A-${n},a${n}@example.com,20.00,${n === 2_500 ? '2001:db8::7' : ''}`;
  const { text } = importText(`Order ID,Email,Total,Place\n${numbered(3_000, row)}`);
  expect(text).not.toContain('2001:db8');
});

it('A link that all rows share, and order numbers as long as those of cards, are kept', () => {
  const row = (n: number) =>
    `41111111111111${String(11 + n)},a${n}@example.com,20.00,https://example.com/c/campaign2024`;
  const { rows } = importText(`Order ID,Email,Total,Link\n${numbered(5, row)}`);
  expect(rows[0]).toEqual([
    '4111111111111111',
    'a0@example.com',
    '20.00',
    'https://example.com/c/campaign2024',
  ]);
});
