import { describe, expect, it } from 'vitest';
import { firstAnswers, type UnknownFile, unknownWords, writeAnswers } from './file-answers.js';

const column = (position: number, as: 'email' | 'amount' | 'status' | 'kept', currency?: string) => ({
  position,
  as,
  header: `H${position}`,
  score: 0.9,
  reason: 'named so',
  alternatives: [],
  ...(currency !== undefined && { currency }),
});

const file: UnknownFile = {
  file: 2,
  name: null,
  sheet: null,
  detection: null,
  headers: ['Mail', 'Betrag (EUR)', 'Bezahlt', 'Extra'],
  rows: [['ada@example.com', '25,00', 'jo', 'x']],
  questions: [
    {
      code: 'unknown_words',
      position: 2,
      header: 'Bezahlt',
      message: 'What does it mean?',
      cells: ['jo', 'nö'],
    },
    {
      code: 'missing_column',
      position: null,
      header: null,
      message: 'Where is the number?',
      cells: ['not a word'],
    },
  ],
  suggestion: {
    columns: [column(0, 'email'), column(1, 'amount', 'EUR'), column(2, 'status')],
    missing: [],
    confidence: 0.8,
  },
};

describe('The answers about an unknown file', () => {
  it('begin with the suggestion, and keep what it knows of the currency', () => {
    expect(writeAnswers(file, firstAnswers(file))).toEqual({
      file: 2,
      columns: [
        { position: 0, as: 'email' },
        { position: 1, as: 'amount', currency: 'EUR' },
        { position: 2, as: 'status' },
      ],
    });
  });

  it('say what words mean, at the column of the status', () => {
    expect(unknownWords(file, 2)).toEqual(['jo', 'nö']);
    expect(unknownWords(file, 0)).toEqual([]);
    const answers = { ...firstAnswers(file), words: new Map([['jo', 'COLLECTED' as const]]) };
    expect(writeAnswers(file, answers)).toMatchObject({
      columns: [{ position: 0 }, { position: 1 }, { position: 2, as: 'status', values: { jo: 'COLLECTED' } }],
    });
  });

  it('leave open what is asked, whatever is suggested: a status that is only kept would be lost', () => {
    const question = {
      code: 'unclear_column',
      position: 2,
      header: 'Bezahlt',
      message: '?',
      cells: ['jo'],
    } as const;
    const asked = { ...file, questions: [{ ...question, cells: ['jo'] }] };
    expect(firstAnswers(asked).columns).toEqual(['email', 'amount', null, null]);
    expect(unknownWords(asked, 2)).toEqual(['jo']);
  });

  it('forget the currency of a column that is something else', () => {
    const answers = { ...firstAnswers(file), columns: [null, 'kept', null, 'externalId'] as const };
    expect(writeAnswers(file, answers)).toEqual({
      file: 2,
      columns: [
        { position: 1, as: 'kept' },
        { position: 3, as: 'externalId' },
      ],
    });
  });

  it('are short for a list of people, and for a file that is left out', () => {
    expect(writeAnswers(file, { ...firstAnswers(file), isPeople: true, dateOrder: 'dmy' })).toEqual({
      file: 2,
      people: true,
      dateOrder: 'dmy',
    });
    expect(writeAnswers(file, { ...firstAnswers(file), isPeople: true, isSkipped: true })).toEqual({
      file: 2,
      skip: true,
    });
  });
});
