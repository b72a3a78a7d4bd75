import type { Schemas } from '@pledgeline/client';
import { describe, expect, it } from 'vitest';
import { type UnknownFile, writeAnswers } from './file-answers.js';
import { answersAsRead, asRead } from './read-answers.js';

const file: UnknownFile = {
  file: 0,
  name: null,
  sheet: null,
  detection: null,
  headers: ['Nummer', 'Post', 'Stand'],
  rows: [['1', 'ada@example.com', 'jo']],
  questions: [],
  suggestion: null,
};
const report: Schemas['File'] = {
  name: null,
  sheet: null,
  skipped: null,
  format: null,
  firstRow: 1,
  rowCount: 1,
  platform: 'generic',
  detection: null,
  columns: [
    { position: 0, as: 'externalId' },
    { position: 1, as: 'kept' },
    { position: 2, as: 'status', values: { jo: 'COLLECTED' } },
  ],
  questions: [],
  assumptions: [],
  dateOrders: [
    {
      position: 0,
      header: 'Nummer',
      order: 'dmy',
      source: 'requested',
      ambiguous: 0,
      proofs: { dmy: 0, mdy: 0 },
      conflicting: false,
    },
  ],
  issueCount: 0,
};

describe('The columns of a file that was read', () => {
  it('are said again as they were, when nobody changes anything', () => {
    const answers = answersAsRead(file, report);
    expect(writeAnswers(asRead(file, report), answers)).toEqual({
      file: 0,
      columns: report.columns,
      dateOrder: 'dmy',
    });
  });

  it('have a word that is taken back no more', () => {
    const answers = { ...answersAsRead(file, report), words: new Map() };
    expect(writeAnswers(asRead(file, report), answers)).toMatchObject({
      columns: [
        { position: 0, as: 'externalId' },
        { position: 1, as: 'kept' },
        { position: 2, as: 'status' },
      ],
    });
  });

  it('stay those of the platform, where one is known', () => {
    expect(answersAsRead(file, { ...report, platform: 'kickstarter', columns: null })).toMatchObject({
      isSkipped: true,
      isPeople: false,
    });
    expect(answersAsRead(file, { ...report, platform: 'people' })).toMatchObject({
      isSkipped: false,
      isPeople: true,
    });
  });
});
