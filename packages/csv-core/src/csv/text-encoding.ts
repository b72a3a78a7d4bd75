/** The encoding of a file and how it was found. */
export interface TextEncoding {
  /** As the WHATWG Encoding Standard writes it, in lower case: `utf-8`, `utf-16le`, `windows-1252`, `shift_jis`. */
  readonly name: string;
  /**
   * - `requested`: the caller said so
   * - `bom`: the file begins with a byte order mark
   * - `content`: the bytes show it
   * - `assumed`: the file is plain ASCII, which is the same in all of them
   */
  readonly source: 'requested' | 'bom' | 'content' | 'assumed';
  /** False where the bytes only make it likely, or are ASCII with signs of another encoding of seven bits. */
  readonly certain: boolean;
}

/** Why a file may have been read wrongly, for whoever knows what is written there. */
export interface EncodingDoubt {
  /** Up to three texts of the file as they were read, cut to 80 UTF-16 units. */
  readonly samples: readonly string[];
  /** Other encodings that might be meant, as the WHATWG Encoding Standard writes them, likeliest first. */
  readonly others: readonly string[];
}

/**
 * The name of an encoding as the WHATWG Encoding Standard writes it.
 *
 * @param label any of its labels, in any case: `latin1`, `sjis`, `UTF8`
 * @throws RangeError when the runtime does not know the label
 */
export function encodingName(label: string): string {
  return new TextDecoder(label).encoding.toLowerCase();
}

/** Whether a label is one that `createCsvReader` takes as `encoding`. */
export function isKnownEncoding(label: string): boolean {
  try {
    encodingName(label);
    return true;
  } catch {
    return false;
  }
}
