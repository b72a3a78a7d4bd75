import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';
import { generic } from '../platforms/generic.js';
import { kickstarter } from '../platforms/kickstarter.js';
import { definePlatform } from '../platforms/platform.js';
import { anyString } from '../values/any-string.testing.js';
import { parseDateTime } from '../values/date.js';
import { createDateEvidence, type DateOrderFinding } from './date-evidence.js';

const american = definePlatform({
  name: 'american',
  title: 'American',
  evidence: 'Made up',
  dateOrder: 'mdy',
  columns: [{ field: 'pledgedAt', headers: ['Order Date'] }],
});

/** The finding for the cells of one column. */
function findingOf(cells: readonly string[], platform = generic): DateOrderFinding | undefined {
  const evidence = createDateEvidence(['Order Date'], platform);
  for (const cell of cells) evidence.add([cell]);
  return evidence.result()[0];
}

describe('createDateEvidence', () => {
  it.each([
    [
      'that the day comes first',
      ['03/04/2024', '27/03/2024 10:00', '05/05/2024'],
      { order: 'dmy', source: 'evidence', ambiguous: 1, conflicting: false, proofs: { dmy: 1, mdy: 0 } },
    ],
    [
      'that the month comes first',
      ['03/04/2024', '3-27-24', '12/31/2024'],
      { order: 'mdy', source: 'evidence', ambiguous: 1, conflicting: false, proofs: { dmy: 0, mdy: 2 } },
    ],
    [
      'both orders',
      ['03/27/2024', '27/03/2024', '01/02/2024'],
      { order: null, source: 'none', ambiguous: 1, conflicting: true, proofs: { dmy: 1, mdy: 1 } },
    ],
    [
      'nothing',
      ['03/04/2024', '05/05/2024', '13/13/2024', '2024-13-01', '', 'x'],
      { order: null, source: 'none', ambiguous: 1, conflicting: false, proofs: { dmy: 0, mdy: 0 } },
    ],
  ])('finds that the cells prove %s', (_, cells, finding) => {
    expect(findingOf(cells)).toEqual({ position: 0, header: 'Order Date', ...finding });
  });

  it.each([[[]], [['', '2024/03/01, 12:41', '3.4.2024', '24 Apr 2014', '12-34-567']]])(
    'has no finding for a column such as %j',
    (cells) => {
      expect(findingOf(cells)).toBeUndefined();
    },
  );

  it('uses the order that the platform always writes, unless the file proves otherwise', () => {
    expect(findingOf(['03/04/2024'], american)).toMatchObject({ order: 'mdy', source: 'platform' });
    expect(findingOf(['03/04/2024', '27/03/2024'], american)).toMatchObject({
      order: 'dmy',
      source: 'evidence',
    });
    expect(findingOf(['03/27/2024', '27/03/2024'], american)).toMatchObject({
      order: null,
      conflicting: true,
    });
  });

  it('examines only the date columns of a known platform, each on its own', () => {
    const headers = ['\ufeffPledged At', 'Notes', 'Survey Response'];
    const evidence = createDateEvidence(headers, kickstarter);
    evidence.add(['27/03/2024', '27/03/2024', '03/27/2024']);
    evidence.add(['01/02/2024']);
    expect(evidence.result()).toMatchObject([
      { position: 0, header: 'Pledged At', order: 'dmy', ambiguous: 1 },
      { position: 2, header: 'Survey Response', order: 'mdy', ambiguous: 0 },
    ]);
  });

  it('examines every column of an unknown file', () => {
    const evidence = createDateEvidence(['Wann', 'Wer', 'Wieder'], null);
    evidence.add(['27/03/2024', 'Ada', '01/02/2024', 'surplus']);
    expect(evidence.result()).toMatchObject([
      { position: 0, header: 'Wann', order: 'dmy', source: 'evidence' },
      { position: 2, header: 'Wieder', order: null, source: 'none', ambiguous: 1 },
    ]);
  });

  it('counts exactly the ambiguous dates among any cells', () => {
    const number = fc.integer({ min: 0, max: 33 }).map(String);
    const date = fc
      .tuple(number, fc.constantFrom('/', '-', '.'), number, fc.constantFrom('2024', '24', ' '))
      .map(([first, separator, second, year]) => first + separator + second + separator + year);
    const guarded = date.map((text) => `="${text}"`);
    fc.assert(
      fc.property(fc.array(fc.oneof(date, guarded, anyString)), (cells) => {
        const { ambiguous, proofs, order } = findingOf(cells) ?? { ambiguous: 0, proofs: { dmy: 0, mdy: 0 } };
        const isAmbiguous = (text: string) => {
          const read = parseDateTime(text);
          return !read.ok && read.problem.code === 'ambiguous_date';
        };
        expect(ambiguous).toBe(cells.filter(isAmbiguous).length);
        if (order) expect(proofs[order]).toBeGreaterThan(0);
      }),
    );
  });

  it('lets mapKeys read every row of a file in the same order, however the file is cut', () => {
    const order = fc.constantFrom('dmy', 'mdy');
    const days = fc.array(
      fc.date({ min: new Date('1970-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
      { minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(order, days, fc.nat(30), (written, dates, cut) => {
        const headers = ['Order ID', 'Email', 'Date'];
        const rows = dates.map((date, index) => {
          const [year, month, day] = date.toISOString().slice(0, 10).split('-');
          const text = (written === 'dmy' ? [day, month, year] : [month, day, year]).join('/');
          return [String(index), 'ada@example.com', text];
        });
        const evidence = createDateEvidence(headers, generic);
        for (const row of rows) evidence.add(row);
        const [finding] = evidence.result();
        const dateOrders = finding?.order ? [{ position: finding.position, order: finding.order }] : [];
        const read = [rows.slice(0, cut), rows.slice(cut)].flatMap(
          (chunk) => mapKeys(headers, chunk, { dateOrders }).records,
        );
        const proven = dates.some((date) => date.getUTCDate() > 12);
        const expected = dates.filter((date) => proven || date.getUTCDate() === date.getUTCMonth() + 1);
        expect(read.map((record) => record.pledge?.pledgedAt)).toEqual(
          expected.map((date) => `${date.toISOString().slice(0, 10)}T00:00:00.000Z`),
        );
      }),
    );
  });
});
