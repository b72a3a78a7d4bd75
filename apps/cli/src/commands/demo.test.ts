import { readFile, writeFile } from 'node:fs/promises';
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

/** The report without the id, the times and the paths, which differ from run to run. */
function comparable(report: string): string {
  return report.slice(0, report.indexOf('\nTime\n')).replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}/g, 'id');
}

describe('The command demo', () => {
  it('starts everything, imports, reports and stops, also twice at the same time, with the same result', async () => {
    const both = [demo(['--rows', '300']), demo(['--rows', '300'])] as const;
    const codes = await Promise.all(both.map(({ ended }) => ended));
    const [first, second] = both;
    expect(codes, first.stderr() + second.stderr()).toEqual([0, 0]);
    expect(comparable(second.stdout())).toBe(comparable(first.stdout()));
    expect(first.stderr() + second.stderr()).toContain('this run uses its own');
    expect(first.stdout()).toContain('300 in the file = 297 imported + 3 rejected  ✓');
    expect(first.stdout()).toMatch(/pledges +297 +0 +0/);
    expect(first.stdout()).toContain('invalid_email');
    expect(first.stdout()).toContain(
      'upload.completed: "kickstarter-300.csv" is imported, without its rejected rows.',
    );
    expect(first.stdout()).toContain('297 of 300 rows were imported, 3 rejected.');
    expect(first.stderr()).toContain('100 %');
    expect(first.stdout()).toMatch(/\n {2}pnpm cli rejected [0-9a-f-]{36} --out rejected\.csv\n/);
    const rejected = await readFile(join(home, 'rejected', 'kickstarter-300.csv'), 'utf8');
    expect(rejected.trim().split('\r\n')).toHaveLength(1 + 3);
  });

  it('starts nothing for a file that is missing', async () => {
    const missing = demo([join(home, 'none.csv')]);
    expect(await missing.ended).toBe(2);
    expect(missing.stderr()).toContain('There is no readable file');
    expect(missing.stderr()).not.toContain('Starting');
  });

  it('shows the log of a service that cannot start, and leaves nothing running', async () => {
    const cli = demo(['--rows', '100'], { DATABASE_CONNECTIONS: 'many' });
    await expect.poll(() => cli.stderr(), { timeout: 60_000 }).toContain('Starting API');
    const family = descendantsOf(cli.process.pid ?? 0);
    expect(await cli.ended).toBe(3);
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

  it('leaves nothing running when it is SIGKILLed, and the next run imports a file of the user', async () => {
    const { cli, family } = await startLongDemo();
    cli.process.kill('SIGKILL');
    expect(await cli.ended).toBe('SIGKILL');
    await expect.poll(() => stillRunning(family), { timeout: 15_000 }).toEqual([]);
    const file = 'my backers.csv';
    const rows =
      'Backer Number,Backer UID,Backer Name,Email,Pledge Amount,Pledged Status\n1,7,Ada,ada@example.com,$5.00 USD,collected\n';
    await writeFile(join(home, file), rows);
    // Relative to the folder of the user, after the dashes that pnpm passes on.
    const next = demo(['--', file, '--campaign', 'Lanterns', '--json'], { INIT_CWD: home });
    expect(await next.ended, next.stderr()).toBe(0);
    expect(JSON.parse(next.stdout())).toMatchObject({
      file: join(home, file),
      upload: { campaign: 'Lanterns', rows: { total: 1, imported: 1, rejected: 0 } },
      rejected: null,
    });
    expect(next.stderr()).not.toContain('uses its own');
  });
});
