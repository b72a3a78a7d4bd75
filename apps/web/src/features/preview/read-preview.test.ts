import { describe, expect, it } from 'vitest';
import type { Preview, TablePreview } from './preview.js';
import { readPreview } from './read-preview.js';

const encode = (lines: readonly string[]) => new TextEncoder().encode(`${lines.join('\n')}\n`);

const read = (lines: readonly string[]): Preview => readPreview({ bytes: encode(lines), isCut: false });

function table(preview: Preview): TablePreview {
  if (preview.kind !== 'table') throw new Error(`The preview is ${JSON.stringify(preview)}`);
  return preview;
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
    expect(preview.isUnderstood).toBe(true);
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
    expect(rows).toEqual({ seen: 3, areAll: true, imported: 1, rejected: 2, leftOut: 0 });
    expect(problems).toMatchObject([
      { code: 'invalid_email', column: 'Email', severity: 'error', count: 2, value: 'alan at example' },
    ]);
  });

  it('of a beginning does not take the row that is cut off for a row', () => {
    const bytes = encode(kickstarter.slice(0, 3)).slice(0, -20);
    const { rows } = table(readPreview({ bytes, isCut: true }));
    expect(rows).toMatchObject({ seen: 1, areAll: false });
  });
});

it('The preview of an unknown file says what will be asked', () => {
  const preview = table(
    read([
      'Nummer,Kontakt,Summe,Zahlungsstatus',
      '1,ada@example.com,"25,00 €",jo',
      '2,bo@example.com,"30,00 €",nö',
    ]),
  );
  expect(preview).toMatchObject({ platform: null, isUnderstood: false });
  expect(preview.questions).toMatchObject([
    { code: 'unknown_words', header: 'Zahlungsstatus', cells: ['jo', 'nö'] },
  ]);
  expect(preview.columns.map(({ meaning }) => meaning)).toEqual(['externalId', 'email', 'amount', null]);
});

it('What only the server can open is not looked at, and what is no table says why', () => {
  expect(readPreview({ bytes: new Uint8Array([0x50, 0x4b, 3, 4, 20, 0]), isCut: false })).toEqual({
    kind: 'packed',
  });
  expect(readPreview({ bytes: new Uint8Array(), isCut: false })).toMatchObject({ kind: 'unreadable' });
});
