import type { ImportProgress } from '../upload/import-file.js';
import { formatBytes, formatCount } from './numbers.js';

const MAX_BAR = 24;
const MIN_BAR = 8;

/** The share that is done, 0 to 1. */
export function shareOf(progress: ImportProgress): number {
  const [done, total] =
    progress.phase === 'sending'
      ? [progress.sentBytes, progress.totalBytes]
      : [progress.doneRows, progress.totalRows];
  return total === 0 ? 0 : Math.min(1, done / total);
}

/** `Importing ████░░░░  47 %  2,350 of 5,000 rows  8,120 rows/s  23 rejected`. The bar fills the rest of `width`. */
export function progressText(progress: ImportProgress, width = 100): string {
  const share = shareOf(progress);
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const text = `${percent}  ${detailsOf(progress)}`;
  const left = width - titles[progress.phase].length - text.length - 2;
  const length = Math.max(MIN_BAR, Math.min(MAX_BAR, left));
  const full = Math.floor(share * length);
  return `${titles[progress.phase]} ${'█'.repeat(full)}${'░'.repeat(length - full)} ${text}`;
}

const titles = { sending: 'Sending  ', importing: 'Importing' };

function detailsOf(progress: ImportProgress): string {
  if (progress.phase === 'sending') {
    return `${formatBytes(progress.sentBytes)} of ${formatBytes(progress.totalBytes)}`;
  }
  const { doneRows, totalRows, rejectedRows, seconds } = progress;
  const rows = `${formatCount(doneRows)} of ${formatCount(totalRows)} rows`;
  const speed = doneRows > 0 && seconds > 0.1 ? `${formatCount(doneRows / seconds)} rows/s` : '';
  const rejected = rejectedRows > 0 ? `${formatCount(rejectedRows)} rejected` : '';
  return [rows, speed, rejected].filter((part) => part !== '').join('  ');
}
