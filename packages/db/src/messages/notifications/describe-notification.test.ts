import { describe, expect, it } from 'vitest';
import { describeNotification, oneLine } from './describe-notification.js';
import { type EndpointFacts, type FileIssueFacts, readFacts, type UploadFacts } from './facts.js';

function upload({ rows, ...facts }: Partial<Omit<UploadFacts, 'rows'>> & { rows?: readonly number[] }) {
  const [total = 0, imported = 0, rejected = 0, leftOut = 0] = rows ?? [];
  return {
    kind: 'upload',
    status: 'COMPLETED',
    filename: 'orders.csv',
    campaignId: 'a campaign',
    campaign: 'Lamp',
    failure: null,
    unknownFiles: [],
    assumptions: [],
    unknownFileCount: 0,
    gone: { marked: 0, back: 0 },
    isWorkbook: false,
    fileIssues: { count: 0, errors: 0, codes: [], first: [] },
    ...facts,
    rows: { total, imported, rejected, leftOut, open: total - imported - rejected - leftOut },
  } satisfies UploadFacts;
}

const chunksFailed = { code: 'chunks_failed', message: '5 rows in 1 chunks failed: disk full. Retry.' };
const mismatch = { code: 'accounting_mismatch', message: 'The account does not close (rows). Our fault.' };
const unreadable = { code: 'not_csv', message: 'The file is an image.' };
const seeIssues = 'The issues of the upload say for each rejected row what is wrong.';
const correctThem = 'Correct them and send the file again.';
const correctThese = 'Correct these rows and send them again; those that were imported are not doubled.';
const sayWhatTheyAre = 'Nothing is imported before. Say what they are in the mapping of the upload.';

const unread = (file: string): FileIssueFacts['first'][number] => ({
  file,
  code: 'unread_file',
  message: 'Not read: an old workbook. Save it as .xlsx.',
});
const guess = (file: string | null): FileIssueFacts['first'][number] => ({
  file,
  code: 'uncertain_encoding',
  message: 'The encoding is a guess.',
});
/** Facts about issues of files; `count` is the number of `first` unless given. */
function found(
  errors: readonly FileIssueFacts['first'][number][],
  warnings: readonly FileIssueFacts['first'][number][],
  left = 0,
): FileIssueFacts {
  const first = [...errors, ...warnings];
  const codes = [...new Set(first.map(({ code }) => code))];
  return { count: first.length + left, errors: errors.length, codes, first };
}
const unreadSentence = '"b.xls": Not read: an old workbook. Save it as .xlsx.';

