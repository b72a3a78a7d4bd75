import { formatCsvRow } from '@pledgeline/csv-core';
import { type Breakage, breakageOf } from './breakage.js';
import { type SampleReward, sampleAddOns, sampleRewards } from './campaign.js';
import { inventPerson, type Person } from './person.js';
import { createRandom, type Random } from './random.js';
import { arrangeCells, type SampleCells, sampleHeaders } from './sample-columns.js';

export interface SampleOptions {
  /** Rows below the header. */
  readonly rows: number;
  /** Another seed, other people. Default 1. */
  readonly seed?: number | undefined;
}

/** One row of the sample, and what is wrong with it. */
export interface SampleRow {
  readonly cells: readonly string[];
  /** Null for a good row. */
  readonly breakage: Breakage | null;
}

/** UTF-16 units per piece of text: large enough that writing pieces costs nothing, small enough for memory. */
const PIECE_LENGTH = 65_536;

/**
 * A Kickstarter backer report of an invented campaign, in pieces of text: the same bytes for the same options on
 * every machine, and memory that does not grow with the rows.
 */
export function* kickstarterSample(options: SampleOptions): Generator<string, void, undefined> {
  // Kickstarter's files begin with a byte order mark.
  let piece = `\ufeff${formatCsvRow(sampleHeaders)}`;
  for (const { cells } of sampleRows(options)) {
    piece += formatCsvRow(cells);
    if (piece.length < PIECE_LENGTH) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The rows of {@link kickstarterSample} one by one. About one in a hundred is broken, each kind in turn. */
export function* sampleRows({ rows, seed = 1 }: SampleOptions): Generator<SampleRow, void, undefined> {
  for (let row = 1; row <= rows; row += 1) {
    const breakage = breakageOf(seed, row);
    const cells = arrangeCells(inventRow(seed, row, breakage?.code === 'too_many_cells'));
    yield { cells: breakage === null ? cells : breakRow(cells, breakage), breakage };
  }
}

function breakRow(cells: readonly string[], { column, cell }: Breakage): string[] {
  if (column === null || cell === null) return [...cells, 'please'];
  const position = sampleHeaders.indexOf(column);
  return cells.map((before, at) => (at === position ? cell : before));
}

function inventRow(seed: number, row: number, mustAnswer: boolean): SampleCells {
  const random = createRandom(seed, row);
  const person = inventPerson(seed, personNumber(random, row));
  const reward = pickReward(random);
  const addOns = sampleAddOns.map(() => (random.chance(0.18) ? random.between(1, 3) : 0));
  const bonusCents = random.chance(0.1) ? random.between(1, 20) * 100 : 0;
  const shippingCents = reward.id === '' ? 0 : person.country.shippingCents;
  const addOnCents = sampleAddOns.reduce((sum, { cents }, at) => sum + cents * (addOns[at] ?? 0), 0);
  const status = inventStatus(random);
  return {
    before: {
      // Kickstarter never gives a number twice; the gaps are pledges that were canceled before the end.
      'Backer Number': String(row + Math.floor(row / 29)),
      'Backer UID': person.uid,
      'Backer Name': person.name,
      Email: random.chance(0.003) ? '' : person.email,
      'Shipping Country': person.country.code,
      'Shipping Amount': dollars(shippingCents),
      'Reward Title': reward.title,
      'Backing Minimum': dollars(reward.cents),
      'Reward ID': reward.id,
      'Bonus Support': dollars(bonusCents),
      'Pledge Amount': dollars(reward.cents + bonusCents + shippingCents + addOnCents),
      'Pledged At': inventDate(random, 9),
      'Fulfillment Status': '',
      'Pledged Status': status,
      Notes: random.chance(0.02) ? 'Met us at the fair, "big fan".\nAsked twice about the playmat.' : '',
    },
    addOns,
    items: reward.items,
    survey: mustAnswer || random.chance(0.85) ? inventSurvey(random, person) : null,
  };
}

/** Now and then somebody backs twice, as they do with late pledges. */
function personNumber(random: Random, row: number): number {
  return row > 1 && random.chance(0.03) ? random.between(1, row - 1) : row;
}

function pickReward(random: Random): SampleReward {
  let rest = random.fraction();
  for (const reward of sampleRewards) {
    rest -= reward.share;
    if (rest < 0) return reward;
  }
  return sampleRewards[0];
}

function inventStatus(random: Random): string {
  const share = random.fraction();
  if (share < 0.93) return 'collected';
  if (share < 0.955) return 'errored';
  if (share < 0.975) return 'dropped';
  return share < 0.99 ? 'pending' : 'canceled';
}

function inventSurvey(random: Random, person: Person): NonNullable<SampleCells['survey']> {
  return {
    after: {
      'Survey Response': inventDate(random, 11),
      'Shipping Name': person.name,
      'Shipping Address 1': person.addressLine1,
      'Shipping Address 2': person.addressLine2,
      'Shipping City': person.city,
      'Shipping State': person.state,
      'Shipping Postal Code': person.postalCode,
      'Shipping Country Name': person.country.name,
      'Shipping Country Code': person.country.code,
      'Shipping Phone Number': person.phone,
      'Shipping Delivery Notes': random.chance(0.05) ? 'Blue door, ring twice.\nThe dog is friendly.' : '',
    },
    answers: [
      random.chance(0.1) ? 'No response' : person.name,
      random.pick(['English', 'English', 'Deutsch', 'Français', '日本語 🎲']),
    ],
  };
}

/** A time in that month of 2025 or the next, as Kickstarter writes it. */
function inventDate(random: Random, month: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `2025/${two(month + random.between(0, 1))}/${two(random.between(1, 28))}`;
  return `${day}, ${two(random.between(0, 23))}:${two(random.between(0, 59))}`;
}

function dollars(cents: number): string {
  const whole = String(Math.floor(cents / 100)).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `$${whole}.${String(cents % 100).padStart(2, '0')} USD`;
}
