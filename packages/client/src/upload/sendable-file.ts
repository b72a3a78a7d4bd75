/** A request whose body is a file, or the rest of one. */
export interface Sending {
  readonly method: 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The byte of the file at which the body begins. Not 0 only for a file that is repeatable. */
  readonly from: number;
  /** Called with the number of bytes of the body that have left so far. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** A file, and how the platform sends it. */
export interface SendableFile {
  /** Its name, where it has one. */
  readonly name: string | undefined;
  /** In bytes; null when that is known only at its end. */
  readonly size: number | null;
  /** Whether it can be read again, from any byte. */
  readonly repeatable: boolean;
  /**
   * Sends it as the body of a request. An answer that comes before its end is an answer.
   *
   * @throws ConnectionError when there is no answer
   */
  send(sending: Sending): Promise<Response>;
}
