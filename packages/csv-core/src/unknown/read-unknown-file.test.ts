import { describe, expect, it } from 'vitest';
import { generic } from '../platforms/generic.js';
import { readCsvFile } from '../platforms/read-csv-file.testing.js';
import { collectCells } from '../suggest/column-cells.js';
import { overlookedColumns } from './complete-mapping.js';
import { type LabelledFile, ordinaryFiles, unclearFiles } from './labelled-files.testing.js';
import { readUnknownFile, type UnknownFileReading } from './read-unknown-file.js';
import { acceptedColumns } from './unknown-reader.js';

function read(csv: string): UnknownFileReading {
  const { headers, rows } = readCsvFile(new TextEncoder().encode(csv));
  const cells = headers.map((_, position) => collectCells(rows.map((row) => row[position] ?? '')));
  return readUnknownFile({ headers, cells, sampleRows: rows }, generic);
}

const title = (files: readonly LabelledFile[]) => files.map((file) => [file.title, file] as const);

describe('A file of no known platform', () => {
  it.each(title(ordinaryFiles))('is understood without a question: %s', (_, { csv, understood = {} }) => {
    const { suggestion, questions } = read(csv);
    expect(questions.map(({ message }) => message)).toEqual([]);
    const roles = new Map(suggestion.columns.map(({ header, as }) => [header, as]));
    for (const [header, as] of Object.entries(understood))
      expect([header, roles.get(header)]).toEqual([header, as]);
  });

  it.each(title(unclearFiles))('is asked about: %s', (_, { csv, asked }) => {
    expect(read(csv).questions.map(({ header }) => header)).toEqual(asked);
  });

  it('asks in words, with some of the cells', () => {
    const { questions } = read(
      'Order ID,Email,Total,Paid,Product\n1,a@example.com,20.00,Oui,Lamp\n2,b@example.com,20.00,Nein,Lamp\n',
    );
    expect(questions).toEqual([
      {
        code: 'unclear_column',
        position: 3,
        header: 'Paid',
        message: 'Is "Paid" the payment status, with a yes for paid and a no for unpaid? Cells: Oui, Nein.',
        cells: ['Oui', 'Nein'],
      },
    ]);
  });

  it('suggests what a yes and a no of a payment mean, so that the suggestion can be accepted', () => {
    const { suggestion } = read(
      'Order ID,Email,Total,Paid,Product\n1,a@example.com,20.00,Oui,Lamp\n2,b@example.com,20.00,Nein,Lamp\n',
    );
    expect(suggestion.columns[3]).toMatchObject({
      as: 'status',
      values: { Oui: 'COLLECTED', Nein: 'PENDING' },
    });
  });

  it('has the currency of amounts from their header', () => {
    const { suggestion } = read('Order ID,Email,Total (USD),Product\n1,a@example.com,20.00,Lamp\n');
    expect(suggestion.columns[2]).toMatchObject({ as: 'amount', currency: 'USD' });
  });

  it.each(title([...ordinaryFiles, ...unclearFiles]))(
    'has a suggestion that can be accepted as it stands, unless the key or the person is missing: %s',
    (_, { csv }) => {
      const reading = read(csv);
      const accepted = acceptedColumns(reading);
      const held = new Set<string>(accepted.map(({ as }) => as));
      expect(overlookedColumns(accepted, reading)).toEqual([]);
      expect(held.has('quantity') && !held.has('productName') && !held.has('productSku')).toBe(false);
      const isMissing = reading.questions.some(({ code }) => code === 'missing_column');
      expect(isMissing).toBe(!held.has('externalId') || !(held.has('email') || held.has('backerExternalId')));
    },
  );
});
