/** A request that sends a file. */
export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Called with the number of bytes that have left so far. */
  readonly onSent: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** A file, and how the platform sends it. */
export interface SendableFile {
  /** Its name, where it has one. */
  readonly name: string | undefined;
  /** In bytes; null when that is known only at its end. */
  readonly size: number | null;
  /** Whether it can be read from its start again. */
  readonly repeatable: boolean;
  /**
   * Sends it as the body of a POST. An answer that comes before its end is an answer.
   *
   * @throws ConnectionError when there is no answer
   */
  post(post: Post): Promise<Response>;
}
