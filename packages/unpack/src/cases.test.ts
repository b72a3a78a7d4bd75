import { keepCells, type RowChunk } from '@pledgeline/csv-core';
import { openSheetImport, openTextImport } from '@pledgeline/csv-core/import';
import { mapKeys, mapOptions } from '@pledgeline/csv-core/map';
import { describe, expect, it } from 'vitest';
import { packXlsx } from './test-support/pack-xlsx.js';
import { packZip } from './test-support/pack-zip.js';
import { inPieces, limits, readAll, readNotices } from './test-support/read-all.js';
import { unpack } from './unpack.js';

/** Imports what an upload unpacks to, up to the tables. */
async function importAll(upload: Uint8Array) {
  const results: ReturnType<typeof mapKeys>[] = [];
  const skipped: string[] = [];
  const notices: string[] = [];
  for await (const file of unpack(inPieces(upload), { limits })) {
    if (file.kind === 'skipped') {
      skipped.push(file.name);
      continue;
    }
    const chunks: RowChunk[] = [];
    const options = { packer: keepCells, onChunk: (chunk: RowChunk) => chunks.push(chunk) };
    const report =
      file.kind === 'text' ? await readText(file.pieces, options) : await readSheet(file.rows, options);
    expect(report.questions).toEqual([]);
    for (const { headers, rows, lines } of chunks)
      results.push(mapKeys(headers, rows, { ...mapOptions(report), lines }));
    notices.push(...file.notices().map(({ code }) => code));
  }
  return {
    pledges: results.flatMap(({ records }) =>
      records.map(({ pledge }) => [
        pledge?.externalId,
        pledge?.amount,
        pledge?.items?.map(({ quantity }) => quantity),
      ]),
    ),
    records: results.flatMap(({ records }) => records),
    issues: results.flatMap(({ issues }) => issues),
    skipped,
    notices,
  };
}

type Options = Parameters<typeof openTextImport<RowChunk['rows']>>[0];

async function readText(pieces: AsyncIterable<Uint8Array>, options: Options) {
  const table = openTextImport(options);
  for await (const piece of pieces) table.push(piece);
  return table.end();
}

async function readSheet(
  batches: AsyncIterable<readonly { readonly cells: readonly string[]; readonly line: number }[]>,
  options: Options,
) {
  const table = openSheetImport(options);
  for await (const rows of batches) table.push(rows);
  return table.end();
}

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (value: string, style = 0) => `<c s="${style}"><v>${value}</v></c>`;
const row = (...cells: readonly string[]) => `<row>${cells.join('')}</row>`;
const header = (...names: readonly string[]) => row(...names.map(text));
const csv = 'Order ID,Email,Total\nT-1,ada@example.com,12.00\n';

