import { describe, expect, it } from 'vitest';
import { plainFile, skippedFile } from '../test-support/completed-upload.js';
import type { DateOrderFinding, UploadedFile } from '../upload/file-answer.js';
import { createFileNames } from './file-names.js';
import { renderDates } from './render-dates.js';
import { styleFor } from './style.js';

const style = styleFor({ columns: 90 }, { noColor: true });

function column(header: string, finding: Partial<DateOrderFinding>): DateOrderFinding {
  return { position: 3, header, order: null, source: 'none', ambiguous: 0, conflicting: false, ...finding };
}

function withDates(...dateOrders: DateOrderFinding[]): UploadedFile {
  return { ...plainFile, dateOrders };
}

/** Joins the lines into one, because these tests are not about where sentences are wrapped. */
function show(...files: readonly UploadedFile[]): string {
  return renderDates(files, createFileNames(files), style)
    .lines.map((line) => line.trim())
    .join(' ');
}

describe('The dates in the report', () => {
  it('are not mentioned when none is ambiguous, or when the API reports nothing about them', () => {
    expect(show(withDates(column('Pledged At', { order: 'dmy', source: 'evidence' })))).toBe('');
    expect(show({ ...plainFile, dateOrders: null }, skippedFile('a.pdf', 'It is a PDF.'))).toBe('');
    expect(show()).toBe('');
  });

  it.each([
    ['dmy', 'evidence', '3 April (day first), as other dates of the column prove'],
    ['mdy', 'platform', 'March 4 (month first), as Kickstarter writes it'],
    ['dmy', 'requested', '3 April (day first), as --date-order says'],
  ] as const)('that are read %s by %s say so', (order, source, text) => {
    expect(show(withDates(column('Pledged At', { order, source, ambiguous: 1_214 })))).toBe(
      `· Pledged At: 03/04/2024 is read as ${text}; 1,214 dates could be either.`,
    );
  });

  it('with an unknown order show how many are rejected and what to do', () => {
    expect(show(withDates(column('Pledged At', { ambiguous: 3 })))).toBe(
      '· Pledged At: nothing tells whether 03/04/2024 is 3 April or March 4, so 3 dates that could be either ' +
        'are rejected. Say it with --date-order dmy (day first) or mdy (month first).',
    );
    expect(show(withDates(column('Pledged At', { ambiguous: 1 })))).toContain(
      '1 date that could be either is',
    );
  });

  it('that contradict each other are reported with an example of each', () => {
    const mixed = show(withDates(column('Pledged At', { conflicting: true, ambiguous: 3 })));
    expect(mixed).toMatch(
      /others with the month \(04\/27\/2024\), so 3 dates .* are rejected\. Write them all/,
    );
    expect(show(withDates(column('Pledged At', { conflicting: true })))).toMatch(/\(04\/27\/2024\)\.$/);
    const asked = column('Pledged At', { conflicting: true, order: 'dmy', source: 'requested' });
    expect(show(withDates(asked))).toContain('as --date-order says; but some dates begin with the day');
  });

  it('of several columns and files are one sentence where they are read in the same way', () => {
    const known = { order: 'dmy', source: 'evidence', ambiguous: 10 } as const;
    const a = { ...withDates(column('Pledged At', known), column('Paid', known)), name: 'a.csv' };
    const b = { ...withDates(column('Pledged At', known), column('', { ambiguous: 2 })), name: 'b.csv' };
    const text = show(a, b, { ...a, name: 'unknown.csv', platform: null });
    expect(text).toContain('Pledged At, Paid: 03/04/2024 is read');
    expect(text).toContain('30 dates could be either.');
    expect(text).toContain('Column 4 in "b.csv": nothing tells');
  });

  it('show headers without control characters', () => {
    expect(show(withDates(column('\u001b[2J', { ambiguous: 3 })))).not.toContain('\u001b');
  });
});
