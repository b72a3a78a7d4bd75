import { describe, expect, it } from 'vitest';
import type { ImportProgress } from '../upload/import-file.js';
import { createProgressLine } from './progress-line.js';
import { progressText } from './progress-text.js';

function importing(doneRows: number): ImportProgress {
  const share = doneRows / 1_000;
  const speed = { rowsPerSecond: 235, secondsLeft: 2 };
  return { phase: 'importing', doneRows, totalRows: 1_000, rejectedRows: 12, share, ...speed };
}

function show(isTTY: boolean): string {
  let written = '';
  const line = createProgressLine({ isTTY, columns: 100, write: (text) => (written += text) });
  line.show({ phase: 'sending', sentBytes: 500, totalBytes: 1_000 });
  line.show({ phase: 'sending', sentBytes: 1_000, totalBytes: 1_000 });
  for (let rows = 0; rows <= 1_000; rows += 10) line.show(importing(rows));
  line.end();
  return written;
}

describe('The progress of an import', () => {
  it('shows rows, speed and rejected rows', () => {
    expect(progressText(importing(470))).toBe(
      'Importing ███████████░░░░░░░░░░░░░  47 %  470 of 1,000 rows  235 rows/s  2 s left  12 rejected',
    );
  });

  it('fits a narrow terminal with a shorter bar', () => {
    expect(progressText(importing(470), 82)).toBe(
      'Importing █████░░░░░░░  47 %  470 of 1,000 rows  235 rows/s  2 s left  12 rejected',
    );
  });

  it('shows bytes while the file is sent', () => {
    expect(progressText({ phase: 'sending', sentBytes: 1_500_000, totalBytes: 3_000_000 })).toContain(
      '50 %  1.5 MB of 3.0 MB',
    );
  });

  it('is one redrawn line per phase on a terminal, which ends at the last state', () => {
    const written = show(true);
    expect(written.split('\n')).toHaveLength(3);
    expect(written).toContain('1,000 of 1,000 rows');
  });

  it('is one line for each tenth of the rows where no terminal is', () => {
    const written = show(false);
    expect(written).not.toContain('\r');
    expect(written.trim().split('\n')).toHaveLength(2 + 10);
  });
});