/** Kinds of files that were read wrong. The number is that of the kind in our list of faults. */
describe('A workbook', () => {
  it('16 has no cell with an error as text', async () => {
    const { records, notices } = await importAll(
      await packXlsx({
        sheets: [
          {
            name: 'Orders',
            rows: `${header('Order ID', 'Email', 'Total', 'City')}${row(text('T-1'), text('ada@example.com'), number('12'), '<c t="e"><v>#REF!</v></c>')}`,
          },
        ],
      }),
    );
    expect(records[0]?.pledge?.shippingCity).toBeNull();
    expect(notices).toEqual(['error_cells']);
  });

  it('41 that is a table of a web page is read from the table', async () => {
    const cells = (tag: string, texts: readonly string[]) =>
      `<tr>${texts.map((one) => `<${tag}>${one}</${tag}>`).join('')}</tr>`;
    const table = `<table>${cells('th', ['Order ID', 'Email', 'Total'])}${cells('td', ['T-1', 'ada@example.com', '12.00'])}</table>`;
    for (const page of [table, `<html><head><meta charset="utf-8"></head><body>${table}</body></html>`]) {
      expect((await importAll(Buffer.from(page))).pledges).toEqual([['T-1', '12.00', undefined]]);
    }
  });

  it('45 with an order number merged over two rows holds one order of two items', async () => {
    const { pledges, issues } = await importAll(
      await packXlsx({
        sheets: [
          {
            name: 'Orders',
            rows: `${header('Order ID', 'Email', 'Total', 'SKU', 'Qty')}${row(text('T-1'), text('ada@example.com'), number('18'), text('TEA'), number('1'))}<row><c r="A3"/><c r="B3"/><c r="C3"/><c r="D3" t="inlineStr"><is><t>STR</t></is></c><c r="E3"><v>2</v></c></row>`,
          },
        ],
      }),
    );
    expect(pledges).toEqual([['T-1', '18', [1, 2]]]);
    expect(issues).toEqual([]);
  });

  it('46 has dates as serial numbers, also where no format says that they are dates', async () => {
    const { records } = await importAll(
      await packXlsx({
        sheets: [
          {
            name: 'Orders',
            rows: `${header('Order ID', 'Email', 'Total', 'Order Date')}${row(text('T-1'), text('ada@example.com'), number('12'), number('45414'))}`,
          },
        ],
      }),
    );
    expect(records[0]?.pledge?.pledgedAt).toContain('2024-05-02');
  });

  it('61 never rounds money by its format', async () => {
    const { pledges } = await importAll(
      await packXlsx({
        formats: ['General', '$#,##0', '$0'],
        sheets: [
          {
            name: 'Orders',
            rows: `${header('Order ID', 'Email', 'Total')}${row(text('T-1'), text('ada@example.com'), number('47.95', 1))}${row(text('T-2'), text('bo@example.com'), number('3.7', 2))}`,
          },
        ],
      }),
    );
    expect(pledges).toEqual([
      ['T-1', '47.95', undefined],
      ['T-2', '3.7', undefined],
    ]);
  });

  it('61 is read whatever calendar a format names', async () => {
    const rows = `${header('Order ID', 'Email', 'Total', 'Era')}${row(text('T-1'), text('ada@example.com'), number('12'), number('60', 1))}`;
    const book = await packXlsx({ formats: ['General', 'B2yyyy'], sheets: [{ name: 'Orders', rows }] });
    expect((await importAll(book)).pledges).toEqual([['T-1', '12', undefined]]);
  });

  it('61 is read from its hidden sheet where a cover of one row is all that is shown', async () => {
    const rows = `${header('Order ID', 'Email', 'Total')}${row(text('T-1'), text('ada@example.com'), number('12'))}`;
    const { pledges, notices } = await importAll(
      await packXlsx({
        sheets: [
          { name: 'Cover', rows: row(text('Tea Shop')) },
          { name: 'Orders', rows, state: 'hidden' },
        ],
      }),
    );
    expect(pledges).toEqual([['T-1', '12', undefined]]);
    expect(notices).toEqual(['hidden_sheet']);
  });

  it('61 has an inline text that is not read together with a value beside it', async () => {
    const odd = '<c t="inlineStr"><v>7</v><is><t>T-1</t></is></c>';
    const rows = `${header('Order ID', 'Email', 'Total')}${row(odd, text('ada@example.com'), number('12'))}`;
    const { pledges } = await importAll(await packXlsx({ sheets: [{ name: 'Orders', rows }] }));
    expect(pledges).toEqual([['T-1', '12', undefined]]);
  });
});

describe('62 An archive', () => {
  it.each<[string, string, string | Uint8Array]>([
    ['JSON', 'meta.json', '{"shop": "Tea"}'],
    [
      'a workbook of the old kind',
      'old.xls',
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]),
    ],
    ['an image', 'logo.png', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(300)])],
  ])('is read without a member that is no table, which is named: %s', async (_, name, content) => {
    const files = await readAll(await packZip({ 'orders.csv': csv, [name]: content }));
    const texts = files.flatMap((file) => ('text' in file ? [file.text] : []));
    expect(texts[0]).toBe(csv);
    // JSON is text, and told to be no table when it is read as one.
    expect(files.map((file) => file.name)).toEqual(['orders.csv', name]);
  });

  it('may be followed by other bytes, which are told', async () => {
    const zip = Buffer.concat([await packZip({ 'orders.csv': csv }), Buffer.from('sent by a mail program')]);
    expect((await importAll(zip)).pledges).toEqual([['T-1', '12.00', undefined]]);
    expect(await readNotices(zip)).toMatchObject([[{ code: 'trailing_bytes' }]]);
  });
});
