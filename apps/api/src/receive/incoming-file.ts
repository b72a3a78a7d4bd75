/** The file in a request, of which not a byte has been read yet. */
export interface IncomingFile {
  /** As the client's form calls it. */
  readonly filename: string | undefined;
  /** What a form said before the file. */
  readonly fields: Readonly<Record<string, string>>;
  /** Ends when the request has arrived whole, and fails when it does not. */
  readonly pieces: AsyncIterable<Uint8Array>;
}
