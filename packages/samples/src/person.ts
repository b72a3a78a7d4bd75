import { createRandom, type Random } from './random.js';

/** Somebody who does not exist. */
export interface Person {
  readonly uid: string;
  readonly name: string;
  readonly email: string;
  readonly country: Country;
  readonly addressLine1: string;
  readonly addressLine2: string;
  readonly city: string;
  readonly state: string;
  readonly postalCode: string;
  readonly phone: string;
}

export interface Country {
  readonly code: string;
  readonly name: string;
  /** What the creator charges for shipping there. */
  readonly shippingCents: number;
  readonly places: readonly [Place, ...Place[]];
  readonly phone: (random: Random) => string;
}

/** City, state and the first postal codes of a city. */
type Place = readonly [city: string, state: string, postalCode: string];

// Phone numbers are of the ranges that each country's regulator sets aside for fiction.
const countries: readonly [Country, ...Country[]] = [
  {
    code: 'US',
    name: 'United States',
    shippingCents: 800,
    places: [
      ['Cambridge', 'MA', '02139'],
      ['Portland', 'OR', '97205'],
      ['Austin', 'TX', '78701'],
      ['Newark', 'NJ', '07102'],
    ],
    phone: (random) => `+1 ${random.pick(['617', '503', '512'])} 155 ${digits(random, 4)}`,
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    shippingCents: 1200,
    places: [
      ['London', '', 'SE1 7PB'],
      ['Leeds', 'West Yorkshire', 'LS1 4AP'],
    ],
    phone: (random) => `+44 7700 900${digits(random, 3)}`,
  },
  {
    code: 'DE',
    name: 'Germany',
    shippingCents: 1450,
    places: [
      ['Dresden', 'Sachsen', '01067'],
      ['Köln', 'Nordrhein-Westfalen', '50667'],
    ],
    phone: (random) => `+49 30 23125 ${digits(random, 3)}`,
  },
  {
    code: 'FR',
    name: 'France',
    shippingCents: 1450,
    places: [
      ['Bourg-en-Bresse', '', '01000'],
      ["Villeneuve-d'Ascq", '', '59650'],
    ],
    phone: (random) => `+33 1 99 00 ${digits(random, 2)} ${digits(random, 2)}`,
  },
  {
    code: 'CA',
    name: 'Canada',
    shippingCents: 1500,
    places: [
      ['Montréal', 'QC', 'H2Y 1C6'],
      ['Vancouver', 'BC', 'V6B 1A1'],
    ],
    phone: (random) => `+1 604 155 ${digits(random, 4)}`,
  },
  {
    code: 'AU',
    name: 'Australia',
    shippingCents: 2200,
    places: [
      ['Darwin', 'NT', '0800'],
      ['Melbourne', 'VIC', '3000'],
    ],
    phone: (random) => `+61 491 570 ${random.pick(['156', '157', '158', '159', '110'])}`,
  },
  {
    code: 'JP',
    name: 'Japan',
    shippingCents: 1900,
    places: [
      ['札幌市', '北海道', '060-0001'],
      ['Osaka', 'Osaka', '530-0001'],
    ],
    phone: () => '',
  },
];

const firstNames = [
  'Ada',
  'Björn',
  'Chloé',
  'Dmitri',
  'Eilidh',
  'Fatima',
  'Grace "Gigi"',
  'Hiroshi',
  'Inés',
  'Jonas',
  'Kwame',
  'Léa',
  'Mei',
  'Noor',
  'Oluwaseun',
  'Priya',
  'Quentin',
  'Rosalía',
  'Søren',
  '太郎',
] as const;

const lastNames = [
  'Abernathy',
  'Brontë-Smith',
  'Castillo',
  'Dvořák',
  "O'Dowd",
  'Farrow, Jr.',
  'Grünwald',
  'Hosseini',
  'Ibáñez',
  'Jansson',
  'Kowalska',
  'Lindqvist',
  'Mbeki',
  'Nakamura',
  'Oyelaran',
  'Petrov',
  'Quill',
  'Rossi',
  'Şahin',
  '山田',
] as const;

const streets = [
  'Hill Street',
  'Lindenweg',
  'Rue des Lilas',
  'Mill Lane',
  'Harbour Road',
  'Oak Avenue',
] as const;

/** Keeps people apart from the rows, which draw from streams of their own. */
const PERSON_STREAM = 0x4000_0000;

/** The person of that number: always the same one for the same seed. */
export function inventPerson(seed: number, number: number): Person {
  const random = createRandom(seed, PERSON_STREAM + number);
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  // Half of the backers live in the first country, as is usual.
  const country = random.chance(0.5) ? countries[0] : random.pick(countries);
  const [city, state, postalCode] = random.pick(country.places);
  const house = `${random.between(1, 299)} ${random.pick(streets)}`;
  return {
    uid: String(100_000_000 + number * 7 + random.between(0, 6)),
    name: `${first} ${last}`,
    email: `${asciiWord(first)}.${asciiWord(last)}.${number}@example.com`,
    country,
    // Kickstarter writes what people type, line breaks included.
    addressLine1: random.chance(0.08) ? `${house}\nBuilding ${random.pick(['A', 'B', 'C'])}` : house,
    addressLine2: random.chance(0.2) ? `Apt. ${random.between(1, 40)}` : '',
    city,
    state,
    postalCode,
    phone: country.phone(random),
  };
}

function asciiWord(name: string): string {
  const plain = name.normalize('NFD').replace(/[^A-Za-z]/g, '');
  return plain === '' ? 'backer' : plain.toLowerCase();
}

function digits(random: Random, count: number): string {
  return String(random.between(0, 10 ** count - 1)).padStart(count, '0');
}
