import type { Upload } from '../upload/answers.js';
import type { UploadedFile } from '../upload/file-answer.js';

/** An import of a plain file, as the API reports it. */
export const completedUpload: Upload = {
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
  files: [],
  warnings: [],
  failure: null,
  byteCount: 1_250_000,
  rows: { total: 5_000, imported: 4_950, rejected: 50, leftOut: 0, open: 0 },
  chunkErrors: [],
  statistics: {
    upload: {
      records: {
        backers: { created: 4_812, updated: 3, unchanged: 0 },
        products: { created: 14, updated: 0, unchanged: 0 },
        pledges: { created: 4_950, updated: 0, unchanged: 0 },
        surveys: { created: 4_200, updated: 0, unchanged: 7 },
      },
      repairs: [],
      gone: null,
    },
    campaign: {
      totals: [
        { currency: 'USD', status: 'COLLECTED', pledges: 4_600, amount: '412345.10' },
        { currency: 'USD', status: 'DROPPED', pledges: 350, amount: '0.20' },
        { currency: 'EUR', status: 'COLLECTED', pledges: 1, amount: '12.00' },
      ],
      units: Array.from({ length: 18 }, (_, index) => ({
        kind: 'ADD_ON',
        key: String(10_750_000 + index),
        name: index === 0 ? `Lantern ${'very '.repeat(30)}long` : `Add-on ${index}`,
        units: 1_000 - index,
        unpaid: index,
      })),
      unitStatuses: ['COLLECTED', 'PENDING', 'ERRORED'],
      unpaidStatuses: ['PENDING', 'ERRORED'],
      backersWithoutPledge: 0,
    },
  },
  createdAt: '2026-01-01T10:00:00.000Z',
  sealedAt: '2026-01-01T10:00:00.200Z',
  finishedAt: '2026-01-01T10:00:01.000Z',
};

/** A plain file of an upload: UTF-8 with commas, from Kickstarter. */
export const plainFile: UploadedFile = {
  name: null,
  sheet: null,
  skipped: null,
  format: {
    encoding: { name: 'utf-8', source: 'content', certain: true },
    delimiter: { value: ',', source: 'content' },
    headerLine: 1,
    titleLines: [],
  },
  firstRow: 1,
  rowCount: 5_000,
  platform: 'kickstarter',
  detection: { reasons: [], unknownColumns: [], missingColumns: [] },
  dateOrders: [],
  questions: [],
  assumptions: [],
  issueCount: 0,
};

/** A file of an archive that holds no table. */
export function skippedFile(name: string, reason: string): UploadedFile {
  const nothing = {
    sheet: null,
    format: null,
    platform: null,
    detection: null,
    dateOrders: null,
    questions: [],
    assumptions: [],
    issueCount: 0,
  };
  return { ...nothing, name, skipped: reason, firstRow: 1, rowCount: 0 };
}
