import { z } from 'zod';
import { CliError, exitCodes } from './cli-error.js';

/** An empty variable counts as not set, because shells and CI systems unset variables that way. */
const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? undefined : text));

const postgresUrl = optionalText.refine(
  (text) => text === undefined || /^postgres(?:ql)?:\/\//.test(text),
  'must begin with postgresql://',
);

const httpUrl = optionalText.refine(
  (text) => text === undefined || (URL.canParse(text) && /^https?:\/\//.test(text)),
  'must be an address such as http://127.0.0.1:3000',
);

const envSchema = z.object({
  /** The database of `migrate`, `keys` and `verify`. */
  DATABASE_URL: postgresUrl,
  /** Passed on to API and worker by `dev`. The demo always uses its own queue. */
  REDIS_URL: optionalText,
  /** The port of the API of `dev`. */
  PORT: optionalText,
  /** The API of all commands that talk to one. */
  PLEDGELINE_URL: httpUrl,
  /** The bearer key for that API. */
  PLEDGELINE_KEY: optionalText,
  /** The folder for everything that the CLI stores: the data of Postgres, logs, samples. */
  PLEDGELINE_HOME: optionalText,
  /** The current folder of the user. pnpm sets it, because it runs scripts in the folder of the package. */
  INIT_CWD: optionalText,
  /** Set to anything: no colours (https://no-color.org). */
  NO_COLOR: optionalText,
  /** Set to anything: the same as `--verbose`. */
  DEBUG: optionalText,
});

/** The environment, read once and validated. */
export type Env = z.infer<typeof envSchema>;

/** Reads the environment. @throws CliError that names every problem at once */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new CliError('The environment is not right.', {
    hint: problems.join('\n'),
    exitCode: exitCodes.usage,
  });
}

/** Whether to show where errors come from. Independent of {@link readEnv}, which may itself fail. */
export function wantsCause(source: NodeJS.ProcessEnv): boolean {
  return (source['DEBUG'] ?? '') !== '';
}

/** The environment of this process, as it is. */
export function processEnvironment(): NodeJS.ProcessEnv {
  return process.env;
}

/** The environment for a child process: that of this process with some differences. Undefined removes a variable. */
export function childEnvironment(differences: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...differences };
}
