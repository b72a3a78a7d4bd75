import { describe, expect, it } from 'vitest';
import { plainFile, skippedFile } from '../test-support/completed-upload.js';
import type { FileFormat, UploadedFile } from '../upload/file-answer.js';
import { createFileNames } from './file-names.js';
import { renderFiles } from './render-files.js';
import { styleFor } from './style.js';
import { displayWidth } from './text.js';

const style = styleFor({ columns: 90 }, { noColor: true });

function show(...files: readonly UploadedFile[]): string {
  const { title, lines } = renderFiles(files, createFileNames(files), style);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(90);
  return [title, ...lines].join('\n');
}

function formatted(format: Partial<FileFormat>): UploadedFile {
  return {
    ...plainFile,
    format: { headerLine: 1, titleLines: [], encoding: null, delimiter: null, ...format },
  };
}

describe('The report about how one file was read', () => {
  it('is left out when the file is plain, or when the API reports nothing about it', () => {
    expect(show(plainFile)).toBe('File');
    expect(show()).toBe('File');
    expect(show({ ...plainFile, format: null })).toBe('File');
  });

  it('shows its encoding and its delimiter', () => {
    const encoding = { name: 'utf-16le', source: 'bom', certain: true };
    const delimiter = { value: ';', source: 'content' };
    expect(show(formatted({ encoding, delimiter }))).toBe('File\n  Read as     UTF-16LE, semicolons');
    const odd = { value: '~', source: 'requested' };
    expect(show(formatted({ encoding, delimiter: odd }))).toContain('UTF-16LE, "~" between cells');
  });

  it('says what to do when the encoding is a guess, with a name that --encoding accepts', () => {
    const encoding = { name: 'windows-1252', source: 'content', certain: false };
    expect(show(formatted({ encoding, delimiter: { value: '\t', source: 'content' } }))).toBe(
      'File\n  Read as     windows-1252 (a guess: look at a few names, or give --encoding), tabs',
    );
  });

  it('names the lines above the header', () => {
    expect(show(formatted({ headerLine: 4, titleLines: [1, 2] }))).toContain(
      'Header      in line 4; left out as no part of the table: lines 1, 2',
    );
    expect(show(formatted({ headerLine: 2, titleLines: [1] }))).toMatch(/table: line 1$/);
  });

  it('names the sheet of a workbook and the only file of an archive', () => {
    expect(show({ ...formatted({ headerLine: 3, titleLines: [1] }), sheet: 'Orders' })).toBe(
      'File\n  Read as     sheet "Orders"\n  Header      in row 3; left out as no part of the table: row 1',
    );
    expect(show({ ...plainFile, name: 'a/backers.csv' })).toBe('File\n  Name        a/backers.csv');
  });
});

describe('The files of an archive in the report', () => {
  const backers = { ...plainFile, name: 'backers.csv' };

  it('are a table, with the reason below each file that is not imported', () => {
    const encoding = { name: 'shift_jis', source: 'content', certain: false };
    const detection = { reasons: ['No column name is known'], unknownColumns: [], missingColumns: ['Email'] };
    const text = show(
      backers,
      { ...formatted({ encoding, headerLine: 3, titleLines: [1] }), name: 'tiers.csv', rowCount: 12 },
      { ...plainFile, name: 'colours.csv', platform: null, detection },
      { ...formatted({}), name: 'shop.xlsx', sheet: 'Orders' },
      skippedFile('logo.png', 'It is a picture.'),
    );
    expect(text).toMatch(/^Files\n {2}name +platform +rows +read as$/m);
    expect(text).toMatch(/backers\.csv +Kickstarter +5,000 +UTF-8, commas$/m);
    expect(text).toMatch(/tiers\.csv +Kickstarter +12 +shift_jis \(a guess\), header in line 3$/m);
    expect(text).toMatch(/colours\.csv +not recognised.*\n {4}No column name is known; Missing: "Email"$/m);
    expect(text).toMatch(/shop\.xlsx +Kickstarter +5,000 +sheet "Orders"$/m);
    expect(text).toMatch(/logo\.png +skipped\n {4}It is a picture\.$/m);
    expect(text).toContain('Where the encoding is a guess: look at a few names, or give --encoding.');
  });

  it('are limited in a long list to those that need attention, with the number of the others', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => ({ ...plainFile, name: `backers-${at}.csv` }));
    const text = show(...many, skippedFile('notes.pdf', 'It is a PDF.'), { ...backers, platform: null });
    expect(text.split('\n').length).toBeLessThan(30);
    expect(text).toContain('… and 1,982 more files');
    expect(text).toContain('notes.pdf');
    expect(text).toContain('not recognised');
  });

  it('are named without the folder that they share, and without control characters', () => {
    const text = show(
      { ...backers, name: 'Report/2024/$25 Lantern.csv' },
      { ...backers, name: 'Report/2025/$25 Lantern.csv' },
      skippedFile('__MACOSX/Report/2024/._$25\u001b[2J', 'It is not a table.'),
      { ...backers, name: `Report/2026/${'very '.repeat(30)}long.csv` },
    );
    expect(text).toMatch(/^ {2}2024\/\$25 Lantern\.csv/m);
    expect(text).toMatch(/^ {2}2025\/\$25 Lantern\.csv/m);
    expect(show({ ...backers, name: '/a.csv' }, { ...backers, name: 'b.csv' })).toMatch(/^ {2}\/a\.csv/m);
    expect(text).toMatch(/^ {2}__MACOSX\/Report/m);
    expect(text).toMatch(/^ {2}2026\/very .*…/m);
    expect(text).not.toContain('\u001b');
  });
});
