import { type Command, Option } from 'commander';
import { CliError, exitCodes } from '../cli-error.js';
import type { Env } from '../env.js';
import { type Api, type ApiAddress, connect } from '../upload/connect.js';
import { httpAddress, nonBlank } from './option-parsers.js';

/** Which API a command talks to. */
export interface ApiOptions {
  readonly url?: string;
  readonly key?: string;
}

const LOCAL_API = 'http://127.0.0.1:3000';

/** Adds the options that say which API a command talks to. */
export function addApiOptions(command: Command): Command {
  for (const option of apiOptions()) command.addOption(option);
  return command;
}

/** The options that say which API a command talks to. */
export function apiOptions(): readonly Option[] {
  return [
    new Option('--url <url>', `of the API (default: PLEDGELINE_URL, else ${LOCAL_API})`).argParser(
      httpAddress,
    ),
    new Option(
      '--key <key>',
      'bearer key; better in PLEDGELINE_KEY, which no list of processes shows',
    ).argParser(nonBlank),
  ];
}

/** @throws CliError when there is no key, or it cannot be one */
export function openApi(options: ApiOptions, env: Env): Api {
  return connect(apiAddress(options, env));
}

/** @throws CliError when there is no key */
export function apiAddress(options: ApiOptions, env: Env): ApiAddress {
  const { key = env.PLEDGELINE_KEY, url = env.PLEDGELINE_URL ?? LOCAL_API } = options;
  if (key !== undefined) return { url, key };
  throw new CliError('There is no API key.', {
    hint: 'Set PLEDGELINE_KEY, or give one with --key. `pnpm cli keys create --merchant NAME` makes one.',
    exitCode: exitCodes.usage,
  });
}
