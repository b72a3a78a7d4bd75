import { shownName } from '@pledgeline/csv-core';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { lineParameter, readQuery } from '../../read-query.js';
import type { ReadingHints } from '../../receive/reading-options.js';
import { hintParameters, type ReadingHintTexts, readHints } from './reading-hints.js';

/** Query parameters of `POST /v1/uploads`. */
export const sendQuery = z.strictObject({
  campaign: z
    .string('give it once')
    .optional()
    .meta({
      description:
        'Name or id of the campaign. A new name makes a new campaign. Required, here or in the form.',
      examples: ['Lamp'],
    }),
  filename: lineParameter(255).transform(presentableText).optional().describe('The name of the file.'),
  force: z
    .string('give it once')
    .optional()
    .describe('`true` imports the file though the campaign has an upload of the same content.'),
  review: z
    .string('give it once')
    .optional()
    .describe(
      '`true` compares the file with the campaign and writes nothing: the upload waits as `NEEDS_REVIEW` until it is applied or discarded.',
    ),
  complete: z
    .string('give it once')
    .optional()
    .describe(
      '`true` says that the file is the whole campaign: when it is imported, pledges of its platforms that it does not name become `GONE`. Those are not counted in the inventory, and are back when a later file names them. Nothing is marked when a part of the file could not be read, or a rejected row does not say which pledge it is; then the upload has a warning.',
    ),
  ...hintParameters,
});

/**
 * The campaign of an upload, whether the file is all of it, whether to import it again or to review it first, and the hints for
 * reading its file.
 */
export interface Destination extends ReadingHints {
  readonly campaign: string;
  readonly force: boolean;
  readonly review: boolean;
  readonly complete: boolean;
}

const flag = z.enum(['true', 'false'], 'must be "true" or "false"').default('false');

const ownParameters = z.object({
  campaign: lineParameter(200),
  force: flag,
  review: flag,
  complete: flag,
});

type DestinationTexts = ReadingHintTexts & {
  readonly campaign?: string | undefined;
  readonly force?: string | undefined;
  readonly review?: string | undefined;
  readonly complete?: string | undefined;
};

/** Where the texts come from: the address, the address and the fields of a form, or the metadata of a file sent in parts. */
type DestinationSource = 'address' | 'form' | 'metadata';

const noCampaign: Readonly<Record<DestinationSource, string>> = {
  address: 'Say which campaign the file belongs to: "?campaign="',
  form: 'The form has no field "campaign" before its file. Put it before the file, which is read as it comes, or into the address: "?campaign="',
  metadata: 'Say which campaign the file belongs to: "campaign" in Upload-Metadata',
};

/**
 * Reads where a file goes and how it is to be read.
 *
 * @throws Problem `missing_campaign`, `unknown_platform`, `unknown_encoding` or `invalid_request`
 */
export function readDestination(
  texts: DestinationTexts,
  { source }: { readonly source: DestinationSource },
): Destination {
  if (!texts.campaign?.trim()) {
    const advice = `${noCampaign[source]} with its name or id. A new name makes a new campaign.`;
    throw new Problem('missing_campaign', advice);
  }
  const { campaign, force, review, complete } = readQuery(ownParameters, {
    campaign: texts.campaign,
    force: texts.force || undefined,
    review: texts.review || undefined,
    complete: texts.complete || undefined,
  });
  return {
    campaign,
    force: force === 'true',
    review: review === 'true',
    complete: complete === 'true',
    ...readHints(texts),
  };
}

/** A file name of a form, without the folders that some browsers include, and without control characters. */
export function presentableName(filename: string | undefined): string | undefined {
  return presentableText(filename?.split(/[\\/]/).at(-1) ?? '');
}

function presentableText(name: string): string | undefined {
  return shownName(name.trim(), '') || undefined;
}
