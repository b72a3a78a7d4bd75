import { type DateOrder, findPlatform, platforms, readDelimiter } from '@pledgeline/csv-core';
import { InvalidArgumentError } from 'commander';

/** Parses a whole number in a range, written with digits, `_` or `,`. */
export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = /^[\d_,]+$/.test(text) ? Number(text.replace(/[_,]/g, '')) : Number.NaN;
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
  };
}

/** Parses the number of a line, as far down as the API looks for a header. */
export function lineNumber(text: string): number {
  return wholeNumber(1, 10_000)(text);
}

/** Parses the number of a file in an upload. */
export function fileNumber(text: string): number {
  return wholeNumber(0, 1_000_000)(text);
}

/** Parses the name of a platform that this version knows. */
export function platformName(text: string): string {
  if (findPlatform(text) !== undefined) return text;
  throw new InvalidArgumentError(`It must be one of: ${platforms.map(({ name }) => name).join(', ')}.`);
}

/** Parses a name that is not blank. */
export function nonBlank(text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('It must not be blank.');
}

/** Parses the id of an upload. */
export const uploadId = readId;

/** Parses the id of a key. */
export const keyId = readId;

/** Parses the id of anything. */
export function readId(text: string): string {
  if (isId(text)) return text;
  throw new InvalidArgumentError('It must be an id such as 019aaf00-0000-7000-8000-000000000000.');
}

/** Whether a text has the form of an id. */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** The most units that the API takes. */
const MAX_UNITS = 2_147_483_647;

/** Parses how many units of a product are there, or that it is not known. */
export function unitsOnHand(text: string): number | 'unknown' {
  return text === 'unknown' ? text : wholeNumber(0, MAX_UNITS)(text);
}

/** Parses a time in the future: a day, which means its beginning in UTC, or a time with its offset. */
export function futureTime(text: string): Date {
  const time = dayOrTime(text);
  if (time.getTime() > Date.now()) return time;
  throw new InvalidArgumentError('It must lie in the future.');
}

/** Parses a time since when something is asked for, as the API wants it: a day, which means its beginning in UTC, or a time with its offset. */
export function pastTime(text: string): string {
  return dayOrTime(text).toISOString();
}

/** Parses names with commas, in any case, of which each must be known. */
export function statusList(known: readonly string[]): (text: string) => string {
  return (text) => {
    const names = text.split(',').map((name) => name.trim().toUpperCase());
    if (names.every((name) => known.includes(name))) return names.join(',');
    throw new InvalidArgumentError(
      `It must be one or several of these, with commas: ${known.join(', ').toLowerCase()}.`,
    );
  };
}

/** Parses names with commas, of which each must be known. */
export function nameList(known: readonly string[]): (text: string) => string {
  return (text) => {
    const names = text.split(',').map((name) => name.trim().toLowerCase());
    if (names.every((name) => known.includes(name))) return names.join(',');
    throw new InvalidArgumentError(`It must be one or several of these, with commas: ${known.join(', ')}.`);
  };
}

function dayOrTime(text: string): Date {
  const parts = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text);
  const day = new Date(parts?.[1] ?? '');
  const time = new Date(parts === null ? '' : text);
  // 30 February would become 1 March.
  const isReal = !Number.isNaN(day.getTime()) && parts?.[1] === day.toISOString().slice(0, 10);
  if (!isReal || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(
      'It must be a day such as 2027-11-23, or a time such as 2027-11-23T12:00:00Z.',
    );
  }
  return time;
}

/** Parses the address of an API. */
export function httpAddress(text: string): string {
  if (URL.canParse(text) && /^https?:\/\//.test(text)) return text;
  throw new InvalidArgumentError('It must be an address such as http://127.0.0.1:3000.');
}

/** Parses a delimiter: one character, or a name, because some are hard to write in a shell. */
export function delimiterCharacter(text: string): string {
  const character = readDelimiter(text);
  if (character !== null) return character;
  throw new InvalidArgumentError('It must be one character, or comma, semicolon, tab or pipe.');
}

/** Parses the order of day and month in dates. */
export function dateOrder(text: string): DateOrder {
  if (text === 'dmy' || text === 'mdy') return text;
  throw new InvalidArgumentError('It must be dmy (03/04/2024 is 3 April) or mdy (it is March 4).');
}
