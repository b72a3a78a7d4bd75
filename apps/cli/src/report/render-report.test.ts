import { describe, expect, it } from 'vitest';
import { plainFile, skippedFile, completedUpload as upload } from '../test-support/completed-upload.js';
import type { Upload } from '../upload/answers.js';
import type { ImportOutcome } from '../upload/import-file.js';
import { renderReport } from './render-report.js';
import { styleFor } from './style.js';
import { displayWidth } from './text.js';

const outcome: ImportOutcome = {
  upload,
  issueGroups: [
    {
      code: 'invalid_email',
      severity: 'error',
      column: 'Email',
      count: 9,
      examples: [
        {
          file: null,
          row: 11,
          line: 13,
          column: 'Email',
          code: 'invalid_email',
          message: 'This is not an e-mail address. Write it like name@example.com.',
          value: 'ada at example.com\u001b[2J\nx',
          severity: 'error',
        },
      ],
    },
    { code: 'missing_email', severity: 'warning', column: 'Email', count: 4, examples: [] },
  ],
  notifications: [
    {
      type: 'upload.completed',
      title: '"backers.csv" is imported, without its rejected rows.',
      sentences: ['4,950 of 5,000 rows were imported, 50 rejected.\u001b[2J'],
    },
  ],
  isDuplicate: false,
  answered: ['Is "Paid" the payment status?\u001b[2J'],
};

const style = styleFor({ columns: 90 }, { noColor: true });
const nothing = { place: [], correct: [] };
const text = renderReport(
  outcome,
  {
    place: ['http://127.0.0.1:3000/v1/uploads/0193'],
    correct: [`pnpm cli rejected 0193 --out ${'long'.repeat(40)}.csv`],
  },
  style,
);

