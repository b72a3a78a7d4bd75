import { shownName } from '@pledgeline/csv-core';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { lineParameter, readQuery } from '../../read-query.js';
import type { SaidOfFile } from '../../receive/reading-options.js';
import { ofFileQuery, readSaidOfFile, type SaidAsText } from './said-of-file.js';

/** Query parameters of `POST /v1/uploads`. */
export const sendQuery = z.strictObject({
  campaign: z.string('give it once').optional(),
  filename: lineParameter(255).transform(presentableText).optional(),
  ...ofFileQuery,
});

/** Where an upload goes, and what it is said to be. */
export interface Destination extends SaidOfFile {
  readonly campaign: string;
}

const campaignName = z.object({ campaign: lineParameter(200) });

/** @throws Problem `missing_campaign`, `unknown_platform`, `unknown_encoding` or `invalid_request` */
export function readDestination(said: SaidAsText & { readonly campaign?: string | undefined }): Destination {
  if (!said.campaign?.trim()) {
    throw new Problem(
      'missing_campaign',
      'Say which campaign the file belongs to: "?campaign=" with its name or id. A new name makes a new campaign.',
    );
  }
  const { campaign } = readQuery(campaignName, { campaign: said.campaign });
  return { campaign, ...readSaidOfFile(said) };
}

/** A form's file name without the folders that some browsers put before it, and without what cannot be shown. */
export function presentableName(filename: string | undefined): string | undefined {
  return presentableText(filename?.split(/[\\/]/).at(-1) ?? '');
}

function presentableText(name: string): string | undefined {
  return shownName(name.trim(), '') || undefined;
}
