import { once } from 'node:events';
import { join } from 'node:path';
import { Command } from 'commander';
import { InterruptedError } from '../cli-error.js';
import { homeFolders, showPath } from '../paths.js';
import { styleFor } from '../report/style.js';
import { writeSample } from '../sample/write-sample.js';
import { printedLogs } from '../stack/log-sink.js';
import { type Stack, startStack } from '../stack/start-stack.js';
import type { CommandContext } from './context.js';
import { wholeNumber } from './option-parsers.js';

/** `dev`: keeps everything running until Ctrl-C. The data stays. */
export function devCommand(context: CommandContext): Command {
  return new Command('dev')
    .description('keep Postgres, API and worker running until Ctrl-C; the data stays')
    .option('--port <port>', 'of the API', wholeNumber(1, 65_535), 3_000)
    .action(({ port }: { readonly port: number }) => runDev(port, context));
}

async function runDev(port: number, context: CommandContext): Promise<void> {
  const { env, signal, stdout } = context;
  const style = styleFor(stdout, { noColor: env.NO_COLOR !== undefined });
  const print = (line: string): void => void stdout.write(`${line}\n`);
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
    logs: printedLogs((line) => print(style.dim(line))),
    signal,
    onStep: (step) => print(`${step} …`),
  });
  try {
    print(`\n${style.bold('Pledgeline is running.')} Ctrl-C stops it; the data stays.\n`);
    for (const line of howToUse(stack, showPath(sample))) print(line);
    await untilAborted(stack.signal);
  } catch (error) {
    if (!(error instanceof InterruptedError)) throw error;
    print('\nStopping …');
  } finally {
    await stack.stop();
  }
}

function howToUse({ url, key, databaseUrl }: Stack, sample: string): readonly string[] {
  return [
    `API           ${url}`,
    `Key           ${key}`,
    `DATABASE_URL  ${databaseUrl}`,
    '',
    'Send the sample (from the repository), then ask how it went with the link in the answer:',
    `  curl -T ${sample} -X POST -H 'Content-Type: text/csv' \\`,
    `    -H 'Authorization: Bearer ${key}' '${url}/v1/uploads?campaign=Demo'`,
    'or watch it:',
    `  PLEDGELINE_KEY=${key} pnpm cli import ${sample} --campaign Demo --url ${url}`,
    '',
  ];
}

async function untilAborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason;
}
