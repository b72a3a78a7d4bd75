import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';

/** The folder of this repository. Programs of another commit are started from a folder of the same shape. */
export const ourRoot = fileURLToPath(new URL('../../../', import.meta.url));

type Variables = Readonly<Record<string, string>>;

/** Starts a program like its script in the root package.json, with the same Node options and environment variables. */
export async function startAsInProduction(
  root: string,
  name: 'api' | 'worker',
  variables: Variables,
): Promise<RunningProgram> {
  const [, environment = '', command] =
    /^exec (?:env (.+) )?node (.+)$/.exec(await readScript(root, name)) ?? [];
  const options = command?.split(' ') ?? [];
  const main = options.pop();
  if (main === undefined) throw new Error(`The script "${name}" in package.json of ${root} starts nothing`);
  const assignments = environment.split(' ').filter(Boolean).map(readAssignment);
  return startProgram(join(root, main), { ...Object.fromEntries(assignments), ...variables }, options);
}

/** Runs a command of the CLI with nothing but these variables, and resolves with what it prints. */
export async function runCli(root: string, args: readonly string[], variables: Variables): Promise<string> {
  const main = join(root, 'apps/cli/dist/main.js');
  const { stdout } = await promisify(execFile)(process.execPath, [main, ...args], { env: variables });
  return stdout.trim();
}

/** `NAME=value`, taken apart. Throws on anything else. */
export function readAssignment(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1) throw new Error(`"${text}" must be NAME=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

async function readScript(root: string, name: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  if (typeof manifest !== 'object' || manifest === null || !('scripts' in manifest)) return '';
  const script: unknown = Object.getOwnPropertyDescriptor(manifest.scripts, name)?.value;
  return typeof script === 'string' ? script : '';
}
