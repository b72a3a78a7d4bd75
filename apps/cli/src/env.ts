import { z } from 'zod';
import { CliError } from './cli-error.js';

/** A variable that is set to nothing counts as not set: that is how shells and CI systems unset one. */
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
  /** The database of `migrate`, `keys create` and `verify`. */
  DATABASE_URL: postgresUrl,
  /** Passed on by `dev`. The demo keeps to itself and does not use it. */
  REDIS_URL: optionalText,
  /** The API of `import`. */
  PLEDGELINE_URL: httpUrl,
  /** The bearer key of `import`. */
  PLEDGELINE_KEY: optionalText,
  /** Folder for all that the CLI keeps: the data of Postgres, logs, samples. */
  PLEDGELINE_HOME: optionalText,
  /** Where the user is; set by pnpm, which itself runs scripts in the repository. */
  INIT_CWD: optionalText,
  /** Anything: no colours (https://no-color.org). */
  NO_COLOR: optionalText,
  /** Anything: errors come with their stack. */
  DEBUG: optionalText,
});

/** What the environment says, once. */
export type Env = z.infer<typeof envSchema>;

/** Reads the environment. @throws CliError that names every problem at once */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`);
  throw new CliError('The environment is not right.', { hint: problems.join('\n') });
}

/** Whether errors come with their stack; asked before and beside {@link readEnv}, which may itself fail. */
export function wantsStack(source: NodeJS.ProcessEnv = process.env): boolean {
  return (source['DEBUG'] ?? '') !== '';
}

/** The environment of a process that we start: ours, with these differences. Undefined takes a variable away. */
export function childEnvironment(differences: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...differences };
}
