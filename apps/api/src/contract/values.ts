import { shownStatuses } from '@pledgeline/db';
import { z } from 'zod';

/** An id in an answer. */
export const id = z.string().meta({ format: 'uuid', examples: ['019ab3f0-5c1e-7d2a-9f3b-2a1c4e5d6f70'] });

/** A point in time, in UTC with milliseconds. */
export const instant = z.string().meta({ format: 'date-time', examples: ['2026-11-23T12:00:00.000Z'] });

/** A number of things. */
export const count = z.number().meta({ type: 'integer', minimum: 0 });

/** A whole number from 1. */
export const ordinal = z.number().meta({ type: 'integer', minimum: 1 });

/** How certain something is, or how far it has come. */
export const share = z.number().min(0).max(1);

/** Text for people. */
export const sentence = z.string();

/** An address; absolute when the public URL is known. */
export const link = z.string().meta({ format: 'uri-reference' });

/** Money as decimal text, never as a float. */
export const amount = z.string().meta({
  pattern: '^-?\\d+(\\.\\d+)?$',
  description: 'With the digits of the currency, and with more where the amount has them.',
  examples: ['25.00', '25'],
});

/** The status of a pledge: what files say of it, or that a complete file does not name it any more. */
export const shownStatus = z.enum(shownStatuses).meta({
  id: 'PledgeStatus',
  description:
    '`GONE`: a later file of the whole campaign does not name the pledge. `statusRaw` is still what files said.',
});

/** ISO 4217. */
export const currency = z.string().meta({ pattern: '^[A-Z]{3}$', examples: ['EUR'] });

/** ISO 3166-1 alpha-2. */
export const country = z.string().meta({ pattern: '^[A-Z]{2}$', examples: ['DE'] });

/** The cursor of the next page. */
export const nextId = id
  .nullable()
  .meta({ description: 'The cursor of the next page; null on the last one.' });
