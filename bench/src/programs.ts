import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type RunningProgram, startProgram } from '@pledgeline/local-services';

const root = new URL('../../', import.meta.url);

/** Starts a program with the Node options of its script in the root package.json, as production does. */
export async function startAsInProduction(
  name: 'api' | 'worker',
  variables: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const [main, ...nodeOptions] = await readCommand(name);
  if (main === undefined) throw new Error(`The script "${name}" in package.json starts nothing`);
  return startProgram(fileURLToPath(new URL(main, root)), variables, nodeOptions);
}

/** What `exec node --option … path/to/main.js` starts, and with which options. */
async function readCommand(name: string): Promise<readonly string[]> {
  const manifest: unknown = JSON.parse(await readFile(new URL('package.json', root), 'utf8'));
  const script = new RegExp(`"${name}":"exec node ([^"]+)"`).exec(JSON.stringify(manifest))?.[1] ?? '';
  const words = script.split(' ').filter(Boolean);
  const main = words.pop();
  return main === undefined ? [] : [main, ...words];
}
