import * as z from 'zod/mini';
import { maxKeyLength, maxLineLength, maxTextLength } from './lengths.js';

/** Decimal text with a point, at most 15 digits before it and 4 after it, as `numeric(19,4)` stores. Never a float. */
export const amountSchema = z.string().check(z.regex(/^-?\d{1,15}(?:\.\d{1,4})?$/));

/** ISO 4217 code. */
export const currencySchema = z.string().check(z.regex(/^[A-Z]{3}$/));

/** ISO 3166-1 alpha-2 code. */
export const countrySchema = z.string().check(z.regex(/^[A-Z]{2}$/));

/** An instant, as ISO 8601 in UTC with milliseconds. */
export const instantSchema = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));

export const keySchema = z.string().check(z.minLength(1), z.maxLength(maxKeyLength));
export const lineSchema = z.string().check(z.maxLength(maxLineLength));
export const textSchema = z.string().check(z.maxLength(maxTextLength));
