import { describe, expect, it } from 'vitest';
import { keepCells } from '../csv/row-chunk.js';
import { openSheetImport } from '../import/table-import.js';
import { readCsvFile } from '../platforms/read-csv-file.testing.js';
import { ordinaryFiles, unclearFiles } from './labelled-files.testing.js';

type Column = readonly string[];

function read(headers: readonly string[], rows: readonly Column[], repair = true) {
  const reader = openSheetImport({ repair, packer: keepCells, onChunk: () => {} });
  reader.push([headers, ...rows].map((cells, index) => ({ cells, line: index + 1 })));
  const { platform, columns, questions, damage } = reader.end();
  return { platform, columns, questions, damage };
}

const guard = (cells: Column) =>
  cells.map((cell) => (/^(?:[+=@-]|\d[\d\s.,/-]*$)/.test(cell) ? `'${cell}` : cell));
const decodeTwice = (cells: Column) =>
  cells.map((cell) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(cell)));
const toEntities = (cells: Column) =>
  cells.map((cell) => cell.replaceAll('&', '&amp;').replaceAll('ü', '&uuml;'));
const blank = (word: string) => (cells: Column) =>
  cells.filter((cell) => /[\d@]/.test(cell)).length * 2 > cells.length
    ? cells.map((cell) => (cell === '' ? word : cell))
    : cells;
const asDecimals = (cells: Column) =>
  cells.every((cell) => /^(?:[1-9]\d{2,})?$/.test(cell)) ? cells.map((cell) => cell && `${cell}.0`) : cells;
const embrace = (cells: Column) => cells.map((cell) => (/^\S+@\S+$/.test(cell) ? `<${cell}>` : cell));

const damages: readonly (readonly [string, (cells: Column) => Column])[] = [
  ['guards against formulas', guard],
  ['text decoded twice', decodeTwice],
  ['entities of HTML', toEntities],
  ['NULL for blanks', blank('NULL')],
  ['N/A for blanks', blank('N/A')],
  ['whole numbers as decimals', asDecimals],
  ['brackets around addresses', embrace],
];

/** Applies damage to each column. */
function damaged(
  rows: readonly Column[],
  width: number,
  damage: (cells: Column) => Column,
): readonly Column[] {
  const columns = Array.from({ length: width }, (_, at) => damage(rows.map((row) => row[at] ?? '')));
  return rows.map((_, index) => columns.map((column) => column[index] ?? ''));
}

describe('A damaged file of no known platform', () => {
  it.each(damages)('is understood, or asked about, like the file it was: with %s', (_, damage) => {
    for (const { title, csv } of [...ordinaryFiles, ...unclearFiles]) {
      const { headers, rows } = readCsvFile(new TextEncoder().encode(csv));
      const before = read(headers, rows);
      const after = read(headers, damaged(rows, headers.length, damage));
      const essence = ({ platform, columns, questions }: typeof after) => ({
        platform,
        columns,
        questions: questions.map(({ header, message }) => [header, message]),
      });
      expect([title, essence(after)]).toEqual([title, essence(before)]);
    }
  });

  it('is read as it stands where repairs are switched off', () => {
    const headers = ['Commande', 'Email', 'Montant total', 'Statut du paiement'];
    const rows = [
      ['1', 'ada@example.com', '20,00', 'payÃ©'],
      ['2', 'bo@example.com', '30,00', 'remboursÃ©'],
    ];
    expect(read(headers, rows).questions).toEqual([]);
    expect(read(headers, rows, false).questions.map(({ header }) => header)).toEqual(['Statut du paiement']);
  });

  it('is still asked about a word for a missing value that may be a status', () => {
    const rows = [
      ['1', 'ada@example.com', '20.00', 'paid'],
      ['2', 'bo@example.com', '30.00', 'None'],
    ];
    const { questions } = read(['Order ID', 'Email', 'Total', 'Status'], rows);
    expect(questions.map(({ header }) => header)).toEqual(['Status']);
  });
});
