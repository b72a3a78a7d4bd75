import { findPlatform, platforms } from '@pledgeline/csv-core';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { lineParameter, readQuery } from '../../read-query.js';

/** Query parameters of `POST /v1/uploads`. */
export const sendQuery = z.strictObject({
  campaign: z.string('give it once').optional(),
  platform: z.string('give it once').optional(),
  filename: lineParameter(255).optional(),
});

/** Where an upload goes, and what it is said to be. */
export interface Destination {
  readonly campaign: string;
  readonly platform: string | undefined;
}

const campaignName = z.object({ campaign: lineParameter(200) });

/** @throws Problem `missing_campaign`, `unknown_platform` or `invalid_request` */
export function readDestination(said: {
  readonly campaign?: string | undefined;
  readonly platform?: string | undefined;
}): Destination {
  if (!said.campaign?.trim()) {
    throw new Problem(
      'missing_campaign',
      'Say which campaign the file belongs to: "?campaign=" with its name or id. A new name makes a new campaign.',
    );
  }
  const { campaign } = readQuery(campaignName, { campaign: said.campaign });
  const platform = said.platform?.trim() || undefined;
  if (platform !== undefined && findPlatform(platform) === undefined) {
    const known = platforms.map(({ name }) => name);
    throw new Problem(
      'unknown_platform',
      `There is no such platform. Known are ${known.join(', ')}; leave the parameter out to have it detected.`,
      { members: { platforms: known } },
    );
  }
  return { campaign, platform };
}

/** A form's file name without the folders that some browsers put before it, and without what cannot be shown. */
export function presentableName(filename: string | undefined): string | undefined {
  const name = filename?.split(/[\\/]/).at(-1);
  return (
    name
      ?.replace(/\p{Cc}/gu, '')
      .toWellFormed()
      .trim()
      .slice(0, 255)
      .toWellFormed() || undefined
  );
}
