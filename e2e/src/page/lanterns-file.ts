import { formatCsvRow } from '@pledgeline/csv-core';

const headers = [
  'Backer Number',
  'Backer UID',
  'Backer Name',
  'Email',
  'Shipping Country',
  'Reward Title',
  'Backing Minimum',
  'Reward ID',
  'Pledge Amount',
  'Pledged At',
  'Pledged Status',
  'Notes',
  'Survey Response',
  'Shipping Name',
  'Shipping Address 1',
  'Shipping City',
  'Shipping Postal Code',
  'Shipping Country Name',
  'Shipping Country Code',
];

const names = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Tony', 'Radia', 'Ken'];
const surnames = ['Novak', 'Okafor', 'Lindqvist', 'Moreau', 'Tanaka', 'Silva', 'Weber', 'Murphy', 'Rossi'];
const countries = ['US', 'US', 'US', 'US', 'DE', 'DE', 'GB', 'GB', 'CA', 'FR', 'AU', 'NL', 'JP'];
const countryNames = new Intl.DisplayNames('en', { type: 'region' });
const rewards = [
  { title: 'One lantern', price: 39 },
  { title: 'One lantern', price: 39 },
  { title: 'One lantern', price: 39 },
  { title: 'A pair of lanterns', price: 72 },
  { title: 'A pair of lanterns', price: 72 },
  { title: 'The whole street', price: 320 },
];

/** An invented Kickstarter report of 1,842 pledges, with some mistakes in it, that is the same each time. */
export function lanternsFile(): string {
  const rows = Array.from({ length: 1_842 }, (_, at) => row(at + 1));
  return [headers, ...rows].map((cells) => formatCsvRow(cells)).join('');
}

function row(number: number): readonly string[] {
  const pick = <T>(list: readonly T[], step: number): T => {
    const picked = list[(number * step + Math.floor(number / 7)) % list.length];
    if (picked === undefined) throw new RangeError('There is nothing to pick');
    return picked;
  };
  const first = pick(names, 3);
  const last = pick(surnames, 5);
  const { title, price } = pick(rewards, 1);
  const country = pick(countries, 5);
  const email = `${first}.${last}${number}`.toLowerCase();
  // Most back a campaign in its first days.
  const day = 1 + Math.floor(28 * (number / 1_842) ** 2);
  return [
    String(number),
    String(2_000_000 + number * 7),
    `${first} ${last}`,
    number % 230 === 0 ? `${email} at example.com` : `${email}@example.com`,
    country,
    title,
    `$${price}.00 USD`,
    String(100 + rewards.findIndex((reward) => reward.title === title)),
    number % 611 === 0 ? 'forty' : `$${price + (number % 4) * 5}.00 USD`,
    `2026/03/${String(day).padStart(2, '0')}, ${String(number % 24).padStart(2, '0')}:00`,
    number % 40 === 0 ? 'dropped' : 'collected',
    '',
    `2026/05/${String(1 + (number % 28)).padStart(2, '0')}, 12:00`,
    `${first} ${last}`,
    `${number} Harbour Street`,
    'Springfield',
    String(10_000 + number),
    countryNames.of(country) ?? '',
    country,
  ];
}