describe('The report of an import', () => {
  it('shows the questions that were answered before they were asked', () => {
    expect(text).toMatch(/Answered by you in advance\n {2}Is "Paid" the payment status\?/);
  });

  it('says how to correct rejected rows, in lines that can be pasted', () => {
    expect(text).toContain(
      `\nTo correct rejected rows\n  pnpm cli rejected 0193 --out ${'long'.repeat(40)}.csv\n`,
    );
    expect(renderReport(outcome, nothing, style)).not.toContain('To correct');
  });

  it('shows the rows as an equation and checks it', () => {
    expect(text).toContain('5,000 in the file = 4,950 imported + 50 rejected  ✓');
    const uneven = { ...upload, rows: { ...upload.rows, imported: 4_949 } };
    expect(renderReport({ ...outcome, upload: uneven }, nothing, style)).toContain('✗ this sum is wrong');
  });

  it('includes rows that were left out in the equation', () => {
    const rows = { ...upload.rows, imported: 4_947, leftOut: 3 };
    const report = renderReport({ ...outcome, upload: { ...upload, rows } }, nothing, style);
    expect(report).toContain('5,000 in the file = 4,947 imported + 50 rejected + 3 left out  ✓');
  });

  it('includes rows that were not processed in the equation', () => {
    const rows = { total: 5_000, imported: 2_500, rejected: 0, leftOut: 0, open: 2_500 };
    const failed: Upload = { ...upload, status: 'FAILED', rows, chunkErrors: ['disk full'] };
    const report = renderReport({ ...outcome, upload: failed }, nothing, style);
    expect(report).toContain('2,500 imported + 0 rejected + 2,500 not processed  ✓');
    expect(report).toContain('disk full');
  });

  it('says how many pledges a complete file left behind, and when it marked none', () => {
    const { statistics } = upload;
    if (statistics === null) throw new Error('no statistics');
    const reportOf = (gone: typeof statistics.upload.gone) => {
      const counted = { ...statistics, upload: { ...statistics.upload, gone } };
      return renderReport({ ...outcome, upload: { ...upload, statistics: counted } }, nothing, style);
    };
    const marked = reportOf({ marked: 1_200, back: 3, notMarked: null });
    expect(marked).toContain('1,200 pledges are gone: a file of the whole campaign does not name them.');
    expect(marked).toContain('3 pledges that were gone are back.');
    const none = reportOf({ marked: 0, back: 0, notMarked: 'unnamed_rows' });
    expect(none).toContain('No pledge is marked as gone; the warnings say why.');
    expect(text).not.toContain('gone');
  });

  it('fits its width by cutting long names and wrapping long sentences', () => {
    const wrapped = text.split('\n').filter((line) => !line.includes('pnpm cli'));
    for (const line of wrapped) expect(displayWidth(line)).toBeLessThanOrEqual(90);
    expect(text).toMatch(/Lantern very very .*…/);
    expect(text).toContain('… and 3 more');
  });

  it('adds amounts exactly, and never across currencies', () => {
    expect(text).toMatch(/USD +all +4,950 +412,345\.30/);
    expect(text).toMatch(/EUR +collected +1 +12\.00/);
    expect(text).not.toMatch(/EUR +all/);
  });

  it('lists every reason for rejection with count, column, first line and what to do', () => {
    expect(text).toMatch(/invalid_email +Email +9 +line 13: ada at example\.com/);
    expect(text).toContain('Write it like name@example.com.');
    expect(text).toMatch(/missing_email +Email +4/);
  });

  it('names the file of an archive before the line, without the folder that all files share', () => {
    const [group] = outcome.issueGroups;
    const example = group?.examples[0];
    if (group === undefined || example === undefined) throw new Error('no example');
    const inFile = (file: string) => {
      const files = [plainFile, plainFile].map((each, at) => ({ ...each, name: `report/${at}.csv` }));
      const issueGroups = [{ ...group, examples: [{ ...example, file }] }];
      return renderReport(
        { upload: { ...upload, files }, issueGroups, notifications: [], isDuplicate: false, answered: [] },
        nothing,
        style,
      );
    };
    expect(inFile('report/1.csv')).toMatch(/invalid_email +Email +9 +1\.csv line 13: ada at/);
    expect(inFile(`report/${'long '.repeat(20)}`)).toMatch(/ long long.*… line 13: ada at/);
    expect(inFile('\u001b')).not.toContain('\u001b');
  });

  it('shows issues about a file as a whole, and says in its title when not everything was read', () => {
    const whole = { row: null, line: null, column: null, value: null };
    const unread = {
      ...whole,
      file: 'b.xls',
      code: 'unread_file',
      message: 'Not read: it is old. Save it as .xlsx.',
      severity: 'error',
    } as const;
    const guess = {
      ...whole,
      file: null,
      code: 'uncertain_encoding',
      message: 'Is this right?',
      value: 'Dvořák',
      severity: 'warning',
    } as const;
    const slip = { ...guess, code: 'slipped_row', row: 4, line: 5, value: 'a | b' };
    const issueGroups = [
      ...[unread, guess, slip].map((issue) => ({ ...issue, count: 1, examples: [issue] })),
      ...outcome.issueGroups,
    ];
    const report = renderReport({ ...outcome, issueGroups }, nothing, style);
    expect(report).toMatch(/^Import completed; not all of the file was read$/m);
    const [, notRead = '', rejected = '', warnings = ''] =
      /\nNot read: rows may be missing\n(.*?)\nRejected rows, by reason\n(.*?)\nWarnings: imported, but worth a look\n(.*?)\n\n/s.exec(
        report,
      ) ?? [];
    expect(notRead).toMatch(/unread_file +whole file +1 +b\.xls\n +Not read: it is old\./);
    expect(rejected).not.toContain('unread_file');
    expect(warnings).toMatch(/uncertain_encoding +whole file +1 +Dvořák\n +Is this right\?/);
    expect(warnings).toMatch(/slipped_row +whole row +1 +line 5: a \| b/);
    expect(text).toMatch(/^Import completed$/m);
  });

  it('does not mention how a plain file was read, but does so for any other file and its dates', () => {
    const plain = renderReport({ ...outcome, upload: { ...upload, files: [plainFile] } }, nothing, style);
    expect(plain).toBe(renderReport(outcome, nothing, style));
    const date = { position: 0, header: 'Pledged At', order: null, source: 'none', ambiguous: 3 };
    const file = { ...plainFile, sheet: 'Orders', dateOrders: [{ ...date, conflicting: false }] };
    const report = renderReport({ ...outcome, upload: { ...upload, files: [file] } }, nothing, style);
    expect(report).toMatch(/✓\n\nFile\n {2}Read as +sheet "Orders"[\s\S]+\nDates\n {2}· Pledged At: nothing/);
  });

  it('names the file of an archive to which the platform applies', () => {
    const files = [
      skippedFile('a.pdf', 'It is a PDF.'),
      { ...plainFile, name: 'b.csv', rowCount: 1 },
      { ...plainFile, name: 'c.csv' },
    ];
    const report = renderReport({ ...outcome, upload: { ...upload, files } }, nothing, style);
    expect(report).toContain('Kickstarter, confidence 95 % (of "c.csv", the largest of 2 files)');
  });

  it('shows cells of the file without control characters', () => {
    expect(text).not.toContain('\u001b');
    expect(text).toContain('·[2J⏎x');
  });

  it('shows how long the import took', () => {
    expect(text).toContain('1.00 s, 5,000 rows/s (received in 0.20 s, imported in 0.80 s)');
  });

  it('has colours only on a terminal, and none with NO_COLOR', () => {
    const colourful = renderReport(
      outcome,
      nothing,
      styleFor({ isTTY: true, columns: 90 }, { noColor: false }),
    );
    expect(colourful).toContain('\u001b[');
    const asked = renderReport(outcome, nothing, styleFor({ isTTY: true, columns: 90 }, { noColor: true }));
    expect(asked).not.toContain('\u001b[');
  });

  it('shows the reason of a failure when there are no statistics', () => {
    const refused: Upload = {
      ...upload,
      status: 'NEEDS_MAPPING',
      platform: null,
      statistics: null,
      finishedAt: null,
    };
    const report = renderReport(
      { upload: refused, issueGroups: [], notifications: [], isDuplicate: false, answered: [] },
      nothing,
      style,
    );
    expect(report).toContain('the columns could not be matched');
    expect(report).toContain('not recognised');
  });

  it('repeats the notification of the merchant without control characters', () => {
    const report = renderReport(outcome, nothing, style);
    expect(report).toContain(
      'Notification\n  upload.completed: "backers.csv" is imported, without its rejected rows.',
    );
    expect(report).toContain('4,950 of 5,000 rows were imported, 50 rejected.');
    expect(report).not.toContain('\u001b[2J');
  });
});
