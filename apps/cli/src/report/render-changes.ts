import type { Schemas } from '@pledgeline/client/node';
import type { IssueGroup } from '../upload/answers.js';
import type { Changes } from '../upload/changes.js';
import { formatCount, groupAmount } from './numbers.js';
import { type ProductNames, renderChange } from './render-change.js';
import { renderIssues } from './render-issues.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { printable } from './text.js';

type Totals = NonNullable<Changes['totals']>;
type CampaignTotals = NonNullable<Totals['campaign']>;

/** What the difference is of, beside the changes themselves. */
export interface ChangedUpload
  extends Pick<Schemas['Upload'], 'filename' | 'campaign' | 'complete' | 'warnings'> {
  /** Why rows are rejected. */
  readonly errors: readonly IssueGroup[];
  readonly products: ProductNames;
}

/** How many units of products a person reads. `--json` has all that the API gives. */
const MAX_UNITS = 15;

/** Renders what an upload would change, or has changed. The text ends with a newline. */
export function renderChanges(changes: Changes, upload: ChangedUpload, style: Style): string {
  const { totals } = changes;
  const sections: readonly Section[] = [
    renderRows(changes, upload, style),
    { title: 'Look at this first', lines: upload.warnings.map(({ message }) => `  ${printable(message)}`) },
    ...(totals?.campaign ? renderCampaign(totals.campaign, style) : []),
    ...(totals === null ? [] : [renderRecords(totals, upload.complete, style)]),
    renderList(changes, upload.products, style),
    renderIssues('Rejected rows, by reason', upload.errors, printable, style),
  ];
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `${style.bold(title)}\n${lines.join('\n')}\n`)
    .join('\n');
}

function renderRows({ status, draft, totals }: Changes, upload: ChangedUpload, style: Style): Section {
  const isOpen = draft.status !== 'DONE' && draft.kind !== 'HISTORY';
  const file = `"${printable(upload.filename ?? 'file')}"`;
  const campaign = `the campaign "${printable(upload.campaign)}"`;
  const title = isOpen
    ? `What ${file} would change in ${campaign}. Nothing of it is written yet`
    : `What ${file} changes in ${campaign}`;
  if (totals === null) return { title, lines: [`  ${status.toLowerCase()}`] };
  const { total, imported, rejected, leftOut } = totals.rows;
  const parts = [
    `${formatCount(imported)} ${isOpen ? 'to import' : 'imported'}`,
    `${formatCount(rejected)} rejected`,
    ...(leftOut > 0 ? [`${formatCount(leftOut)} left out`] : []),
  ];
  const outdated = '  The campaign has changed since. Before it is applied, this is worked out anew.';
  return {
    title,
    lines: [
      `  ${style.dim('Rows'.padEnd(12))}${formatCount(total)} in the file = ${parts.join(' + ')}`,
      ...(draft.outdated && isOpen ? [style.warn(outdated)] : []),
    ],
  };
}

function renderCampaign(
  { pledges, people, money, units, changedProducts }: CampaignTotals,
  style: Style,
): readonly Section[] {
  const counts = [
    ['pledges', ...beforeAfter(pledges)],
    ['people', ...beforeAfter(people)],
  ];
  const ofMoney = money.map(({ currency, status, pledges, amount }) => [
    currency ?? 'no currency',
    status.toLowerCase(),
    ...beforeAfter(pledges),
    `${groupAmount(amount.before)} → ${groupAmount(amount.after)}`,
  ]);
  const ofUnits = units
    .slice(0, MAX_UNITS)
    .map(({ kind, name, ...count }) => [
      kind.toLowerCase().replace('_', '-'),
      printable(name),
      ...beforeAfter(count),
    ]);
  const rest = changedProducts - ofUnits.length;
  return [
    { title: 'The campaign, before → after', lines: renderTable(countColumns, counts, style) },
    { title: 'Pledged', lines: money.length === 0 ? [] : renderTable(moneyColumns, ofMoney, style) },
    {
      title: 'Units owed to backers, where they change',
      lines: [
        ...(units.length === 0 ? [] : renderTable(unitColumns, ofUnits, style)),
        ...(rest > 0 ? [`  … and ${formatCount(rest)} more products`] : []),
      ],
    },
  ];
}

const count = [
  { title: 'before → after', align: 'right' },
  { title: 'change', align: 'right' },
] as const;
const countColumns = [{ title: '' }, ...count] as const;
const moneyColumns = [
  { title: 'currency' },
  { title: 'status' },
  { title: 'pledges', align: 'right' },
  { title: 'change', align: 'right' },
  { title: 'amount', align: 'right' },
] as const;
const unitColumns = [{ title: 'kind' }, { title: 'product', flexible: true }, ...count] as const;

/** `12 → 15` and `+3`. */
function beforeAfter({ before, after }: CampaignTotals['pledges']): readonly [string, string] {
  const sign = after > before ? '+' : '';
  const change = after === before ? '' : `${sign}${formatCount(after - before)}`;
  return [`${formatCount(before)} → ${formatCount(after)}`, change];
}

const kinds = ['created', 'changed', 'unchanged', 'removed', 'missing'] as const;
const recordColumns = [
  { title: 'type' },
  ...kinds.map((title) => ({ title, align: 'right' }) as const),
] as const;

function renderRecords({ records }: Totals, isComplete: boolean, style: Style): Section {
  const rows = Object.entries(records).map(([type, counts]) => [
    `${type}s`,
    ...kinds.map((kind) => formatCount(counts[kind])),
  ]);
  const missing = records.pledge.missing;
  const fate = isComplete
    ? 'become GONE, unless a warning says why not: the file is the whole campaign'
    : 'stay as they are';
  return {
    title: 'Records',
    lines: [
      ...renderTable(recordColumns, rows, style),
      ...(missing > 0
        ? [
            `  Pledges that are not in the file ${fate}.`,
            '  `pnpm cli changes` lists them with --kind missing.',
          ]
        : []),
    ],
  };
}

function renderList({ changes, hasMore }: Changes, products: ProductNames, style: Style): Section {
  const more = hasMore ? ['  … and more; `pnpm cli changes` lists them with --limit, --kind, --field'] : [];
  const lines = changes.flatMap((change) => renderChange(change, products, style));
  return {
    title: `Changes${hasMore ? `, the first ${formatCount(changes.length)}` : ''}`,
    lines: [...lines, ...more],
  };
}
