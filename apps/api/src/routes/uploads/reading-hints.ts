import { findPlatform, isKnownEncoding, platforms, readDelimiter } from '@pledgeline/csv-core';
import { z } from 'zod';
import { Problem } from '../../problem.js';
import { lineParameter, readQuery } from '../../read-query.js';
import type { ReadingHints } from '../../receive/reading-options.js';

/** Reading hints as the texts of a query or of form fields. */
export type ReadingHintTexts = Partial<Readonly<Record<keyof ReadingHints, string | undefined>>>;

/** Query parameters with reading hints. Form fields may hold them as well, so they are validated together, later. */
export const hintParameters = {
  platform: hint('Name of the platform, as GET /v1/platforms lists them. Without it, it is detected.'),
  encoding: hint('Such as `windows-1252`. Without it, it is found.'),
  delimiter: hint('One character, or `comma`, `semicolon`, `tab` or `pipe`.'),
  sheet: hint('The sheet of a workbook: its name, or its number from 1.'),
  dateOrder: hint('`dmy` when 03/04/2024 is in April, `mdy` when it is in March.'),
  repair: hint('`false` imports cells that other programs damaged as they are.'),
  headerLine: hint('The line of the header row, from 1.'),
  ask: hint(
    '`true` only suggests what the columns of a file of no known platform are, also where they are understood: the upload waits as `NEEDS_MAPPING`. With `platform=generic` any file is such a file.',
  ),
};

function hint(description: string) {
  return z.string('give it once').optional().describe(description);
}

const formattedHints = z.object({
  sheet: lineParameter(100).optional(),
  delimiter: z
    .string()
    .transform(readDelimiter)
    .refine((delimiter) => delimiter !== null, 'must be one character, or comma, semicolon, tab or pipe')
    .optional(),
  dateOrder: z
    .enum(['dmy', 'mdy'], 'must be "dmy" when 03/04/2024 is in April, "mdy" when it is in March')
    .optional(),
  headerLine: z.coerce
    .number('must be the number of a line')
    .int('must be the number of a line')
    .min(1, 'must be the number of a line, from 1')
    .max(10_000, 'must be the number of a line, up to 10,000')
    .optional(),
  ask: z
    .enum(['true', 'false'], 'must be "true" to say yourself what the columns are, or "false"')
    .optional(),
  repair: z
    .enum(['true', 'false'], 'must be "true", or "false" to import damaged cells as they are')
    .optional(),
});

/** @throws Problem `unknown_platform`, `unknown_encoding` or `invalid_request` */
export function readHints(texts: ReadingHintTexts): ReadingHints {
  const { sheet, delimiter, dateOrder, repair, headerLine, ask } = readQuery(formattedHints, {
    sheet: texts.sheet || undefined,
    delimiter: texts.delimiter || undefined,
    dateOrder: texts.dateOrder || undefined,
    repair: texts.repair || undefined,
    headerLine: texts.headerLine || undefined,
    ask: texts.ask || undefined,
  });
  return {
    platform: readPlatform(texts.platform),
    encoding: readEncoding(texts.encoding),
    delimiter: delimiter ?? undefined,
    sheet,
    dateOrder,
    headerLine,
    repair: repair === undefined ? undefined : repair === 'true',
    // As not said, so that the same file is the same file.
    ask: ask === 'true' || undefined,
  };
}

function readPlatform(text: string | undefined): string | undefined {
  const platform = text?.trim() || undefined;
  if (platform === undefined || findPlatform(platform) !== undefined) return platform;
  const known = platforms.map(({ name }) => name);
  throw new Problem(
    'unknown_platform',
    `There is no such platform. Known are ${known.join(', ')}; leave the parameter out to have it detected.`,
    { members: { platforms: known } },
  );
}

function readEncoding(text: string | undefined): string | undefined {
  const encoding = text?.trim() || undefined;
  if (encoding === undefined || isKnownEncoding(encoding)) return encoding;
  throw new Problem(
    'unknown_encoding',
    'There is no such encoding. Common are utf-8, utf-16le, windows-1252, windows-1250, shift_jis, gbk, big5 and euc-kr; leave the parameter out to have it found.',
  );
}
