import { sampleAddOns, sampleItems, sampleQuestions } from './campaign.js';

/** Columns before the counted ones, as Kickstarter's backer reports since 2020 have them. */
const before = [
  'Backer Number',
  'Backer UID',
  'Backer Name',
  'Email',
  'Shipping Country',
  'Shipping Amount',
  'Reward Title',
  'Backing Minimum',
  'Reward ID',
  'Bonus Support',
  'Pledge Amount',
  'Pledged At',
  'Fulfillment Status',
  'Pledged Status',
  'Notes',
] as const;

const after = [
  'Survey Response',
  'Shipping Name',
  'Shipping Address 1',
  'Shipping Address 2',
  'Shipping City',
  'Shipping State',
  'Shipping Postal Code',
  'Shipping Country Name',
  'Shipping Country Code',
  'Shipping Phone Number',
  'Shipping Delivery Notes',
] as const;

/** A column that has the same name in every campaign. */
export type SampleColumn = (typeof before)[number] | (typeof after)[number];

/** The header row. Add-on and item columns stand between `Notes` and `Survey Response`, questions at the end. */
export const sampleHeaders: readonly string[] = [
  ...before,
  ...sampleAddOns.map(({ id, name }) => `[Addon: ${id}] ${name}`),
  ...sampleItems,
  ...after,
  ...sampleQuestions,
];

/** The cells of one row, still by name. */
export interface SampleCells {
  readonly before: Readonly<Record<(typeof before)[number], string>>;
  readonly addOns: readonly number[];
  readonly items: readonly number[];
  /** Null: the survey is not answered, and the row ends early, as Kickstarter's do. */
  readonly survey: {
    readonly after: Readonly<Record<(typeof after)[number], string>>;
    readonly answers: readonly string[];
  } | null;
}

/** The cells in the order of {@link sampleHeaders}. */
export function arrangeCells(cells: SampleCells): string[] {
  const counts = [...cells.addOns, ...cells.items].map((count) => (count === 0 ? '' : String(count)));
  const start = [...before.map((column) => cells.before[column]), ...counts];
  if (cells.survey === null) return start;
  const { survey } = cells;
  return [...start, ...after.map((column) => survey.after[column]), ...survey.answers];
}