/** What happened, with the facts and the expected text. */
const words: Readonly<Record<string, readonly [facts: UploadFacts, title: string, ...string[]]>> = {
  'every row was imported': [
    upload({ rows: [12_345, 12_345] }),
    '"orders.csv" is imported.',
    'All 12,345 rows were imported.',
  ],
  'the only row was imported': [
    upload({ rows: [1, 1] }),
    '"orders.csv" is imported.',
    'Its only row was imported.',
  ],
  'some rows were rejected': [
    upload({ rows: [1_000, 998, 2] }),
    '"orders.csv" is imported, without its rejected rows.',
    '998 of 1,000 rows were imported, 2 rejected.',
    seeIssues,
    correctThese,
  ],
  'one of two rows was rejected': [
    upload({ rows: [2, 1, 1] }),
    '"orders.csv" is imported, without its rejected rows.',
    '1 of 2 rows was imported, 1 rejected.',
    seeIssues,
    correctThese,
  ],
  'a row was left out': [
    upload({ rows: [4, 3, 0, 1] }),
    '"orders.csv" is imported.',
    '3 of 4 rows were imported.',
    '1 was left out because it is no record, such as a sum or a note; the warnings of the upload say why.',
  ],
  'rows were rejected and left out': [
    upload({ rows: [10, 6, 2, 2] }),
    '"orders.csv" is imported, without its rejected rows.',
    '6 of 10 rows were imported, 2 rejected.',
    '2 were left out because they are no records, such as a sum or a note; the warnings of the upload say why.',
    seeIssues,
    correctThese,
  ],
  'rows were only rejected and left out': [
    upload({ rows: [3, 0, 2, 1] }),
    'Nothing of "orders.csv" was imported.',
    'Of 3 rows, 2 were rejected.',
    '1 was left out because it is no record, such as a sum or a note; the warnings of the upload say why.',
    seeIssues,
    correctThem,
  ],
  'every row was left out': [
    upload({ rows: [2, 0, 0, 2] }),
    'Nothing of "orders.csv" was imported.',
    'All 2 rows were left out because they are no records, such as sums or notes; the warnings of the upload say why.',
    'Correct them and send the file again if one of them is a pledge.',
  ],
  'chunks failed, and a row was left out': [
    upload({ status: 'FAILED', rows: [10, 4, 1, 1], failure: chunksFailed }),
    '"orders.csv" was imported only in part.',
    '4 of 10 rows were imported, 1 rejected, 1 left out, 4 not processed.',
    chunksFailed.message,
    'Only the rows that were not processed are done again.',
  ],
  'every row was rejected': [
    upload({ rows: [3, 0, 3] }),
    'Nothing of "orders.csv" was imported.',
    'All 3 rows were rejected.',
    seeIssues,
    correctThem,
  ],
  'the only row of an unnamed file was rejected': [
    upload({ rows: [1, 0, 1], filename: null }),
    'Nothing of the file was imported.',
    'Its only row was rejected.',
    seeIssues,
    correctThem,
  ],
  'an unnamed file was imported': [
    upload({ rows: [2, 2], filename: null }),
    'The file is imported.',
    'All 2 rows were imported.',
  ],
  'some chunks failed': [
    upload({ status: 'FAILED', rows: [10, 4, 1], failure: chunksFailed }),
    '"orders.csv" was imported only in part.',
    '4 of 10 rows were imported, 1 rejected, 5 not processed.',
    chunksFailed.message,
    'Only the rows that were not processed are done again.',
  ],
  'all chunks failed': [
    upload({ status: 'FAILED', rows: [5], failure: chunksFailed }),
    '"orders.csv" was not imported.',
    '0 of 5 rows were imported, 0 rejected, 5 not processed.',
    chunksFailed.message,
    'Only the rows that were not processed are done again.',
  ],
  'the account does not close though every row was imported': [
    upload({ status: 'FAILED', rows: [3, 3], failure: mismatch }),
    'The account of "orders.csv" does not close.',
    '3 of 3 rows were imported, 0 rejected, 0 not processed.',
    mismatch.message,
    'Tell us; nothing has to be done about the file.',
  ],
  'the file could not be read': [
    upload({ status: 'FAILED', failure: unreadable }),
    '"orders.csv" could not be imported.',
    unreadable.message,
    'Nothing of it was stored.',
  ],
  'an unnamed file could not be read, and nobody wrote down why': [
    upload({ status: 'FAILED', filename: null }),
    'The file could not be imported.',
    'Nothing of it was stored.',
  ],
  'it was canceled in the middle': [
    upload({ status: 'CANCELED', rows: [9, 1, 1] }),
    'The import of "orders.csv" was canceled.',
    '1 of 9 rows was imported, 1 rejected, 7 not processed.',
    'What was imported before stays. To import the rest, send the file again.',
  ],
  'it was canceled before anything was imported': [
    upload({ status: 'CANCELED', rows: [1], filename: null }),
    'The import of the file was canceled.',
    '0 of 1 row were imported, 0 rejected, 1 not processed.',
    'To import it, send the file again.',
  ],
  'a file of an archive could not be read': [
    upload({ rows: [12, 12], filename: 'x.zip', fileIssues: found([unread('b.xls')], []) }),
    '"x.zip" is imported, but not all of its files could be read.',
    'All 12 rows of the files that were read were imported.',
    unreadSentence,
  ],
  'all but a file of an archive is one row': [
    upload({ rows: [1, 1], filename: null, fileIssues: found([unread('b.xls')], []) }),
    'The file is imported, but not all of its files could be read.',
    'The only row of the files that were read was imported.',
    unreadSentence,
  ],
  'a sheet of a workbook was not read': [
    upload({ rows: [2, 2], isWorkbook: true, fileIssues: found([unread('More')], []) }),
    '"orders.csv" is imported, but not all of its sheets were read.',
    'All 2 rows of the sheet that was read were imported.',
    '"More": Not read: an old workbook. Save it as .xlsx.',
  ],
  'a file could not be read, and rows of the others were rejected': [
    upload({ rows: [1_000, 998, 2], filename: 'x.zip', fileIssues: found([unread('b.xls')], []) }),
    '"x.zip" is imported, without its rejected rows, and not all of its files could be read.',
    '998 of 1,000 rows of the files that were read were imported, 2 rejected.',
    seeIssues,
    correctThese,
    unreadSentence,
  ],
  'a file could not be read, and no row of the others was right': [
    upload({ rows: [3, 0, 3], filename: 'x.zip', fileIssues: found([unread('b.xls')], []) }),
    'Nothing of "x.zip" was imported.',
    'All 3 rows of the files that were read were rejected.',
    seeIssues,
    correctThem,
    'Besides, not all of its files could be read.',
    unreadSentence,
  ],
  'there is something to look at': [
    upload({ rows: [2, 2], fileIssues: found([], [guess(null)]) }),
    '"orders.csv" is imported.',
    'All 2 rows were imported.',
    'Look at this: The encoding is a guess.',
  ],
  'there is more to look at than is named': [
    upload({
      rows: [2, 2],
      filename: 'x.zip',
      fileIssues: found([unread('b.xls')], [guess('c.csv'), guess('d.csv')], 1_001),
    }),
    '"x.zip" is imported, but not all of its files could be read.',
    'All 2 rows of the files that were read were imported.',
    unreadSentence,
    'Look at this: "c.csv": The encoding is a guess.',
    '"d.csv": The encoding is a guess.',
    'There are 1,001 more: see the issues of the upload.',
  ],
  'it failed in part, and there is one thing more to look at than is named': [
    upload({
      status: 'FAILED',
      rows: [10, 4, 1],
      failure: chunksFailed,
      fileIssues: found([unread('b.xls')], [], 1),
    }),
    '"orders.csv" was imported only in part.',
    '4 of 10 rows were imported, 1 rejected, 5 not processed.',
    chunksFailed.message,
    'Only the rows that were not processed are done again.',
    'Besides, not all of its files could be read.',
    unreadSentence,
    'There is 1 more: see the issues of the upload.',
  ],
  'it was canceled, and there is something to look at': [
    upload({ status: 'CANCELED', rows: [9, 1, 1], fileIssues: found([], [guess(null)]) }),
    'The import of "orders.csv" was canceled.',
    '1 of 9 rows was imported, 1 rejected, 7 not processed.',
    'What was imported before stays. To import the rest, send the file again.',
    'Look at this: The encoding is a guess.',
  ],
  'nobody knows the columns of a workbook, of which a sheet was not read': [
    upload({
      status: 'NEEDS_MAPPING',
      unknownFiles: [{ name: 'Orders', reasons: [] }],
      unknownFileCount: 1,
      isWorkbook: true,
      fileIssues: found([unread('More')], []),
    }),
    '"orders.csv" waits for you to say what its columns are.',
    'The columns of "Orders" are not those of a known platform.',
    sayWhatTheyAre,
    'Besides, not all of its sheets were read.',
    '"More": Not read: an old workbook. Save it as .xlsx.',
  ],
  'nobody knows the columns of a plain file': [
    upload({
      status: 'NEEDS_MAPPING',
      unknownFiles: [{ name: null, reasons: ['No column name is known', '2 unknown columns'] }],
      unknownFileCount: 1,
    }),
    '"orders.csv" waits for you to say what its columns are.',
    'The columns are not those of a known platform: No column name is known; 2 unknown columns.',
    sayWhatTheyAre,
  ],
  'nobody knows the columns of two files in an archive': [
    upload({
      status: 'NEEDS_MAPPING',
      filename: null,
      unknownFiles: [
        { name: 'a.csv', reasons: ['No column name is known'] },
        { name: 'b.csv', reasons: [] },
      ],
      unknownFileCount: 2,
    }),
    'The file waits for you to say what its columns are.',
    'The columns of "a.csv" are not those of a known platform: No column name is known.',
    'The columns of "b.csv" are not those of a known platform.',
    sayWhatTheyAre,
  ],
  'there is one file more than are named': [
    upload({ status: 'NEEDS_MAPPING', unknownFiles: [{ name: 'a', reasons: ['No'] }], unknownFileCount: 2 }),
    '"orders.csv" waits for you to say what its columns are.',
    'The columns of "a" are not those of a known platform: No.',
    'The same goes for 1 other file.',
    sayWhatTheyAre,
  ],
  'there are a thousand more files than are named': [
    upload({
      status: 'NEEDS_MAPPING',
      unknownFiles: [{ name: 'a', reasons: ['No'] }],
      unknownFileCount: 1_001,
    }),
    '"orders.csv" waits for you to say what its columns are.',
    'The columns of "a" are not those of a known platform: No.',
    'The same goes for 1,000 other files.',
    sayWhatTheyAre,
  ],
};

