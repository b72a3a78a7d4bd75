import { z } from 'zod';
import { countrySchema, keySchema, lineSchema } from './scalars.js';

/** A person who pledged, in one campaign. */
export const backerSchema = z.object({
  /** The natural key inside a campaign: the normalised e-mail address, else `platform:externalId`. */
  identity: keySchema,
  /** As the file writes it. */
  email: keySchema.nullable(),
  name: lineSchema.nullable(),
  billingState: lineSchema.nullable(),
  billingCountry: countrySchema.nullable(),
  /** The file's text, only when it could not be read as a country. */
  billingCountryRaw: lineSchema.nullable(),
});

export type BackerRecord = z.infer<typeof backerSchema>;
