import { keyScopes } from '@pledgeline/db';
import { z } from 'zod';
import { jsonObject } from '../../read-json.js';
import { lineParameter } from '../../read-query.js';

const MAX_NAME_LENGTH = 100;
const MAX_OVERLAP_HOURS = 168;

const scopes = `must be one of ${keyScopes.join(', ')}`;
const time = 'must be a time such as 2027-11-23T12:00:00Z, or null for a key that does not expire';
const overlap = `must be a whole number of hours from 0 to ${MAX_OVERLAP_HOURS}`;

/** The body of `POST /v1/keys`. */
export const newKeyBody = jsonObject({
  name: lineParameter(MAX_NAME_LENGTH).meta({
    description: 'Tells people what the key is for.',
    examples: ['Fulfilment shop'],
  }),
  scope: z.enum(keyScopes, scopes).meta({ description: 'Each scope includes those before it.' }),
  expiresAt: z.iso
    .datetime({ offset: true, error: time })
    .transform((text) => new Date(text))
    .refine((date) => date.getTime() > Date.now(), 'must lie in the future')
    .nullable()
    .default(null),
});

/** The optional body of `POST /v1/keys/:id/rotate`. */
export const keyRotationBody = jsonObject({
  overlapHours: z.int(overlap).min(0, overlap).max(MAX_OVERLAP_HOURS, overlap).default(24).meta({
    description: 'How long the previous secret stays valid. A key that rotates itself needs at least 1.',
  }),
}).prefault({});