describe('the text of a message about an upload', () => {
  it.each(Object.entries(words))('says that %s', (_what, [facts, title, ...sentences]) => {
    expect(describeNotification(facts)).toEqual({ title, sentences });
  });

  it('writes counts with the given format', () => {
    const formatCount = (count: number) => `<${count}>`;
    const some = describeNotification(upload({ rows: [12_345, 12_000, 345] }), { formatCount });
    expect(some.sentences[0]).toBe('<12000> of <12345> rows were imported, <345> rejected.');
    const unknown = upload({ status: 'NEEDS_MAPPING', unknownFileCount: 1_000 });
    expect(describeNotification(unknown, { formatCount }).sentences[0]).toContain('<1000> other files');
  });

  it.each([
    ['quotes', 'the "final" one\'s.csv', '"the "final" one\'s.csv" is imported. All 2 rows were imported.'],
    [
      'other alphabets',
      'Bestellungen 最新 🎲.csv',
      '"Bestellungen 最新 🎲.csv" is imported. All 2 rows were imported.',
    ],
    ['line breaks', 'a\r\nb\u2028c\u0085d.csv', '"a b c d.csv" is imported. All 2 rows were imported.'],
    ['a direction mark', 'a\u202evsc', '"a\ufffdvsc" is imported. All 2 rows were imported.'],
  ])('stay in one line around a file name with %s', (_what, filename, line) => {
    expect(oneLine(describeNotification(upload({ rows: [2, 2], filename })))).toBe(line);
  });
});

