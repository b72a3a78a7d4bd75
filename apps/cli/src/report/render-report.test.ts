import { describe, expect, it } from 'vitest';
import type { Upload } from '../upload/answers.js';
import type { ImportOutcome } from '../upload/import-file.js';
import { renderReport } from './render-report.js';
import { styleFor } from './style.js';
import { displayWidth } from './text.js';

const upload: Upload = {
  id: '0193',
  campaign: 'Lanterns of Low Tide',
  filename: 'backers.csv',
  status: 'COMPLETED',
  sealed: true,
  platform: 'kickstarter',
  confidence: 0.95,
  detection: {
    reasons: ['Only Kickstarter writes "Backer UID" with "Pledge Amount"'],
    unknownColumns: [],
    missingColumns: [],
  },
  failure: null,
  byteCount: 1_250_000,
  rows: { total: 5_000, imported: 4_950, rejected: 50, open: 0 },
  chunkErrors: [],
  statistics: {
    records: {
      backers: { created: 4_812, updated: 3, unchanged: 0 },
      products: { created: 14, updated: 0, unchanged: 0 },
      pledges: { created: 4_950, updated: 0, unchanged: 0 },
      surveys: { created: 4_200, updated: 0, unchanged: 7 },
    },
    totals: [
      { currency: 'USD', status: 'COLLECTED', pledges: 4_600, amount: '412345.1000' },
      { currency: 'USD', status: 'DROPPED', pledges: 350, amount: '0.2000' },
      { currency: 'EUR', status: 'COLLECTED', pledges: 1, amount: '12.0000' },
    ],
    units: Array.from({ length: 18 }, (_, index) => ({
      kind: 'ADD_ON',
      key: String(10_750_000 + index),
      name: index === 0 ? `Lantern ${'very '.repeat(30)}long` : `Add-on ${index}`,
      units: 1_000 - index,
    })),
    backersWithoutPledge: 0,
  },
  createdAt: '2026-01-01T10:00:00.000Z',
  sealedAt: '2026-01-01T10:00:00.200Z',
  finishedAt: '2026-01-01T10:00:01.000Z',
};

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
};

const style = styleFor({ columns: 90 }, { noColor: true });
const text = renderReport(outcome, ['http://127.0.0.1:3000/v1/uploads/0193'], style);

describe('the report', () => {
  it('says the rows as an equation and checks it', () => {
    expect(text).toContain('5,000 in the file = 4,950 imported + 50 rejected  ✓');
    const uneven = { ...upload, rows: { ...upload.rows, imported: 4_949 } };
    expect(renderReport({ ...outcome, upload: uneven }, [], style)).toContain('✗ this sum is wrong');
  });

  it('counts rows that were not processed in the equation', () => {
    const rows = { total: 5_000, imported: 2_500, rejected: 0, open: 2_500 };
    const failed: Upload = { ...upload, status: 'FAILED', rows, chunkErrors: ['disk full'] };
    const report = renderReport({ ...outcome, upload: failed }, [], style);
    expect(report).toContain('2,500 imported + 0 rejected + 2,500 not processed  ✓');
    expect(report).toContain('disk full');
  });

  it('fits its width, with long names cut and long sentences wrapped', () => {
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(90);
    expect(text).toMatch(/Lantern very very .*…/);
    expect(text).toContain('… and 3 more');
  });

  it('adds money exactly, and never across currencies', () => {
    expect(text).toMatch(/USD +all +4,950 +412,345\.30/);
    expect(text).toMatch(/EUR +collected +1 +12\.00/);
    expect(text).not.toMatch(/EUR +all/);
  });

  it('names every reason with count, column, first line and what to do', () => {
    expect(text).toMatch(/invalid_email +Email +9 +line 13: ada at example\.com/);
    expect(text).toContain('Write it like name@example.com.');
    expect(text).toMatch(/missing_email +Email +4/);
  });

  it('lets no cell of the file write to the terminal', () => {
    expect(text).not.toContain('\u001b');
    expect(text).toContain('·[2J⏎x');
  });

  it('says how long it took', () => {
    expect(text).toContain('1.00 s, 5,000 rows/s (received in 0.20 s, imported in 0.80 s)');
  });

  it('has colours on a terminal only, and not against NO_COLOR', () => {
    const colourful = renderReport(outcome, [], styleFor({ isTTY: true, columns: 90 }, { noColor: false }));
    expect(colourful).toContain('\u001b[');
    const asked = renderReport(outcome, [], styleFor({ isTTY: true, columns: 90 }, { noColor: true }));
    expect(asked).not.toContain('\u001b[');
  });

  it('of an upload without statistics tells why', () => {
    const refused: Upload = {
      ...upload,
      status: 'NEEDS_MAPPING',
      platform: null,
      statistics: null,
      finishedAt: null,
    };
    const report = renderReport({ upload: refused, issueGroups: [] }, [], style);
    expect(report).toContain('the columns could not be matched');
    expect(report).toContain('not recognised');
  });
});
