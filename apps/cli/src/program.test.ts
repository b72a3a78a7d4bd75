import { readFile } from 'node:fs/promises';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { exitCodes } from './cli-error.js';
import { delimiterCharacter } from './commands/option-parsers.js';
import { readEnv } from './env.js';
import { buildProgram, withoutPnpmDashes } from './program.js';
import { runHere } from './test-support/run-here.js';

describe('The arguments that pnpm passes on', () => {
  it('lose the dashes before the file or before the command', () => {
    expect(withoutPnpmDashes(['demo', '--', 'backers.csv', '--campaign', 'X'])).toEqual([
      'demo',
      'backers.csv',
      '--campaign',
      'X',
    ]);
    expect(withoutPnpmDashes(['--', 'import', 'a.csv'])).toEqual(['import', 'a.csv']);
  });

  it('keep dashes that are needed for a file whose name begins with one', () => {
    expect(withoutPnpmDashes(['demo', '--keep', '--', '-odd.csv'])).toEqual([
      'demo',
      '--keep',
      '--',
      '-odd.csv',
    ]);
  });
});

describe('The CLI program', () => {
  const env = readEnv({});
  const { stdin, stdout, stderr } = process;

  async function refusal(...args: readonly string[]): Promise<CommanderError> {
    const program = buildProgram({ env, signal: new AbortController().signal, stdin, stdout, stderr });
    for (const command of [program, ...program.commands.flatMap((each) => [each, ...each.commands])])
      command.configureOutput({ writeErr: () => undefined });
    const error: unknown = await program.parseAsync([...args], { from: 'user' }).catch((thrown) => thrown);
    if (error instanceof CommanderError) return error;
    throw new Error(`Not refused: ${args.join(' ')}`);
  }

  /** Every command that does something, by its whole name. */
  function leaves(
    command: Command,
    above: readonly string[] = [],
  ): readonly { name: string; command: Command }[] {
    if (command.commands.length === 0) return [{ name: above.join(' '), command }];
    return command.commands.flatMap((each) => leaves(each, [...above, each.name()]));
  }

  const all = () =>
    leaves(buildProgram({ env, signal: new AbortController().signal, stdin, stdout, stderr }));

  it('has the commands that its README lists, with their arguments and options, and no others', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
    const listed = [...readme.matchAll(/^\| `((?:[a-z]+ ?)+)([^`]*)`/gm)].map(([, name = '', rest = '']) => ({
      name: name.trim(),
      rest,
    }));
    const named = listed.map(({ name }) => name);
    expect(new Set(named)).toEqual(new Set(all().map(({ name }) => name)));
    expect(named).toHaveLength(new Set(named).size);
    for (const { name, rest } of listed) {
      const command = all().find((each) => each.name === name)?.command;
      const known = command?.options.map(({ long }) => long);
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) expect(known, name).toContain(option);
      const places = rest.match(/(?<=[<[])[a-z]+(?=…?[\]>])/g) ?? [];
      expect(command?.registeredArguments.map((each) => each.name())).toEqual(places);
    }
  });

  it('has --json and an example in the help of every command, and the exit codes in its own', async () => {
    for (const { name, command } of all()) {
      expect(
        command.options.map(({ long }) => long),
        name,
      ).toContain('--json');
      const { code, stdout: help } = await runHere([...name.split(' '), '--help']);
      expect([name, code, help]).toEqual([name, 0, expect.stringMatching(/\nExamples:\n {2}.*pnpm .* # /)]);
    }
    for (const group of ['uploads', 'campaigns', 'inventory', 'keys']) {
      expect((await runHere([group, '--help'])).stdout).toContain('\nExamples:\n');
    }
    const { stdout: help } = await runHere(['--help']);
    for (const code of Object.values(exitCodes)) expect(help).toContain(`\n  ${code}  `);
  });

  it('understands every line that help and documents say to type', async () => {
    const documents = ['../../../README.md', '../README.md'].map((path) => new URL(path, import.meta.url));
    const texts = await Promise.all([
      ...documents.map((path) => readFile(path, 'utf8')),
      ...all().map(async ({ name }) => (await runHere([...name.split(' '), '--help'])).stdout),
    ]);
    const lines = texts.flatMap((text) => [...text.matchAll(/pnpm cli ([a-z]+)(?: ([a-z]+))?/g)]);
    expect(lines.length).toBeGreaterThan(40);
    const names = all().map(({ name }) => name);
    const unknown = lines.filter(([, first = '', second]) => {
      const group = names.filter((name) => name.startsWith(`${first} `));
      if (group.length === 0) return !names.includes(first);
      return second !== undefined && !names.includes(`${first} ${second}`);
    });
    expect(unknown.map(([line]) => line)).toEqual([]);
  });

  it('says its version', async () => {
    expect(await runHere(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
  });

  it('ends with exit code 2 when arguments or variables are wrong, and names every wrong variable at once', async () => {
    expect((await runHere(['migrat'])).code).toBe(2);
    const wrong = await runHere(['migrate'], { DATABASE_URL: 'mysql://x', PLEDGELINE_URL: 'nowhere' });
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong.stderr).toContain('DATABASE_URL must begin');
    expect(wrong.stderr).toContain('PLEDGELINE_URL must be');
    expect(await runHere(['migrate'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('DATABASE_URL is not set.'),
    });
    expect(await runHere(['campaigns'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('PLEDGELINE_KEY'),
    });
    expect(await runHere(['dev'], { PORT: 'web' })).toMatchObject({
      code: 2,
      stderr: 'PORT is "web". It must be a whole number from 1 to 65535.\n',
    });
    const blank = await runHere(['campaigns', '--key', 'a b']);
    expect(blank).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('What is given as the key cannot be one.'),
    });
  });

  it('takes one file for the whole campaign, and no more', async () => {
    const args = ['import', 'a.csv', 'b.csv', '--campaign', 'Lamp', '--complete', '--key', 'pl_x'];
    expect(await runHere(args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Pack the files that are it together into one zip'),
    });
  });

  it('ends with exit code 4 when nobody answers, and shows the cause only when it is asked to', async () => {
    const args = ['campaigns', '--url', 'http://127.0.0.1:10', '--key', 'pl_x'];
    const away = await runHere(args);
    expect(away).toEqual({
      code: 4,
      stdout: '',
      stderr:
        'The API at http://127.0.0.1:10 did not answer: connect ECONNREFUSED 127.0.0.1:10\nIs it running, and is --url (or PLEDGELINE_URL) its address?\n',
    });
    expect((await runHere([...args, '--verbose'])).stderr).toContain('Caused by: ConnectionError');
    const database = await runHere(['migrate'], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:10/x' });
    expect(database).toMatchObject({ code: 4, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') });
  });

  it('accepts reading options only for a file that is named', async () => {
    for (const option of ['--encoding', '--delimiter', '--sheet']) {
      expect((await refusal('demo', option, ',')).message).toContain(`${option} is for a file`);
    }
    expect((await refusal('demo', '--date-order', 'dmy')).message).toContain('--date-order is for a file');
    expect((await refusal('demo', '--header-line', '3')).message).toContain('--header-line is for a file');
    for (const option of ['--no-repair', '--accept', '--people']) {
      expect((await refusal('demo', option)).message).toContain(`${option} is for a file`);
    }
  });

  it('accepts a delimiter by its name', () => {
    const named = ['comma', 'Semicolon', 'tab', 'pipe', '\\t', '~'].map(delimiterCharacter);
    expect(named).toEqual([',', ';', '\t', '|', '\t', '~']);
  });

  it('refuses arguments that it does not understand instead of guessing', async () => {
    expect((await refusal('demo', '--rows', '1.5')).message).toContain('whole number');
    expect((await refusal('demo', '--rows', '0')).message).toContain('whole number');
    expect((await refusal('demo', '--platform', 'nowhere')).message).toContain('kickstarter');
    expect((await refusal('import', 'a.csv')).message).toContain('--campaign');
    expect((await refusal('import', 'a.csv', '--campaign', ' ')).message).toContain('blank');
    expect((await refusal('import', 'a.csv', '--date-order', 'ymd')).message).toContain('dmy');
    expect((await refusal('import', 'a.csv', '--delimiter', ';;')).message).toContain('semicolon');
    expect((await refusal('import', 'a.csv', '--delimiter', 'constructor')).message).toContain('semicolon');
    expect((await refusal('import', 'a.csv', '--delimiter', '"')).message).toContain('one character');
    expect((await refusal('demo', 'a.csv', '--sheet', ' ')).message).toContain('blank');
    expect((await refusal('demo', 'a.csv', '--header-line', '0')).message).toContain('from 1 to');
    expect((await refusal('demo', 'a.csv', '--accept', '--people')).message).toContain('cannot be used with');
    expect((await refusal('demo', 'a.csv', 'b.csv')).message).toContain('too many arguments');
    const create = (...options: readonly string[]) =>
      refusal('keys', 'create', '--merchant', 'Ada', ...options);
    expect((await create('--expires', '2999-02-30')).message).toContain('a day such as 2027-11-23');
    expect((await create('--expires', 'tomorrow')).message).toContain('a time such as 2027-11-23T12:00:00Z');
    expect((await create('--expires', '2020-01-31')).message).toContain('must lie in the future');
    expect((await create('--scope', 'owner')).message).toContain('read, write, admin');
    expect((await refusal('keys', 'revoke', 'shop', '--merchant', 'Ada')).message).toContain('an id such as');
    expect((await refusal('verify', 'backers.csv')).message).toContain('an id such as');
    const exported = (list: string, ...options: readonly string[]) =>
      refusal('export', list, '--campaign', 'X', ...options);
    expect((await exported('pledges', '--status', 'collected,gone')).message).toContain('collected, pending');
    expect((await exported('pledges', '--updated-since', '2027-02-30')).message).toContain('a day such as');
    expect((await exported('pledges', '--sort', 'name')).message).toContain('-pledgedAt');
    expect((await exported('backers', '--has-issue', '--has-no-issue')).message).toContain('cannot be used');
    expect((await exported('products', '--status', 'dropped')).message).toBe(
      'error: --status is for pledges, not for products.',
    );
    expect((await refusal('uploads', '--status', 'done')).message).toContain('needs_mapping');
    const one = '01890000-0000-7000-8000-000000000000';
    expect((await refusal('uploads', one, '--status', 'failed')).message).toContain('leave out the id');
    expect((await refusal('inventory', 'set', 'Mug', '-1', '--campaign', 'X')).message).toContain(
      'whole number',
    );
    expect((await refusal('inventory', 'set', 'Mug', 'many', '--campaign', 'X')).message).toContain(
      'whole number',
    );
  });
});
