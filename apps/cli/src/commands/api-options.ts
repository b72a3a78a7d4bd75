import type { Command } from 'commander';
import { CliError } from '../cli-error.js';
import type { Env } from '../env.js';
import type { ApiAddress } from '../upload/api-client.js';
import { httpAddress, nonBlank } from './option-parsers.js';

/** Which API a command talks to. */
export interface ApiOptions {
  readonly url?: string;
  readonly key?: string;
}

const LOCAL_API = 'http://127.0.0.1:3000';

/** Adds the options that say which API a command talks to. */
export function addApiOptions(command: Command): Command {
  return command
    .option('--url <url>', `of the API (default: PLEDGELINE_URL, else ${LOCAL_API})`, httpAddress)
    .option(
      '--key <key>',
      'bearer key (default: PLEDGELINE_KEY, which no list of processes shows)',
      nonBlank,
    );
}

/** @throws CliError when there is no key */
export function apiAddress(options: ApiOptions, env: Env): ApiAddress {
  const { key = env.PLEDGELINE_KEY, url = env.PLEDGELINE_URL ?? LOCAL_API } = options;
  if (key !== undefined) return { url, key };
  throw new CliError('There is no API key.', {
    hint: 'Give one with --key or PLEDGELINE_KEY. `pnpm cli keys create --merchant NAME` makes one.',
  });
}
