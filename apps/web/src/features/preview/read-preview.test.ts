import { describe, expect, it } from 'vitest';
import { firstAnswers } from '../mapping/file-answers.js';
import { readBeginning } from './beginning.js';
import type { Look } from './look.js';
import type { Preview, TablePreview } from './preview.js';
import { readPreview } from './read-preview.js';

const encode = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);

const nothingSaid: Look = { answers: new Map(), isOwn: false, templates: [] };

function readBytes(bytes: Uint8Array, { isCut = false, ...said }: Partial<Look> & { isCut?: boolean } = {}) {
  return readPreview({ bytes, isCut, wasPacked: false }, { ...nothingSaid, ...said });
}

const read = (lines: readonly string[], said: Partial<Look> = {}): Preview => readBytes(encode(lines), said);

function table(preview: Preview): TablePreview {
  const first = preview.kind === 'seen' ? preview.tables[0] : undefined;
  if (first?.kind !== 'table') throw new Error(`The preview is ${JSON.stringify(preview)}`);
  return first;
}

const kickstarter = [
  'Backer Number,Backer UID,Backer Name,Email,Shipping Country Code,Reward Title,Pledge Amount,Pledged At,Pledged Status,Survey URL',
  '1,1001,Grace,grace@example.com,DE,Lamp,"€1,025.00",2026-03-01 10:00,collected,https://example.com/secret',
  '2,1002,Alan,alan at example,US,Lamp,$30.00,2026-03-02 10:00,collected,https://example.com/secret',
  '3,1003,Ada,ada@example,US,Lamp,$30.00,2026-03-02 10:00,collected,https://example.com/secret',
];

describe('The preview of a file of a platform', () => {
  it('says what it is, and why', () => {
    const preview = table(read(kickstarter));
    expect(preview.platform).toBe('Kickstarter');
    expect(preview.unknown).toBeNull();
    expect(preview.reasons.length).toBeGreaterThan(0);
    expect([preview.encoding, preview.delimiter]).toEqual(['UTF-8', ',']);
  });

  it('shows cells as they are understood, and never a secret', () => {
    const { columns } = table(read(kickstarter));
    const byHeader = new Map(columns.map((column) => [column.header, column]));
    expect(byHeader.get('Pledge Amount')).toMatchObject({
      meaning: 'amount',
      samples: [
        { raw: '€1,025.00', understood: '1025.00 EUR' },
        { raw: '$30.00', understood: null },
      ],
    });
    expect(byHeader.get('Shipping Country Code')?.samples[0]).toEqual({ raw: 'DE', understood: 'DE' });
    expect(byHeader.get('Survey URL')).toMatchObject({ meaning: 'secret', samples: [] });
    expect(JSON.stringify(columns)).not.toContain('example.com/secret');
  });

  it('counts what would happen, and the problems by their reason', () => {
    const { rows, problems } = table(read(kickstarter));
    expect(rows).toEqual({
      seen: 3,
      areAll: true,
      outcome: { imported: 1, rejected: 2, leftOut: 0 },
    });
    expect(problems).toMatchObject([
      { code: 'invalid_email', column: 'Email', severity: 'error', count: 2, value: 'alan at example' },
    ]);
  });

  it('of a beginning does not take the row that is cut off for a row', () => {
    const bytes = encode(kickstarter.slice(0, 3)).slice(0, -20);
    const { rows } = table(readBytes(bytes, { isCut: true }));
    expect(rows).toMatchObject({ seen: 1, areAll: false });
  });
});

const unknownLines = [
  'Nummer,Kontakt,Summe,Zahlungsstatus',
  '1,ada@example.com,"25,00 €",jo',
  '2,bo@example.com,"30,00 €",nö',
];

describe('The preview of an unknown file', () => {
  it('says what must be answered, and suggests the rest', () => {
    const { platform, unknown, columns } = table(read(unknownLines));
    expect(platform).toBeNull();
    expect(unknown?.questions).toMatchObject([
      { code: 'unknown_words', header: 'Zahlungsstatus', cells: ['jo', 'nö'] },
    ]);
    expect(unknown?.suggestion?.columns.map(({ as }) => as)).toEqual([
      'externalId',
      'email',
      'amount',
      'status',
    ]);
    expect(columns[2]?.samples[0]).toEqual({ raw: '25,00 €', understood: '25.00 EUR' });
  });

  it('counts and understands by what a person has answered', () => {
    const { unknown } = table(read(unknownLines));
    if (unknown === null) throw new Error('Nothing is asked');
    const words = new Map([
      ['jo', 'COLLECTED' as const],
      ['nö', 'PENDING' as const],
    ]);
    const answers = new Map([
      [0, { ...firstAnswers(unknown), columns: ['externalId', 'email', 'kept', 'status'] as const, words }],
    ]);
    const { rows, columns, assumptions } = table(read(unknownLines, { answers }));
    expect(assumptions).toContain('The file has no date of the pledge.');
    expect(rows.outcome).toEqual({ imported: 2, rejected: 0, leftOut: 0 });
    expect(columns[2]).toMatchObject({ meaning: 'kept', samples: [{ understood: null }, {}] });
    expect(columns[3]?.samples).toEqual([
      { raw: 'jo', understood: 'COLLECTED' },
      { raw: 'nö', understood: 'PENDING' },
    ]);
  });

  it('suggests columns also of a platform, when a person wants to say what they are', () => {
    const { platform, unknown } = table(read(kickstarter, { isOwn: true }));
    expect(platform).toBeNull();
    expect(unknown?.suggestion?.columns).toHaveLength(10);
  });
});

describe('A packed file', () => {
  const inBlob = async (bytes: Uint8Array<ArrayBuffer>) =>
    new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))).blob();

  it('is unpacked here where it is gzip, but only its beginning', async () => {
    const beginning = await readBeginning(await inBlob(new Uint8Array(3 * 1024 ** 2).fill(65)));
    expect(beginning).toMatchObject({ isCut: true, wasPacked: true });
    expect(beginning?.bytes).toHaveLength(2 * 1024 ** 2);
    const whole = await readBeginning(await inBlob(new TextEncoder().encode('a,b')));
    expect(whole).toEqual({ bytes: new TextEncoder().encode('a,b'), isCut: false, wasPacked: true });
  });

  it('is for the server where it is an archive, a workbook or damaged', async () => {
    const zip = new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]);
    expect(await readBeginning(new Blob([zip]))).toBeNull();
    expect(await readBeginning(await inBlob(zip))).toBeNull();
    expect(await readBeginning(new Blob([new Uint8Array([0x1f, 0x8b, 1, 2, 3])]))).toBeNull();
  });
});

it('What is no table says why', () => {
  expect(readBytes(new Uint8Array())).toMatchObject({ kind: 'unreadable' });
});
