/** The file in a request, before any byte of it has been read. */
export interface IncomingFile {
  /** The file name in the form. */
  readonly filename: string | undefined;
  /** The fields of the form before the file. */
  readonly fields: Readonly<Record<string, string>>;
  /** Ends when the whole request has arrived, and throws when it breaks off. */
  readonly pieces: AsyncIterable<Uint8Array>;
}
