import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsvRow, removeFormulaGuard } from './format-csv.js';
import { createCsvParser } from './parse.js';

describe('formatCsvRow', () => {
  it.each<[cells: string[], row: string]>([
    [['a', 'b'], 'a,b\r\n'],
    [['a,b', 'c"d', 'e\nf', 'g\rh', ' i '], '"a,b","c""d","e\nf","g\rh", i \r\n'],
    [['', ''], ',\r\n'],
    [[''], '""\r\n'],
    [['=1+1', '-5'], '=1+1,-5\r\n'],
  ])('writes %j', (cells, row) => {
    expect(formatCsvRow(cells)).toBe(row);
  });

  it.each([
    ['=1+1', `'=1+1`],
    [`=cmd|' /C calc'!A0`, `'=cmd|' /C calc'!A0`],
    ['@SUM(1)', `'@SUM(1)`],
    ['+1 (555) 010', `'+1 (555) 010`],
    ['-1+1', `'-1+1`],
    ['\t=1', `'\t=1`],
    ['\r=1', `'\r=1`],
    [`'=1`, `''=1`],
    ['-12.50', '-12.50'],
    ['+1', '+1'],
    ['-1,234.50', '-1,234.50'],
    ['a=1', 'a=1'],
    [`'tis`, `'tis`],
    ['', ''],
  ])('guards %j as %j for spreadsheets', (cell, guarded) => {
    expect(formatCsvRow([cell], { spreadsheetSafe: true })).toBe(`"${guarded}"\r\n`);
    expect(removeFormulaGuard(guarded)).toBe(cell);
  });

  it('writes cells that the parser and removeFormulaGuard read back unchanged', () => {
    const cell = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', "'", '"', ',', '1', '.', 'a'),
    });
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1 }), fc.boolean(), (cells, spreadsheetSafe) => {
        const rows: string[][] = [];
        const parser = createCsvParser({ onRow: (row) => rows.push(row) });
        parser.push(formatCsvRow(cells, { spreadsheetSafe }));
        parser.end();
        expect(rows.map((row) => (spreadsheetSafe ? row.map(removeFormulaGuard) : row))).toEqual([cells]);
        for (const written of spreadsheetSafe ? (rows[0] ?? []) : []) {
          expect(written).toMatch(/^(?:[^=+\-@\t\r\n]|[+-]\d[\d.,]*$|$)/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
