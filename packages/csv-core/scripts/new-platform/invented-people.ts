/** An invented person. */
export interface Person {
  readonly first: string;
  readonly last: string;
  readonly email: string;
  readonly street: string;
  readonly city: string;
  readonly phone: string;
}

const FIRST = [
  'Ada',
  'Bo',
  'Cy',
  'Dee',
  'Eli',
  'Fay',
  'Gus',
  'Hal',
  'Ida',
  'Jo',
  'Kit',
  'Lou',
  'Max',
  'Nell',
  'Ole',
];
const LAST = ['Example', 'Sample', 'Specimen', 'Model', 'Pattern', 'Dummy', 'Instance'];

/** The person with a number, from 0. Their phone numbers are from the range that Ofcom reserves for drama. */
export function inventPerson(number: number): Person {
  const round = Math.floor(number / FIRST.length);
  const first = FIRST[number % FIRST.length] ?? 'Ada';
  const last = LAST[(number + round) % LAST.length] ?? 'Example';
  const name = round === 0 ? first.toLowerCase() : `${first.toLowerCase()}${round + 1}`;
  return {
    first,
    last,
    email: `${name}@example.com`,
    street: `${number + 1} Sample Street`,
    city: 'Sampleton',
    phone: `+44 20 7946 0${String(100 + (number % 900))}`,
  };
}
