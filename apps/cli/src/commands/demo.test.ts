import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { descendantsOf, makeHome, type RunningCli, runCli, stillRunning } from '../test-support/run-cli.js';

let home: string;
let removeHome: () => Promise<void>;
const started: RunningCli[] = [];

beforeAll(async () => {
  ({ home, remove: removeHome } = await makeHome());
});
afterEach(() => {
  for (const { process } of started.splice(0)) process.kill('SIGKILL');
});
afterAll(() => removeHome());

function demo(args: readonly string[], environment: NodeJS.ProcessEnv = {}): RunningCli {
  const cli = runCli(['demo', ...args], { PLEDGELINE_HOME: home, ...environment });
  started.push(cli);
  return cli;
}

/** Starts a demo that runs long enough to be caught half-way, and lists all its processes. */
async function startLongDemo() {
  const cli = demo(['--rows', '60000']);
  await expect.poll(() => cli.stderr(), { timeout: 60_000 }).toMatch(/Importing .* rows/);
  const family = descendantsOf(cli.process.pid ?? 0);
  const names = family.map(({ command }) => command).join('\n');
  expect(names).toMatch(/api\/dist\/server\.js/);
  expect(names).toMatch(/worker\/dist\/main\.js/);
  expect(names).toMatch(/postgres/);
  return { cli, family };
}

/** The report without the times and paths, which differ from run to run. */
function comparable(report: string): string {
  return report.slice(0, report.indexOf('\nTime\n'));
}

describe('The command demo', () => {
  it('starts everything, imports, reports and stops, and the next run has the same result', async () => {
    const first = demo(['--rows', '300']);
    expect(await first.ended, first.stderr()).toBe(0);
    expect(first.stdout()).toContain('300 in the file = 297 imported + 3 rejected  ✓');
    expect(first.stdout()).toMatch(/pledges +297 +0 +0/);
    expect(first.stdout()).toContain('invalid_email');
    expect(first.stdout()).toContain(
      'upload.completed: "kickstarter-300.csv" is imported, without its rejected rows.',
    );
    expect(first.stdout()).toContain('297 of 300 rows were imported, 3 rejected.');
    expect(first.stderr()).toContain('100 %');
    const second = demo(['--rows', '300']);
    expect(await second.ended).toBe(0);
    expect(comparable(second.stdout())).toBe(comparable(first.stdout()));
  });

  it('can run twice at the same time', async () => {
    const both = [demo(['--rows', '200']), demo(['--rows', '200'])];
    expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
    const [one, other] = both.map((cli) => comparable(cli.stdout()));
    expect(one).toBe(other);
    expect(both.map((cli) => cli.stderr()).join('')).toContain('this run uses its own');
  });

  it('finds a file relative to the folder of the user, after the dashes that pnpm passes on', async () => {
    const file = 'my backers.csv';
    const rows =
      'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status\n1,7,Ada,ada@example.com,$5.00 USD,collected\n';
    await writeFile(join(home, file), rows);
    const cli = demo(['--', file, '--campaign', 'Lanterns'], { INIT_CWD: home });
    expect(await cli.ended, cli.stderr()).toBe(0);
    expect(cli.stdout()).toContain('Lanterns');
    expect(cli.stdout()).toContain('1 in the file = 1 imported + 0 rejected  ✓');
  });

  it('ends with exit code 1 and the reason when the file is refused, not recognised or missing', async () => {
    await writeFile(join(home, 'open-quote.csv'), 'Backer Number,Email\n1,"ada\n2,x\n');
    await writeFile(join(home, 'colours.csv'), 'Colour,Taste\nred,sweet\n');
    const refused = demo([join(home, 'open-quote.csv')]);
    expect(await refused.ended).toBe(1);
    expect(refused.stderr()).toContain('The file was refused: unterminated_quote (line 2).');
    const unknown = demo([join(home, 'colours.csv')]);
    expect(await unknown.ended).toBe(1);
    expect(unknown.stderr()).toContain('--platform');
    const missing = demo([join(home, 'none.csv')]);
    expect(await missing.ended).toBe(1);
    expect(missing.stderr()).toContain('There is no readable file');
  });

  it('shows the log of a service that cannot start, and leaves nothing running', async () => {
    const cli = demo(['--rows', '100'], { DATABASE_CONNECTIONS: 'many' });
    await expect.poll(() => cli.stderr(), { timeout: 60_000 }).toContain('Starting API');
    const family = descendantsOf(cli.process.pid ?? 0);
    expect(await cli.ended).toBe(1);
    expect(cli.stderr()).toMatch(/The (api|worker) ended by itself \(exit code 1\)/);
    expect(cli.stderr()).toContain('DATABASE_CONNECTIONS');
    await expect.poll(() => stillRunning(family), { timeout: 10_000 }).toEqual([]);
  });

  it('stops everything in order on Ctrl-C', async () => {
    const { cli, family } = await startLongDemo();
    cli.process.kill('SIGINT');
    expect(await cli.ended).toBe(130);
    await expect.poll(() => stillRunning(family), { timeout: 10_000 }).toEqual([]);
  });

  it('leaves nothing running when it is SIGKILLed, and the next run works', async () => {
    const { cli, family } = await startLongDemo();
    cli.process.kill('SIGKILL');
    expect(await cli.ended).toBe('SIGKILL');
    await expect.poll(() => stillRunning(family), { timeout: 15_000 }).toEqual([]);
    const next = demo(['--rows', '100']);
    expect(await next.ended, next.stderr()).toBe(0);
    expect(next.stderr()).not.toContain('uses its own');
  });
});
