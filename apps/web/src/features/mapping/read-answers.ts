import type { Schemas } from '@pledgeline/client';
import { type FileAnswers, firstAnswers, type UnknownFile } from './file-answers.js';

type FileReport = Schemas['File'];

/**
 * A file that was read already, with its columns as they are now in place of what they may be; so what is not changed stays as it
 * is. One of a platform that we know has no such columns, and keeps what they may be.
 */
export function asRead(file: UnknownFile, { columns }: FileReport): UnknownFile {
  if (columns === null) return { ...file, questions: [] };
  return {
    ...file,
    questions: [],
    suggestion: {
      columns: columns.map(({ position, as, currency }) => ({
        position,
        as,
        ...(currency !== undefined && { currency }),
        header: file.headers[position] ?? '',
        score: 1,
        reason: '',
        alternatives: [],
      })),
      missing: [],
      confidence: 1,
    },
  };
}

/** The answers that a person starts with: what was said when the file was read. */
export function answersAsRead(file: UnknownFile, report: FileReport): FileAnswers {
  const { columns, platform, dateOrders } = report;
  const status = columns?.find(({ as }) => as === 'status');
  return {
    ...firstAnswers(asRead(file, report)),
    words: new Map(Object.entries(status?.values ?? {})),
    dateOrder: dateOrders?.find(({ source }) => source === 'requested')?.order ?? null,
    isPeople: platform === 'people',
    // What a platform's own reading knows is more than columns can say.
    isSkipped: columns === null && platform !== 'people',
  };
}
