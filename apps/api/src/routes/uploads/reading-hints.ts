import { findPlatform, isKnownEncoding, platforms, readDelimiter } from '@pledgeline/csv-core';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { lineParameter, readQuery } from '../../read-query.js';
import type { SaidOfFile } from '../../receive/reading-options.js';

/** What a query or the fields of a form may hold. */
export type SaidAsText = Partial<Readonly<Record<keyof SaidOfFile, string | undefined>>>;

/** Query parameters about a file. A form may name them as well, so they are looked into only later. */
export const ofFileQuery = {
  platform: z.string('give it once').optional(),
  encoding: z.string('give it once').optional(),
  delimiter: z.string('give it once').optional(),
  sheet: z.string('give it once').optional(),
  dateOrder: z.string('give it once').optional(),
};

const spoken = z.object({
  sheet: lineParameter(100).optional(),
  delimiter: z
    .string()
    .transform(readDelimiter)
    .refine((delimiter) => delimiter !== null, 'must be one character, or comma, semicolon, tab or pipe')
    .optional(),
  dateOrder: z
    .enum(['dmy', 'mdy'], 'must be "dmy" when 03/04/2024 is in April, "mdy" when it is in March')
    .optional(),
});

/** @throws Problem `unknown_platform`, `unknown_encoding` or `invalid_request` */
export function readSaidOfFile(said: SaidAsText): SaidOfFile {
  const { sheet, delimiter, dateOrder } = readQuery(spoken, {
    sheet: said.sheet || undefined,
    delimiter: said.delimiter || undefined,
    dateOrder: said.dateOrder || undefined,
  });
  return {
    platform: readPlatform(said.platform),
    encoding: readEncoding(said.encoding),
    delimiter: delimiter ?? undefined,
    sheet,
    dateOrder,
  };
}

function readPlatform(said: string | undefined): string | undefined {
  const platform = said?.trim() || undefined;
  if (platform === undefined || findPlatform(platform) !== undefined) return platform;
  const known = platforms.map(({ name }) => name);
  throw new Problem(
    'unknown_platform',
    `There is no such platform. Known are ${known.join(', ')}; leave the parameter out to have it detected.`,
    { members: { platforms: known } },
  );
}

function readEncoding(said: string | undefined): string | undefined {
  const encoding = said?.trim() || undefined;
  if (encoding === undefined || isKnownEncoding(encoding)) return encoding;
  throw new Problem(
    'unknown_encoding',
    'There is no such encoding. Common are utf-8, utf-16le, windows-1252, windows-1250, shift_jis, gbk, big5 and euc-kr; leave the parameter out to have it found.',
  );
}
