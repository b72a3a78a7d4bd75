import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiPort } from '../stack/api-port.js';
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

function run(args: readonly string[], environment: NodeJS.ProcessEnv = {}): RunningCli {
  const cli = runCli(args, { PLEDGELINE_HOME: home, ...environment });
  started.push(cli);
  return cli;
}

async function startDev() {
  const port = await apiPort(undefined);
  const cli = run(['dev', '--port', String(port)]);
  await expect
    .poll(() => cli.stdout() + cli.stderr(), { timeout: 60_000 })
    .toMatch(/curl[\s\S]*pnpm cli import/);
  const printed = (label: string): string =>
    new RegExp(`^${label} +(\\S+)$`, 'm').exec(cli.stdout())?.[1] ?? '';
  return {
    cli,
    port,
    url: printed('API'),
    key: printed('Key'),
    databaseUrl: printed('DATABASE_URL'),
    family: descendantsOf(cli.process.pid ?? 0),
  };
}

const importOutput = z.object({
  upload: z.object({ status: z.string(), rows: z.object({ imported: z.number(), rejected: z.number() }) }),
  issueGroups: z.array(z.object({ code: z.string() })),
});

describe('The command dev', () => {
  it('serves import, keys, migrate and any client with its key until Ctrl-C', async () => {
    const { cli, port, url, key, databaseUrl, family } = await startDev();

    const file = join(home, 'sample.csv');
    const sample = run(['sample', '--rows', '200', '--out', file]);
    expect(await sample.ended, sample.stderr()).toBe(0);
    const here = { PLEDGELINE_URL: url, PLEDGELINE_KEY: key };
    const imported = run(['import', file, '--campaign', 'Lanterns'], here);
    expect(await imported.ended, imported.stderr()).toBe(0);
    expect(imported.stdout()).toContain('200 in the file = 198 imported + 2 rejected  ✓');

    const again = run(['import', file, '--campaign', 'Lanterns', '--json'], here);
    expect(await again.ended, again.stderr()).toBe(0);
    const { upload, issueGroups } = importOutput.parse(JSON.parse(again.stdout()));
    expect(upload).toEqual({ status: 'COMPLETED', rows: { imported: 198, rejected: 2 } });
    expect(issueGroups.length).toBeGreaterThan(0);

    const keys = run(['keys', 'create', '--merchant', 'Somebody'], { DATABASE_URL: databaseUrl });
    expect(await keys.ended, keys.stderr()).toBe(0);
    expect(keys.stdout()).toMatch(/^pl_[\w-]+\n$/);
    const other = run(['import', file, '--campaign', 'Mine', '--url', url, '--key', keys.stdout().trim()]);
    expect(await other.ended, other.stderr()).toBe(0);

    const migrate = run(['migrate'], { DATABASE_URL: databaseUrl });
    expect(await migrate.ended, migrate.stderr()).toBe(0);
    expect(migrate.stdout()).toBe('Nothing to apply.\n');

    const wrongKey = run(['import', file, '--campaign', 'X', '--url', url, '--key', 'pl_wrong']);
    expect(await wrongKey.ended).toBe(1);
    expect(wrongKey.stderr()).toContain('The file was refused: unknown_key.');

    const second = run(['dev', '--port', String(port)]);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain('Another Pledgeline is running');
    const elsewhere = run(['dev', '--port', String(port)], { PLEDGELINE_HOME: join(home, 'other') });
    expect(await elsewhere.ended).toBe(1);
    expect(elsewhere.stderr()).toContain(`Port ${port} is taken.`);

    // Two signals at once, as from terminal and pnpm. They differ, because two equal ones might be merged into one.
    cli.process.kill('SIGINT');
    cli.process.kill('SIGHUP');
    expect(await cli.ended).toBe(0);
    await expect.poll(() => stillRunning(family), { timeout: 10_000 }).toEqual([]);
  });

  it('reports a service that died and stops the others', async () => {
    const { cli, family } = await startDev();
    const worker = family.find(({ command }) => command.includes('worker/dist/main.js'));
    process.kill(worker?.pid ?? Number.NaN, 'SIGKILL');
    expect(await cli.ended).toBe(1);
    expect(cli.stderr()).toContain('The worker ended by itself (SIGKILL).');
    await expect.poll(() => stillRunning(family), { timeout: 10_000 }).toEqual([]);
  });
});

describe('A command with wrong or missing settings', () => {
  it('names the environment variable to set', async () => {
    const migrate = run(['migrate']);
    expect(await migrate.ended).toBe(1);
    expect(migrate.stderr()).toContain('DATABASE_URL is not set.');
    await writeFile(join(home, 'a.csv'), 'x\n');
    const unkeyed = run(['import', join(home, 'a.csv'), '--campaign', 'X']);
    expect(await unkeyed.ended).toBe(1);
    expect(unkeyed.stderr()).toContain('PLEDGELINE_KEY');
  });

  it('names every wrong variable at once, and ends with exit code 2 when its arguments are wrong', async () => {
    const wrong = run(['migrate'], { DATABASE_URL: 'mysql://x', PLEDGELINE_URL: 'nowhere' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.stderr()).toContain('DATABASE_URL must begin');
    expect(wrong.stderr()).toContain('PLEDGELINE_URL must be');
    expect(await run(['migrat']).ended).toBe(2);
    expect(await run(['--help']).ended).toBe(0);
  });
});
