import { formatAmount } from '@pledgeline/csv-core/map';
import type { PledgeTotal, Statistics } from '../upload/answers.js';
import { addAmounts, formatCount, groupAmount } from './numbers.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { printable } from './text.js';

/** Renders how many records of each type were created, updated and unchanged, and how many pledges are gone or back. */
export function renderRecords(
  { records, gone }: Pick<Statistics['upload'], 'records' | 'gone'>,
  backersWithoutPledge: number,
  style: Style,
): Section {
  const rows = Object.entries(records).map(([type, { created, updated, unchanged }]) => [
    type,
    ...[created, updated, unchanged].map(formatCount),
  ]);
  const lines = renderTable(
    [
      { title: 'type' },
      { title: 'created', align: 'right' },
      { title: 'updated', align: 'right' },
      { title: 'unchanged', align: 'right' },
    ],
    rows,
    style,
  );
  const orphans =
    backersWithoutPledge === 0
      ? []
      : [`  ${formatCount(backersWithoutPledge)} backers of the campaign are left without a pledge.`];
  return { title: 'Records', lines: [...lines, ...orphans, ...goneLines(gone)] };
}

function goneLines(gone: Statistics['upload']['gone']): readonly string[] {
  if (gone === null) return [];
  const { marked, back, notMarked } = gone;
  return [
    ...(marked === 0
      ? []
      : [`  ${formatCount(marked)} pledges are gone: a file of the whole campaign does not name them.`]),
    ...(back === 0 ? [] : [`  ${formatCount(back)} pledges that were gone are back.`]),
    ...(notMarked === null ? [] : ['  No pledge is marked as gone; the warnings say why.']),
  ];
}

/** Renders pledged amounts by currency and status, with a sum per currency. Currencies are never added. */
export function renderPledged(totals: readonly PledgeTotal[], style: Style): Section {
  const currencies = [...new Set(totals.map(({ currency }) => currency))];
  const rows = currencies.flatMap((currency) => {
    const own = totals.filter((total) => total.currency === currency);
    const name = currency ?? 'no currency';
    const line = (status: string, pledges: number, amount: string): readonly string[] => [
      name,
      status,
      formatCount(pledges),
      groupAmount(formatAmount(amount, currency)),
    ];
    const sum = line(
      'all',
      own.reduce((pledges, total) => pledges + total.pledges, 0),
      addAmounts(own.map(({ amount }) => amount)),
    );
    const each = own.map((total) => line(total.status.toLowerCase(), total.pledges, total.amount));
    return own.length > 1 ? [...each, sum] : each;
  });
  if (rows.length === 0) return { title: 'Pledged', lines: [] };
  const columns = [
    { title: 'currency' },
    { title: 'status' },
    { title: 'pledges', align: 'right' },
    { title: 'amount', align: 'right' },
  ] as const;
  return { title: 'Pledged', lines: renderTable(columns, rows, style) };
}

const MAX_PRODUCTS = 15;

/** Renders the units that are owed to backers, products with most units first. */
export function renderUnits(
  {
    units,
    unitStatuses,
    unpaidStatuses,
  }: Pick<Statistics['campaign'], 'units' | 'unitStatuses' | 'unpaidStatuses'>,
  style: Style,
): Section {
  if (units.length === 0) return { title: 'Units', lines: [] };
  const sorted = [...units].sort((a, b) => b.units - a.units);
  const rows = sorted.slice(0, MAX_PRODUCTS).map(({ kind, name, key, units: count, unpaid }) => [
    kind.toLowerCase().replace('_', '-'),
    printable(name),
    // The key of a product without an id is its name.
    key === name ? '' : printable(key),
    formatCount(count),
    unpaid === null ? '' : formatCount(unpaid),
  ]);
  const columns = [
    { title: 'kind' },
    { title: 'product', flexible: true },
    { title: 'key', flexible: true },
    { title: 'units', align: 'right' },
    { title: 'unpaid', align: 'right' },
  ] as const;
  const rest = sorted.length - MAX_PRODUCTS;
  const more = rest > 0 ? [`  … and ${formatCount(rest)} more`] : [];
  return {
    title: 'Units owed to backers, by product',
    lines: [
      ...renderTable(columns, rows, style),
      ...more,
      `  ${style.dim(`Of pledges that are ${nameStatuses(unitStatuses)}; unpaid: ${nameStatuses(unpaidStatuses)}.`)}`,
    ],
  };
}

function nameStatuses(statuses: readonly string[]): string {
  return statuses.map((status) => status.toLowerCase()).join(', ');
}
