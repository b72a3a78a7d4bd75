import { statusWords } from './open-questions.js';
import { columnOf } from './propose-columns.js';
import type { Proposal } from './propose-platform.js';
import type { Sample } from './sample.js';

/** What the script has assumed, for a person to check. */
export function assumptions({ columns, definition, platform }: Proposal, sample: Sample): readonly string[] {
  const status = columnOf(columns, 'status');
  const words = [...statusWords(sample, status).keys()].flatMap((word) => {
    const meaning = Object.hasOwn(platform.statuses, word) ? platform.statuses[word] : undefined;
    const isGiven = Object.hasOwn(definition.statuses ?? {}, word);
    return meaning === undefined || isGiven ? [] : [`${word} → ${meaning}`];
  });
  const secrets = columns.filter(({ as }) => as === 'secret').map(({ header }) => `"${header}"`);
  const blank = columns.filter(({ position }) =>
    sample.rows.every((row) => (row[position] ?? '').trim() === ''),
  );
  return [
    ...(words.length > 0 ? [`Statuses mean what they usually mean: ${words.join(', ')}.`] : []),
    ...(status === undefined ? ['No column has the payment status: every row counts as collected.'] : []),
    ...(platform.orderRows === 'one'
      ? ['Every row is an order of its own: no two consecutive rows have the same number.']
      : [`An order may have several rows (\`orderRows: '${platform.orderRows}'\`).`]),
    ...(definition.dateOrder
      ? [`Every file writes dates as ${definition.dateOrder}, as this one does.`]
      : []),
    ...(definition.decimalMark
      ? [`The decimal mark of every file is "${definition.decimalMark}", as in this one.`]
      : []),
    ...(definition.currency ? [`All amounts are in ${definition.currency}.`] : []),
    secrets.length > 0
      ? `Secret, and never stored: ${secrets.join(', ')}. Add to \`secrets\` what else must not be stored.`
      : 'No column is secret. Add to `secrets` what must not be stored.',
    ...(blank.length > 0
      ? [
          `Blank in the whole file: ${blank.map(({ header }) => `"${header}"`).join(', ')}. They are known only by their names.`,
        ]
      : []),
  ];
}
