import { parseArgs } from 'node:util';

/** A whole number from the command line, such as `--megabytes 100`, or the default. */
export function readOptions<Name extends string>(
  defaults: Readonly<Record<Name, number>>,
  switches: readonly string[] = [],
): { readonly numbers: Readonly<Record<Name, number>>; readonly has: (name: string) => boolean } {
  const names = Object.keys(defaults);
  const { values } = parseArgs({
    args: process.argv.slice(2).filter((argument) => argument !== '--'),
    options: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      ...Object.fromEntries(switches.map((name) => [name, { type: 'boolean' as const }])),
    },
  });
  const numbers: Record<Name, number> = { ...defaults };
  for (const name in defaults) {
    const text = values[name];
    if (text === undefined) continue;
    const value = Number(text);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1`);
    numbers[name] = value;
  }
  return { numbers, has: (name) => values[name] === true };
}
