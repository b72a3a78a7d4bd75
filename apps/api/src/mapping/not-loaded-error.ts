/**
 * The header row of a file shows that something of the merchant's is needed to read it. It has to be loaded, and the file to be
 * read from its beginning.
 */
export class NotLoadedError extends Error {
  override readonly name = 'NotLoadedError';
  readonly load: () => Promise<void>;

  constructor(load: () => Promise<void>) {
    super('What the header row of a file asks for is not loaded.');
    this.load = load;
  }
}
