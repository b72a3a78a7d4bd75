import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { CliError, exitCodes, InterruptedError } from '../cli-error.js';
import type { Env } from '../env.js';
import { homeFolders, showPath } from '../paths.js';
import { styleFor } from '../report/style.js';
import { writeSample } from '../sample/write-sample.js';
import { printedLogs } from '../stack/log-sink.js';
import { type Stack, startStack } from '../stack/start-stack.js';
import { untilAborted } from '../stack/until-aborted.js';
import { type CommandContext, stdoutStyle, writeJson } from './context.js';
import { addExamples } from './examples.js';
import { addJsonOption, type JsonOption } from './json-option.js';
import { wholeNumber } from './option-parsers.js';

/** `dev`: keeps everything running until Ctrl-C. The data stays. */
export function devCommand(context: CommandContext): Command {
  const command = new Command('dev')
    .description('keep Postgres, API and worker running until Ctrl-C; the data stays')
    .option('--port <port>', 'of the API (default: PORT, else 3000)', portNumber)
    .action(({ port, json }: JsonOption & { readonly port?: number }) =>
      runDev(port ?? portOf(context.env), json, context),
    );
  const json = 'when it is ready, print its address, a key and the database as JSON';
  return addExamples(addJsonOption(command, json), [
    ['pnpm dev', 'on port 3000'],
    ['PORT=8080 pnpm dev', 'on another one'],
  ]);
}

const portNumber = wholeNumber(1, 65_535);

function portOf({ PORT }: Env): number {
  if (PORT === undefined) return 3_000;
  try {
    return portNumber(PORT);
  } catch (cause) {
    if (!(cause instanceof InvalidArgumentError)) throw cause;
    throw new CliError(`PORT is "${PORT}". ${cause.message}`, { exitCode: exitCodes.usage, cause });
  }
}

async function runDev(port: number, json: boolean, context: CommandContext): Promise<void> {
  const { env, signal, stdout, stderr } = context;
  const style = stdoutStyle(context);
  const dim = styleFor(stderr, { noColor: env.NO_COLOR !== undefined }).dim;
  const print = (line: string): void => void stdout.write(`${line}\n`);
  const tell = (line: string): void => void stderr.write(`${line}\n`);
  const folders = homeFolders(env);
  const sample = join(folders.samples, 'kickstarter-1000.csv');
  await writeSample(sample, { rows: 1_000 }, signal);
  const stack = await startStack({
    dataFolder: folders.postgres,
    database: 'pledgeline',
    isScratch: false,
    mustKeep: true,
    merchant: 'dev',
    port,
    redisUrl: env.REDIS_URL,
    logs: printedLogs((line) => tell(dim(line))),
    signal,
    onStep: (step) => tell(`${step} …`),
  });
  try {
    if (json) {
      const { url, key, databaseUrl } = stack;
      writeJson(context, { url, key, databaseUrl });
    } else print(`\n${style.bold('Pledgeline is running.')} Ctrl-C stops it; the data stays.\n`);
    if (!json) for (const line of howToUse(stack, await stack.signInUrl(), showPath(sample))) print(line);
    await untilAborted(stack.signal);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    tell('\nStopping …');
  } finally {
    await stack.stop();
  }
}

function howToUse({ url, key, databaseUrl }: Stack, pageUrl: string, sample: string): readonly string[] {
  return [
    `Page          ${pageUrl}`,
    `API           ${url}`,
    `Key           ${key}`,
    `DATABASE_URL  ${databaseUrl}`,
    '',
    'The link to the page signs you in once, within ten minutes; later the page asks for the key.',
    '',
    'Send the sample (from the repository), then ask how it went with the link in the answer:',
    `  curl -T ${sample} -X POST -H 'Content-Type: text/csv' \\`,
    `    -H 'Authorization: Bearer ${key}' '${url}/v1/uploads?campaign=Demo'`,
    'or watch it:',
    `  export PLEDGELINE_URL=${url} PLEDGELINE_KEY=${key}`,
    `  pnpm cli import ${sample} --campaign Demo`,
    '',
  ];
}
