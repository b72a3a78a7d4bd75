import { describe, expect, it } from 'vitest';
import { type FileAnswers, firstAnswers, type UnknownFile } from './file-answers.js';
import { openQuestions } from './open-questions.js';

const file: UnknownFile = {
  file: 0,
  name: null,
  sheet: null,
  detection: null,
  headers: ['Nr', 'Mail', 'Bezahlt'],
  rows: [],
  questions: [
    { code: 'missing_column', position: null, header: null, message: 'Where is the number?', cells: [] },
    { code: 'unclear_column', position: 2, header: 'Bezahlt', message: 'Is it paid?', cells: ['jo'] },
  ],
  suggestion: null,
};

const codesFor = (answers: Partial<FileAnswers>) =>
  openQuestions(file, { ...firstAnswers(file), ...answers }).map(({ code }) => code);

describe('A question about a file', () => {
  it('is open until its column is said, and until every word of a status is', () => {
    expect(codesFor({})).toEqual(['missing_column', 'unclear_column']);
    expect(codesFor({ columns: ['externalId', null, 'kept'] })).toEqual(['missing_column']);
    expect(codesFor({ columns: ['externalId', 'email', 'status'] })).toEqual(['unclear_column']);
    const words = new Map([['jo', 'COLLECTED' as const]]);
    expect(codesFor({ columns: ['externalId', 'email', 'status'], words })).toEqual([]);
  });

  it('of pledges is none of a list of people, and none of a file that is left out', () => {
    expect(codesFor({ columns: [null, 'email', null], isPeople: true })).toEqual([]);
    expect(codesFor({ isPeople: true })).toEqual(['missing_column']);
    expect(codesFor({ isSkipped: true })).toEqual([]);
  });
});
