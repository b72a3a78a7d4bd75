import { describe, expect, it } from 'vitest';
import { mapKeys } from '../map-keys.js';
import { assignableFields, type ColumnAssignment, columnAssignmentSchema } from './column-assignment.js';

const assign = (...words: readonly ColumnAssignment['as'][]): readonly ColumnAssignment[] =>
  words.map((as, position) => ({ position, as }));

describe('columns that a person has mapped', () => {
  const headers = ['Nummer', 'Wer', 'Mail', 'Betrag', 'Würfel', 'Karte', 'Farbe?', 'Sonst', 'Müll'];
  const columns = assign(
    'externalId',
    'backerName',
    'email',
    'amount',
    'add-on',
    'item',
    'question',
    'kept',
    'ignored',
  );
  const row = ['7', 'Ada', 'ada@example.com', '5,50 €', '2', '1', 'rot', 'x', 'y'];

  it('are read as mapped', () => {
    const { platform, records, issues } = mapKeys(headers, [row], { columns });
    expect(issues).toEqual([]);
    expect(platform).toBe('generic');
    expect(records).toMatchObject([
      {
        backer: { name: 'Ada', email: 'ada@example.com' },
        pledge: {
          platform: 'generic',
          externalId: '7',
          amount: '5.50',
          currency: 'EUR',
          items: [
            { kind: 'ADD_ON', productKey: 'Würfel', quantity: 2 },
            { kind: 'ITEM', productKey: 'Karte', quantity: 1 },
          ],
          extra: { Sonst: 'x' },
        },
        survey: { answers: [{ position: 6, question: 'Farbe?', answer: 'rot' }] },
      },
    ]);
  });

  it('are read as mapped even if their headers name other fields', () => {
    const { records } = mapKeys(['Email', 'Order ID'], [['1', 'ada@example.com']], {
      columns: assign('externalId', 'email'),
    });
    expect(records).toMatchObject([{ backer: { email: 'ada@example.com' }, pledge: { externalId: '1' } }]);
  });

  it('are kept with the pledge if they are left out of the mapping', () => {
    const [, , email, ...others] = columns;
    if (email === undefined) throw new Error('no e-mail');
    const { records } = mapKeys(headers, [row], { columns: [{ position: 0, as: 'externalId' }, email] });
    expect(others).toHaveLength(6);
    expect(records[0]?.pledge?.extra).toEqual({
      Wer: 'Ada',
      Betrag: '5,50 €',
      Würfel: '2',
      Karte: '1',
      'Farbe?': 'rot',
      Sonst: 'x',
      Müll: 'y',
    });
  });

  it('are never stored if they are secret', () => {
    const { records } = mapKeys(['ID', 'Email', 'Card Number'], [['1', 'ada@example.com', '4111']], {
      columns: assign('externalId', 'email', 'notes'),
    });
    expect(JSON.stringify(records)).not.toContain('4111');
  });

  it('may be two for one field: the first in the list with a filled cell is read', () => {
    const assignments: readonly ColumnAssignment[] = [
      { position: 2, as: 'email' },
      { position: 0, as: 'externalId' },
      { position: 1, as: 'email' },
    ];
    const rows = [
      ['1', 'old@example.com', 'new@example.com'],
      ['2', 'old@example.com', ''],
    ];
    const { records } = mapKeys(['a', 'b', 'c'], rows, { columns: assignments });
    expect(records.map(({ backer }) => backer.email)).toEqual(['new@example.com', 'old@example.com']);
  });

  it('are read with the status words and rules of the named platform', () => {
    const { records } = mapKeys(['a', 'b', 'c'], [['1', 'ada@example.com', 'dropped']], {
      platform: 'kickstarter',
      columns: [...assign('externalId', 'email', 'status'), { position: 2, as: 'amount' }],
    });
    expect(records).toEqual([]);
    const good = mapKeys(['a', 'b', 'c', 'd'], [['1', 'ada@example.com', 'dropped', '$5']], {
      platform: 'kickstarter',
      columns: assign('externalId', 'email', 'status', 'amount'),
    });
    expect(good.records[0]?.pledge).toMatchObject({ platform: 'kickstarter', status: 'DROPPED' });
  });

  it('are ignored if they are beyond the file or mapped a second time', () => {
    const { records } = mapKeys(['a', 'b'], [['1', 'ada@example.com']], {
      columns: [
        ...assign('externalId', 'email'),
        { position: 1, as: 'notes' },
        { position: 9, as: 'amount' },
      ],
    });
    expect(records[0]?.pledge).toMatchObject({ notes: null, amount: null });
  });

  it('group the rows of one order', () => {
    const { records } = mapKeys(
      ['a', 'b', 'c'],
      [
        ['1', 'ada@example.com', 'Mug'],
        ['1', 'ada@example.com', 'Hat'],
      ],
      { columns: assign('externalId', 'email', 'productName') },
    );
    expect(records).toMatchObject([{ rowCount: 2 }]);
  });
});

describe('columnAssignmentSchema', () => {
  it('accepts every field and role, and nothing else', () => {
    for (const as of [...assignableFields, 'item', 'add-on', 'question', 'kept', 'ignored']) {
      expect(columnAssignmentSchema.safeParse({ position: 0, as }).success).toBe(true);
    }
    for (const bad of [
      { position: -1, as: 'email' },
      { position: 0, as: 'secret' },
      { position: 0.5, as: 'email' },
      { position: 0, as: 'toString' },
    ]) {
      expect(columnAssignmentSchema.safeParse(bad).success).toBe(false);
    }
  });
});
