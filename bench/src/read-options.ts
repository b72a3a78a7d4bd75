import { parseArgs } from 'node:util';

interface Wanted<Name extends string> {
  /** Options that are whole numbers from 1, such as `--rows 100`, with their defaults. */
  readonly numbers: Readonly<Record<Name, number>>;
  readonly switches?: readonly string[];
  /** Options that are texts and may be given several times. */
  readonly texts?: readonly string[];
}

interface Options<Name extends string> {
  readonly numbers: Readonly<Record<Name, number>>;
  readonly has: (name: string) => boolean;
  readonly texts: (name: string) => readonly string[];
}

/** What the command line says, or the defaults. Throws on what it cannot mean. */
export function readOptions<Name extends string>(
  wanted: Wanted<Name>,
  args: readonly string[] = process.argv.slice(2),
): Options<Name> {
  const { numbers: defaults, switches = [], texts = [] } = wanted;
  const named = <T>(names: readonly string[], option: T) =>
    Object.fromEntries(names.map((name) => [name, option] as const));
  const { values } = parseArgs({
    args: args.filter((argument) => argument !== '--'),
    options: {
      ...named(Object.keys(defaults), { type: 'string' as const }),
      ...named(switches, { type: 'boolean' as const }),
      ...named(texts, { type: 'string' as const, multiple: true }),
    },
  });
  const numbers: Record<Name, number> = { ...defaults };
  for (const name in defaults) {
    const text = values[name];
    if (text !== undefined) numbers[name] = readCount(name, String(text));
  }
  return {
    numbers,
    has: (name) => values[name] === true,
    texts: (name) => [values[name] ?? []].flat().map(String),
  };
}

/** A whole number from 1. Throws on anything else. */
export function readCount(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1`);
  return value;
}
