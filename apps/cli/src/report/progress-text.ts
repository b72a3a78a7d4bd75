import type { ImportProgress } from '../upload/import-file.js';
import { formatBytes, formatCount } from './numbers.js';

const BAR_WIDTH = 24;

/** The share that is done, 0 to 1. */
export function shareOf(progress: ImportProgress): number {
  const [done, total] =
    progress.phase === 'sending'
      ? [progress.sentBytes, progress.totalBytes]
      : [progress.doneRows, progress.totalRows];
  return total === 0 ? 0 : Math.min(1, done / total);
}

/** `Importing ████░░░░  47 %  2,350 of 5,000 rows  8,120 rows/s  23 rejected`. */
export function progressText(progress: ImportProgress): string {
  const share = shareOf(progress);
  const full = Math.floor(share * BAR_WIDTH);
  const bar = `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  return [titles[progress.phase], bar, percent, detailsOf(progress)].join(' ');
}

const titles = { sending: 'Sending  ', importing: 'Importing' };

function detailsOf(progress: ImportProgress): string {
  if (progress.phase === 'sending') {
    return ` ${formatBytes(progress.sentBytes)} of ${formatBytes(progress.totalBytes)}`;
  }
  const { doneRows, totalRows, rejectedRows, seconds } = progress;
  const rows = `${formatCount(doneRows)} of ${formatCount(totalRows)} rows`;
  const speed = doneRows > 0 && seconds > 0.1 ? `${formatCount(doneRows / seconds)} rows/s` : '';
  const rejected = rejectedRows > 0 ? `${formatCount(rejectedRows)} rejected` : '';
  return ['', rows, speed, rejected]
    .filter((part, at) => at === 0 || part !== '')
    .join('  ')
    .slice(1);
}
