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
  '[Addon: 9001] Dice tray',
  'Rulebook',
  'Survey Response',
  'Shipping Name',
  'Shipping Address 1',
  'Shipping City',
  'Shipping Postal Code',
  'Shipping Country Code',
  'Which colour?',
];

/**
 * Generates a Kickstarter report of invented people. Every 50th row is broken, every 20th person pledges twice. With
 * `otherItems` the same pledges have another number of the add-on each, and half of them the other reward. With `sums`
 * there is a row below every 1,000 that is no record: the sum of a page.
 */
export function sampleFile(
  rows: number,
  {
    lastFirst = false,
    otherItems = false,
    sums = false,
  }: { readonly lastFirst?: boolean; readonly otherItems?: boolean; readonly sums?: boolean } = {},
): { readonly csv: string; readonly broken: number } {
  const lines: string[] = [];
  let broken = 0;
  for (let number = 1; number <= rows; number += 1) {
    const isBroken = number % 50 === 0;
    if (isBroken) broken += 1;
    const person = number % 20 === 1 && number > 20 ? number - 20 : number;
    const isCore = otherItems ? (number + 1) % 4 > 0 : number % 4 > 0;
    const answered = number % 3 !== 0;
    const survey = answered
      ? [
          '2024/05/01, 10:00',
          `Person ${person}`,
          `${number} Main St\nFlat 2`,
          'Ghent',
          '09000',
          'BE',
          number % 2 ? 'red' : 'blue',
        ]
      : ['', '', '', '', '', '', ''];
    lines.push(
      formatCsvRow([
        String(number),
        String(700_000 + person),
        `Person ${person}`,
        isBroken ? 'nobody at example' : `person${person}@example.com`,
        'BE',
        isCore ? 'Core Game' : 'Deluxe',
        isCore ? '$40.00 USD' : '$90.00 USD',
        isCore ? '501' : '502',
        `$${40 + (number % 70)}.50 USD`,
        '2024/03/01, 12:00',
        number % 17 ? 'collected' : 'dropped',
        '',
        String((otherItems ? number + 1 : number) % 3),
        '1',
        ...survey,
      ]),
    );
    if (sums && number % 1_000 === 0) {
      lines.push(
        formatCsvRow(
          headers.map((header, at) =>
            at === 0 ? 'Subtotal' : header === 'Pledge Amount' ? '$9,999.00 USD' : '',
          ),
        ),
      );
    }
  }
  if (lastFirst) lines.reverse();
  return { csv: [formatCsvRow(headers), ...lines].join(''), broken };
}
