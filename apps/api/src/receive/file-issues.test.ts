import type { SlippedRows } from '@pledgeline/csv-core';
import { describe, expect, it } from 'vitest';
import { type FileFindings, fileIssues } from './file-issues.js';

const nothing: FileFindings = {
  kind: 'read',
  file: 'a.csv',
  encoding: { name: 'windows-1250', source: 'content', certain: false },
  doubt: null,
  garbled: null,
  headers: ['Name', 'City'],
  notices: [],
  quoting: null,
  slippedRows: null,
  secrets: new Set(),
};
const whole = { file: 'a.csv', row: null, line: null, column: null, value: null };

describe('The issues of a file that was read', () => {
  it('are none when nothing was in doubt', () => {
    expect(fileIssues(nothing)).toEqual([]);
    expect(fileIssues({ ...nothing, encoding: null })).toEqual([]);
  });

  it('name a guessed encoding, with samples and alternatives', () => {
    const doubt = { samples: ['Dvořák', 'Łódź'], others: ['windows-1252', 'macintosh'] };
    expect(fileIssues({ ...nothing, doubt })).toEqual([
      {
        ...whole,
        code: 'uncertain_encoding',
        message:
          'The file was read as Windows-1250, which is a guess. Are these right: "Dvořák", "Łódź"? If not, send it again with ?encoding=windows-1252 (or macintosh).',
        value: 'Dvořák | Łódź',
        severity: 'warning',
      },
    ]);
  });

  it('say that outer quotes were taken off each line', () => {
    expect(fileIssues({ ...nothing, quoting: { isWrapped: true, blankQuotes: null } })).toEqual([
      {
        ...whole,
        code: 'quoted_twice',
        message:
          'Each line of the file is one cell in quotes, which holds all cells of a row: a program has quoted the file twice. The outer quotes were taken off, and the cells within them were read.',
        severity: 'warning',
      },
    ]);
  });

  it.each([
    [
      { areRead: true, count: 3, line: 2, openEndLine: null },
      '3 cells open with a blank and a quotation mark, first in line 2. All such cells were read without the blank and the marks.',
    ],
    [
      { areRead: true, count: 3, line: 2, openEndLine: 7 },
      '3 cells open with a blank and a quotation mark, first in line 2. All such cells were read without the blank and the marks. Line 7 has text behind the closing mark: check that cell, or take out the blank before its first mark and send the file again.',
    ],
    [
      { areRead: false, count: 1, line: 2, openEndLine: null },
      'One cell opens with a blank and a quotation mark, in line 2. It was read as it stands, with the marks, and a delimiter between the marks divides the cell. If the marks are no part of the text, take out the blank before them and send the file again.',
    ],
  ])('say how quotes after blanks were read', (blankQuotes, message) => {
    const line = blankQuotes.openEndLine ?? blankQuotes.line;
    expect(fileIssues({ ...nothing, quoting: { isWrapped: false, blankQuotes } })).toEqual([
      { ...whole, line, code: 'quotes_after_blanks', message, severity: 'warning' },
    ]);
  });

  it('name a guessed encoding even without samples and alternatives', () => {
    const doubt = { samples: [], others: [] };
    expect(fileIssues({ ...nothing, doubt })).toMatchObject([
      {
        message:
          'The file was read as Windows-1250, which is a guess. If names look wrong, send it again with ?encoding=….',
        value: null,
      },
    ]);
  });

  it.each([
    ['windows-1252', 'Windows-1252'],
    ['macintosh', 'Macintosh'],
    ['big5', 'Big5'],
    ['shift_jis', 'Shift_JIS'],
    ['iso-8859-2', 'ISO-8859-2'],
    ['euc-kr', 'EUC-KR'],
    ['koi8-r', 'KOI8-R'],
    ['utf-8', 'UTF-8'],
  ])('call the encoding %s %s', (name, title) => {
    const encoding = { name, source: 'content', certain: false } as const;
    const [issue] = fileIssues({ ...nothing, encoding, doubt: { samples: [], others: [] } });
    expect(issue?.message).toContain(`read as ${title}, which`);
  });

  it('include the notices of unpacking unchanged', () => {
    const notices = [{ code: 'hidden_sheet', message: 'The sheet is hidden.' } as const];
    expect(fileIssues({ ...nothing, notices })).toEqual([
      { ...whole, code: 'hidden_sheet', message: 'The sheet is hidden.', severity: 'warning' },
    ]);
  });

  it('list slipped rows, and say what to do', () => {
    const first = [{ row: 7, line: 9, width: 4, cells: ['1', 'Main St', ' Apt 4', ''] }];
    expect(fileIssues({ ...nothing, slippedRows: { width: 3, count: 1, first } })).toEqual([
      {
        ...whole,
        row: 7,
        line: 9,
        code: 'slipped_row',
        message:
          'The row in line 9 has 4 cells, the header 3. Unless it just ends with a delimiter too many, a cell that holds one is not in quotes, and all behind it slipped by one column. Put that cell in quotes and send the file again.',
        value: '1 | Main St |  Apt 4 | ',
        severity: 'warning',
      },
    ]);
  });

  it('count the slipped rows that are not listed', () => {
    const row = { row: 7, line: 9, width: 5, cells: ['x'.repeat(300)] };
    const slippedRows: SlippedRows = { width: 3, count: 22, first: Array.from({ length: 20 }, () => row) };
    const issues = fileIssues({ ...nothing, slippedRows });
    expect(issues).toHaveLength(21);
    expect(issues[0]).toMatchObject({
      value: `${'x'.repeat(200)}…`,
      message: expect.stringContaining('slipped by 2 columns'),
    });
    expect(issues[20]).toEqual({
      ...whole,
      code: 'more_issues',
      message: '2 more rows have slipped than are listed.',
      severity: 'warning',
    });
  });

  it('never show a cell that may be a secret one, wherever it slipped to', () => {
    const first = [{ row: 1, line: 2, width: 7, cells: ['a', 'b', 'SECRET', 'SECRET', 'SECRET', 'c', ''] }];
    const [issue] = fileIssues({
      ...nothing,
      slippedRows: { width: 5, count: 1, first },
      secrets: new Set([2, 99]),
    });
    expect(issue?.value).toBe('a | b |  |  |  | c | ');
  });
});

describe('The issues of a file that was skipped', () => {
  const leftOut = { kind: 'skipped', name: 'b.xls', reason: 'an old workbook', mayHoldRows: true } as const;

  it('are one error when the file may hold rows', () => {
    const error = { ...whole, file: 'b.xls', code: 'unread_file', severity: 'error' };
    expect(fileIssues(leftOut)).toEqual([{ ...error, message: 'Not read: an old workbook.' }]);
    const reason = 'It is old. Save it as .xlsx.';
    expect(fileIssues({ ...leftOut, reason })).toEqual([{ ...error, message: `Not read: ${reason}` }]);
  });

  it('are none when the file holds no rows', () => {
    expect(fileIssues({ ...leftOut, mayHoldRows: false })).toEqual([]);
  });

  it('warns once of text that was decoded twice in some cells of a column', () => {
    const garbled = { position: 1, text: 'KÃ¶ln', meant: 'Köln' };
    expect(fileIssues({ ...nothing, garbled })).toEqual([
      {
        file: nothing.file,
        row: null,
        line: null,
        column: 'City',
        code: 'garbled_text',
        message:
          'Some cells look as if another program had decoded them twice: "KÃ¶ln" is probably "Köln". Others in the column are right, so they are kept as they are. Correct them, or export the file again as UTF-8.',
        value: 'KÃ¶ln',
        severity: 'warning',
      },
    ]);
  });
});
