import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';

const root = new URL('../../', import.meta.url);

/** Starts a program like its script in the root package.json, with the same Node options and environment variables. */
export async function startAsInProduction(
  name: 'api' | 'worker',
  variables: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const { main, options, assignments } = await readCommand(name);
  const program = fileURLToPath(new URL(main, root));
  return startProgram(program, { ...Object.fromEntries(assignments), ...variables }, options);
}

/** Reads the parts of a script such as `exec env NAME=value … node --option … path/to/main.js`. */
async function readCommand(name: string) {
  const manifest: unknown = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  const script = new RegExp(`"${name}":"exec (?:env ([^"]+) )?node ([^"]+)"`).exec(JSON.stringify(manifest));
  const [, environment = '', command = ''] = script ?? [];
  const options = command.split(' ').filter(Boolean);
  const main = options.pop();
  if (main === undefined) throw new Error(`The script "${name}" in package.json starts no program.`);
  return { main, options, assignments: environment.split(' ').filter(Boolean).map(assignment) };
}

function assignment(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}
