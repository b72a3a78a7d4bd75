import { type Client, createClient, type NodeFile } from '@pledgeline/client/node';
import { CliError, exitCodes } from '../cli-error.js';

/** An API, and a bearer key for it. */
export interface ApiAddress {
  readonly url: string;
  readonly key: string;
}

/** Everything that the CLI asks an API goes through it. */
export type Api = Client<NodeFile>;

/** How often what may be repeated is tried again. Somebody waits at the terminal. */
const RETRIES = 2;

/** @throws CliError when the key cannot be one */
export function connect({ url, key }: ApiAddress): Api {
  try {
    return createClient({ url, key, retries: RETRIES });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CliError('What is given as the key cannot be one.', {
      hint: cause.message,
      exitCode: exitCodes.usage,
      cause,
    });
  }
}
