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
export function uploadId(text: string): string {
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text;
  throw new InvalidArgumentError('It must be an id such as 019aaf00-0000-7000-8000-000000000000.');
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
