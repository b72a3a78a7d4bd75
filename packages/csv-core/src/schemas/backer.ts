import * as z from 'zod/mini';
import { countrySchema, keySchema, lineSchema } from './scalars.js';

/** A person who pledged, in one campaign. */
export const backerSchema = z.object({
  /** The natural key inside a campaign: the normalised e-mail address, else `platform:externalId`. */
  identity: keySchema,
  /** As the file writes it. */
  email: z.nullable(keySchema),
  name: z.nullable(lineSchema),
  billingState: z.nullable(lineSchema),
  billingCountry: z.nullable(countrySchema),
  /** The file's text, only when it could not be read as a country. */
  billingCountryRaw: z.nullable(lineSchema),
});

export type BackerRecord = z.infer<typeof backerSchema>;
