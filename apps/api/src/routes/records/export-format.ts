import { z } from 'zod';

/** How a list is answered: a page as JSON, or all of it as a stream. */
export const listFormats = ['json', 'csv', 'ndjson'] as const;
export type ListFormat = (typeof listFormats)[number];

/** Query parameter for the format. A browser that downloads cannot choose its `Accept`. */
export const formatParameter = z
  .enum(listFormats, 'must be "json", "csv" or "ndjson"')
  .optional()
  .describe(
    '`csv` or `ndjson` streams the whole list, as it is at one moment. Default: what `Accept` asks for, else `json`.',
  );

/** The types of answers by format. */
const types: readonly (readonly [type: string, format: ListFormat])[] = [
  ['application/json', 'json'],
  ['text/csv', 'csv'],
  ['application/x-ndjson', 'ndjson'],
];

/** The format that an `Accept` header prefers among those that it names; JSON when it names none of them. */
export function acceptedFormat(accept: string | undefined): ListFormat {
  const named = (accept ?? '').split(',').flatMap((range) => {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const format = types.find(([known]) => known === type)?.[1];
    const weight = Number(parameters.find((one) => one.startsWith('q='))?.slice(2) ?? 1);
    return format === undefined || !(weight > 0) ? [] : [{ format, weight }];
  });
  const [best] = named.sort((a, b) => b.weight - a.weight);
  return best?.format ?? 'json';
}