describe('the facts of a message', () => {
  const facts = upload({ rows: [2, 2], fileIssues: found([unread('b.xls')], [guess('c.csv')], 7) });

  it('are read as they were written', () => {
    expect(readFacts(JSON.parse(JSON.stringify(facts)))).toEqual(facts);
  });

  it('are read without issues of files when the release before wrote them', () => {
    const { isWorkbook: _, fileIssues: __, ...older } = facts;
    const read = readFacts(older);
    expect(read).toEqual(upload({ rows: [2, 2] }));
    expect(read && describeNotification(read).sentences).toEqual(['All 2 rows were imported.']);
  });

  it('are read without unknown properties when a newer release wrote them', () => {
    const newer = { ...facts, mood: 'good', fileIssues: { ...facts.fileIssues, files: 2 } };
    expect(readFacts(newer)).toEqual(facts);
  });
});

describe('the text of a message about an upload after which pledges are GONE', () => {
  it.each([
    [
      { marked: 1, back: 0 },
      [
        '1 pledge of the campaign is GONE now, because a file of the whole campaign does not name it; no units are counted for it.',
      ],
    ],
    [
      { marked: 1_200, back: 2 },
      [
        '1,200 pledges of the campaign are GONE now, because a file of the whole campaign does not name them; no units are counted for them.',
        '2 pledges that were GONE are back.',
      ],
    ],
    [{ marked: 0, back: 1 }, ['1 pledge that was GONE is back.']],
    [{ marked: 0, back: 0 }, []],
  ])('says how many, and how many are back: %o', (gone, sentences) => {
    expect(describeNotification(upload({ rows: [2, 2], gone })).sentences).toEqual([
      'All 2 rows were imported.',
      ...sentences,
    ]);
  });

  it('is read where a release before wrote it without these numbers', () => {
    const { gone: _gone, ...facts } = upload({ rows: [2, 2] });
    expect(readFacts(facts)).toMatchObject({ gone: { marked: 0, back: 0 } });
  });
});

describe('the text of a message about an endpoint that was switched off', () => {
  const reasons: readonly (readonly [EndpointFacts['reason'], string])[] = [
    ['gone', 'It answered 410 Gone: it wants no more messages.'],
    ['failing', 'Every message to it has failed for days.'],
  ];
  it.each(reasons)('gives the reason: %s', (reason, why) => {
    const facts: EndpointFacts = {
      kind: 'endpoint',
      description: '',
      endpointId: 'an id',
      host: 'hooks.example.com:8443',
      reason,
    };
    expect(describeNotification(facts)).toEqual({
      title: 'The webhook endpoint at hooks.example.com:8443 is switched off.',
      sentences: [why, 'Repair it, switch it on again, and replay the messages that it missed.'],
    });
  });

  it('has the description that the merchant gave the endpoint', () => {
    const facts = {
      kind: 'endpoint',
      endpointId: '1',
      host: 'hooks.example.com',
      description: 'Warehouse',
      reason: 'gone',
    } as const;
    expect(describeNotification(facts).title).toBe(
      'The webhook endpoint at hooks.example.com (Warehouse) is switched off.',
    );
  });
});
