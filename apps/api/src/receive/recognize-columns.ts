import {
  type Detection,
  detectPlatform,
  findPlatform,
  platforms,
  type RowChunk,
  secretPositions,
} from '@pledgeline/csv-core';

/** What a header row tells, once it is read. */
export interface RecognizedColumns {
  /** To map the file with: the client's word, else the detected one, else null. */
  readonly platform: string | null;
  readonly detection: Detection;
  /** Positions of the columns that are never stored. */
  readonly secrets: readonly number[];
}

/** Detects the platform in any case: the report says so when the client's word does not fit the columns. */
export function recognizeColumns(
  headers: readonly string[],
  requestedPlatform: string | undefined,
): RecognizedColumns {
  const detection = detectPlatform(headers);
  const platform = requestedPlatform ?? detection.platform;
  const said = [platform, detection.platform].flatMap((name) => (name && findPlatform(name)) || []);
  // While nobody knows where the file is from, it may be from anywhere.
  const suspects = said.length > 0 ? said : platforms;
  const secrets = new Set(suspects.flatMap((suspect) => secretPositions(headers, suspect)));
  return { platform, detection, secrets: [...secrets] };
}

/** The chunk with the cells of secret columns blank. */
export function blankSecrets(chunk: RowChunk, secrets: readonly number[]): RowChunk {
  if (secrets.length === 0) return chunk;
  return {
    ...chunk,
    rows: chunk.rows.map((row) => {
      const blanked = [...row];
      for (const position of secrets) if (position < blanked.length) blanked[position] = '';
      return blanked;
    }),
  };
}
