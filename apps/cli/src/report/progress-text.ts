import type { ImportProgress } from '../upload/import-file.js';
import { formatBytes, formatCount, formatSeconds } from './numbers.js';

const MAX_BAR = 24;
const MIN_BAR = 8;

/** The share that is done, 0 to 1. */
export function shareOf(progress: ImportProgress): number {
  if (progress.phase !== 'sending') return progress.share;
  const { sentBytes, totalBytes } = progress;
  return totalBytes === 0 ? 0 : Math.min(1, sentBytes / totalBytes);
}

/** `Importing ████░░░░  47 %  2,350 of 5,000 rows  8,120 rows/s  3 s left  23 rejected`. The bar fills the rest of `width`. */
export function progressText(progress: ImportProgress, width = 100): string {
  const share = shareOf(progress);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const text = `${percent}  ${detailsOf(progress)}`.trimEnd();
  const left = width - titles[progress.phase].length - text.length - 2;
  const length = Math.max(MIN_BAR, Math.min(MAX_BAR, left));
  const full = Math.floor(share * length);
  return `${titles[progress.phase]} ${'█'.repeat(full)}${'░'.repeat(length - full)} ${text}`;
}

const titles = {
  sending: 'Sending  ',
  importing: 'Importing',
  reviewing: 'Reviewing',
  comparing: 'Comparing',
  undoing: 'Undoing  ',
} as const satisfies Record<ImportProgress['phase'], string>;

function detailsOf(progress: ImportProgress): string {
  if (progress.phase === 'sending') {
    return `${formatBytes(progress.sentBytes)} of ${formatBytes(progress.totalBytes)}`;
  }
  if (!('doneRows' in progress)) return '';
  const { doneRows, totalRows, rejectedRows, rowsPerSecond, secondsLeft } = progress;
  const rows = `${formatCount(doneRows)} of ${formatCount(totalRows)} rows`;
  const speed = rowsPerSecond === null ? '' : `${formatCount(rowsPerSecond)} rows/s`;
  const left =
    secondsLeft === null || progress.share === 1
      ? ''
      : `${secondsLeft < 60 ? `${secondsLeft} s` : formatSeconds(secondsLeft)} left`;
  const rejected = rejectedRows > 0 ? `${formatCount(rejectedRows)} rejected` : '';
  return [rows, speed, left, rejected].filter((part) => part !== '').join('  ');
}
