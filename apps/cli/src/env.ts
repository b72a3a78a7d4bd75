import { z } from 'zod';
import { CliError } from './cli-error.js';

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
  /** The API of `import`. */
  PLEDGELINE_URL: httpUrl,
  /** The bearer key of `import`. */
  PLEDGELINE_KEY: optionalText,
  /** The folder for everything that the CLI stores: the data of Postgres, logs, samples. */
  PLEDGELINE_HOME: optionalText,
  /** The current folder of the user. pnpm sets it, because it runs scripts in the folder of the package. */
  INIT_CWD: optionalText,
  /** Set to anything: no colours (https://no-color.org). */
  NO_COLOR: optionalText,
  /** Set to anything: errors are shown with their stack. */
  DEBUG: optionalText,
});

/** The environment, read once and validated. */
export type Env = z.infer<typeof envSchema>;

/** Reads the environment. @throws CliError that names every problem at once */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new CliError('The environment is not right.', { hint: problems.join('\n') });
}

/** Whether to show errors with their stack. Independent of {@link readEnv}, which may itself fail. */
export function wantsStack(source: NodeJS.ProcessEnv = process.env): boolean {
  return (source['DEBUG'] ?? '') !== '';
}

/** The environment for a child process: that of this process with some differences. Undefined removes a variable. */
export function childEnvironment(differences: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...differences };
}
