import type { BackerRecord } from '../schemas/backer.js';

/** What tells whether two rows are of the same person. */
export type Person = Pick<BackerRecord, 'identity' | 'email' | 'name'>;

/** The identity of a person of whom nothing but the pledge is known. */
const OF_PLEDGE = /^[^:]*:pledge:/;

/**
 * Whether rows with the same number are certainly of different people: their e-mail addresses differ and their names are
 * not the same; or, where none has an e-mail address, their numbers of the person or their names differ.
 */
export function areSeveralPeople(people: readonly Person[]): boolean {
  const names = new Set(people.flatMap(({ name }) => (name === null ? [] : [plainName(name)])));
  const emails = new Set(people.flatMap(({ email, identity }) => (email === null ? [] : [identity])));
  if (emails.size > 1) return names.size !== 1 || people.some(({ name }) => name === null);
  if (emails.size === 1) return false;
  const numbers = new Set(people.flatMap(({ identity }) => (OF_PLEDGE.test(identity) ? [] : [identity])));
  return names.size > 1 || numbers.size > 1;
}

function plainName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}
