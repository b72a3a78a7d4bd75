import type { Schemas } from '@pledgeline/client/node';
import { formatCount } from './numbers.js';
import { renderPledged } from './render-statistics.js';
import type { Section } from './section.js';
import type { Style } from './style.js';
import { renderTable } from './table.js';
import { printable } from './text.js';

type Summary = Schemas['CampaignSummary'];

/** How many entries of each list a person reads. `--json` has all that the API gives. */
const MAX_PRODUCTS = 15;
const MAX_COUNTRIES = 15;
const MAX_QUESTIONS = 10;
const MAX_ANSWERS = 8;
const MAX_DAYS = 31;
const BAR = 40;

/** Renders what a campaign holds. The text ends with a newline. */
export function renderCampaignSummary(name: string, summary: Summary, style: Style): string {
  const sections: readonly Section[] = [
    renderPledged(summary.pledged, style),
    renderProducts(summary, style),
    renderCountries(summary, style),
    ...renderQuestions(summary, style),
    renderDays(summary, style),
  ].filter(({ lines }) => lines.length > 0);
  const title = style.bold(`Campaign "${printable(name)}"`);
  if (sections.length === 0) return `${title}\nThere is nothing in it.\n`;
  return [title, ...sections.map((each) => `${style.bold(each.title)}\n${each.lines.join('\n')}`)]
    .map((text) => `${text}\n`)
    .join('\n');
}

function renderProducts({ units, otherUnits }: Summary, style: Style): Section {
  if (units.length === 0) return { title: 'Units', lines: [] };
  const rows = units
    .slice(0, MAX_PRODUCTS)
    .map(({ kind, name, committed, unpaid }) => [
      kind.toLowerCase().replace('_', '-'),
      printable(name),
      formatCount(committed),
      unpaid === null ? '' : formatCount(unpaid),
    ]);
  const columns = [
    { title: 'kind' },
    { title: 'product', flexible: true },
    { title: 'units', align: 'right' },
    { title: 'unpaid', align: 'right' },
  ] as const;
  const left = units.slice(MAX_PRODUCTS);
  const products = left.length + otherUnits.products;
  const committed = left.reduce((sum, each) => sum + each.committed, otherUnits.committed);
  const more =
    products > 0 ? [`  … and ${formatCount(products)} more products, ${formatCount(committed)} units`] : [];
  return {
    title: 'Units owed to backers, by product',
    lines: [...renderTable(columns, rows, style), ...more],
  };
}

function renderCountries({ countries }: Summary, style: Style): Section {
  if (countries.length === 0) return { title: 'Backers', lines: [] };
  const rows = countries
    .slice(0, MAX_COUNTRIES)
    .map(({ country, backers }) => [country ?? 'not known', formatCount(backers)]);
  const left = countries.slice(MAX_COUNTRIES);
  const more =
    left.length > 0
      ? [`  … and ${formatCount(left.length)} more countries, ${formatCount(sumOf(left, 'backers'))} backers`]
      : [];
  const columns = [{ title: 'country' }, { title: 'backers', align: 'right' }] as const;
  return {
    title: 'Backers by country that is shipped to',
    lines: [...renderTable(columns, rows, style), ...more],
  };
}

/** A section for each question. */
function renderQuestions({ questions, otherQuestions }: Summary, style: Style): readonly Section[] {
  const columns = [
    { title: 'answer', flexible: true },
    { title: 'backers', align: 'right' },
  ] as const;
  const shown = questions.slice(0, MAX_QUESTIONS).map(({ question, answers, otherAnswers }) => {
    const left = answers.slice(MAX_ANSWERS);
    const others = left.length + otherAnswers.answers;
    const more = `  … and ${formatCount(others)} other answers, ${formatCount(sumOf(left, 'backers') + otherAnswers.backers)} backers`;
    const rows = answers
      .slice(0, MAX_ANSWERS)
      .map(({ answer, backers }) => [printable(answer), formatCount(backers)]);
    return {
      title: `Answers to "${printable(question)}"`,
      lines: [...renderTable(columns, rows, style), ...(others > 0 ? [more] : [])],
    };
  });
  const left = questions.length - shown.length + otherQuestions;
  if (left === 0) return shown;
  return [
    ...shown,
    { title: 'Other questions', lines: [`  ${formatCount(left)} more; --json has more of them`] },
  ];
}

function renderDays({ days, earlierPledges, undatedPledges }: Summary, style: Style): Section {
  const shown = days.slice(-MAX_DAYS);
  const earlier = earlierPledges + sumOf(days.slice(0, -MAX_DAYS), 'pledges');
  const most = Math.max(1, ...shown.map(({ pledges }) => pledges));
  const rows = shown.map(({ day, pledges }) => [
    day,
    formatCount(pledges),
    '█'.repeat(Math.max(1, Math.round((pledges / most) * BAR))),
  ]);
  const columns = [{ title: 'day' }, { title: 'pledges', align: 'right' }, { title: '' }] as const;
  return {
    title: 'Pledges per day',
    lines: [
      ...(rows.length > 0 ? renderTable(columns, rows, style) : []),
      ...(earlier > 0 ? [`  ${formatCount(earlier)} before these days`] : []),
      ...(undatedPledges > 0 ? [`  ${formatCount(undatedPledges)} on a day that no file says`] : []),
    ],
  };
}

function sumOf<Name extends string>(entries: readonly Readonly<Record<Name, number>>[], name: Name): number {
  return entries.reduce((sum, entry) => sum + entry[name], 0);
}
