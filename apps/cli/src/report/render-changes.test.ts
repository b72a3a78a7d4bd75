import { describe, expect, it } from 'vitest';
import type { Changes, RecordChange } from '../upload/changes.js';
import { progressText } from './progress-text.js';
import { type ChangedUpload, renderChanges } from './render-changes.js';
import { styleFor } from './style.js';
import { displayWidth } from './text.js';

const style = styleFor({ columns: 90 }, { noColor: true });
const none = { created: 0, changed: 0, unchanged: 0, removed: 0, missing: 0 };
const records = {
  backer: none,
  product: none,
  survey: none,
  pledge: { ...none, changed: 1_200, missing: 3 },
};
const rows = { total: 1_200, imported: 1_200, rejected: 0, leftOut: 0 };
const upload: ChangedUpload = {
  filename: 'may\u001b[2J.csv',
  campaign: 'Lanterns',
  complete: false,
  warnings: [],
  errors: [],
  products: new Map([['p1', 'Lamp\u001b[2J']]),
};

function show(
  changes: readonly RecordChange[],
  of: Partial<Changes> = {},
  about: Partial<ChangedUpload> = {},
) {
  const draft = { kind: 'REVIEW', status: 'READY', outdated: false, percent: 100, error: null } as const;
  const totals = { rows, records, campaign: null };
  const all = { status: 'NEEDS_REVIEW', draft, totals, changes, hasMore: false, ...of } as const;
  return renderChanges(all, { ...upload, ...about }, style);
}

const item = (productId: string, quantity: number) => ({ productId, quantity, unitPrice: null });

describe('The changes of an upload as text', () => {
  it('name products in the items of a pledge, and answers by their question', () => {
    const fields: RecordChange['fields'] = [
      { field: 'items', part: null, before: [item('p1', 1)], after: [item('p1', 2), item('p2', 1)] },
      { field: 'answers', part: 'Which colour?', before: 'Blue', after: null },
    ];
    expect(show([{ type: 'pledge', id: '1', kind: 'changed', name: '7', fields }])).toContain(
      `
Changes
  ~ pledge 7
      items              1 × Lamp·[2J → 2 × Lamp·[2J, 1 × p2
      answers: Which colour? Blue → nothing
`,
    );
  });

  it('let no cell control the terminal, or make a line wider than it', () => {
    const long = 'x\u001b[2J'.repeat(60);
    const fields = [{ field: 'name', part: null, before: long, after: long }];
    const text = show([{ type: 'backer', id: '1', kind: 'changed', name: long, fields }]);
    expect(text).not.toContain('\u001b');
    expect(text.split('\n').filter((line) => displayWidth(line) > 90)).toEqual([]);
  });

  it('show the first fields of a new record, and say that there are more', () => {
    const fields = Array.from({ length: 9 }, (_, at) => ({
      field: `f${at}`,
      part: null,
      before: null,
      after: 'v',
    }));
    const text = show([{ type: 'pledge', id: '1', kind: 'created', name: '7', fields }], { hasMore: true });
    expect(text).toContain('\nChanges, the first 1\n  + pledge 7, created\n      f0                 v\n');
    expect(text).toContain('\n      … and 5 more fields\n  … and more; `pnpm cli changes`');
    expect(text).not.toContain('f4');
  });

  it('say what becomes of missing pledges', () => {
    expect(show([])).toContain('\n  Pledges that are not in the file stay as they are.\n');
    expect(show([], {}, { complete: true })).toContain('become GONE, unless a warning says why not');
  });

  it('say that they are of an older campaign, and that they are written already', () => {
    const draft = { kind: 'REVIEW', status: 'READY', outdated: true, percent: 100, error: null } as const;
    expect(show([], { draft })).toContain('The campaign has changed since.');
    const done = show([], { status: 'COMPLETED', draft: { ...draft, status: 'DONE', outdated: false } });
    expect(done).toMatch(/^What "may·\[2J\.csv" changes in the campaign "Lanterns"\n.*1,200 imported/);
  });
});

describe('The progress of an undo', () => {
  it('is a share alone', () => {
    expect(progressText({ phase: 'undoing', share: 0.5 })).toBe('Undoing   ████████████░░░░░░░░░░░░  50 %');
  });
});
