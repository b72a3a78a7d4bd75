import type { DateOrder } from '@pledgeline/csv-core';

/** How to read a file, as far as the user knows. The API finds out the rest. */
export interface ReadingHints {
  /** Name of the platform. */
  readonly platform?: string;
  /** A label of the WHATWG Encoding Standard. */
  readonly encoding?: string;
  /** One character. */
  readonly delimiter?: string;
  /** The sheet of a workbook: its name, or its number from 1. */
  readonly sheet?: string;
  /** Whether `03/04/2024` begins with the day or with the month. */
  readonly dateOrder?: DateOrder;
  /** Whether damage that other programs did is repaired. Default true. */
  readonly repair?: boolean;
  /** The line of the header row, from 1. */
  readonly headerLine?: number;
}

/** The hints as query parameters. Those that were not given are not sent. */
export function hintsQuery({ repair, headerLine, ...hints }: ReadingHints) {
  const { platform, encoding, delimiter, sheet, dateOrder } = hints;
  return {
    ...(platform !== undefined && { platform }),
    ...(encoding !== undefined && { encoding }),
    ...(delimiter !== undefined && { delimiter }),
    ...(sheet !== undefined && { sheet }),
    ...(dateOrder !== undefined && { dateOrder }),
    ...(repair === false && { repair: 'false' }),
    ...(headerLine !== undefined && { headerLine: String(headerLine) }),
  };
}
