import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { apiPort } from '../stack/api-port.js';
import { descendantsOf, makeHome, type RunningCli, runCli, stillRunning } from '../test-support/run-cli.js';
import { runAtTerminal, runHere } from '../test-support/run-here.js';

/** All columns of the shop's orders but the amount. */
const OTHER_COLUMNS = [
  { position: 0, as: 'externalId' },
  { position: 1, as: 'email' },
  { position: 2, as: 'backerName' },
  { position: 3, as: 'ignored' },
  { position: 4, as: 'currency' },
  { position: 5, as: 'productName' },
  { position: 6, as: 'quantity' },
];

/** What the newer file of the shop changes; blanks are shortened. */
const SHOWN = `
What "newer-shop.csv" would change in the campaign "Shop". Nothing of it is written yet
  Rows  4 in the file = 3 to import + 1 rejected

The campaign, before → after
  before → after  change
  pledges  3 → 4  +1
  people  3 → 4  +1

Pledged
  currency  status  pledges  change  amount
  EUR  collected  3 → 4  +1  30.00 → 42.50

Units owed to backers, where they change
  kind  product  before → after  change
  item  Lamp  3 → 4  +1

Records
  type  created  changed  unchanged  removed  missing
  backers  1  0  2  0  0
  pledges  1  1  1  0  1
  surveys  0  0  0  0  0
  products  0  0  1  0  0
  Pledges that are not in the file stay as they are.
  \`pnpm cli changes\` lists them with --kind missing.
`;

/** The rest of it: the changes, and why rows are rejected. */
const LISTED = [
  '\n\nChanges\n  ~ pledge L-1\n  amount  10.00 → 12.50\n',
  '\n  + pledge L-4, created\n',
  '\n  ? pledge L-2, missing\n',
  '\n  invalid_email  Email  1  line 5: nobody\n',
];

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nobody = '01890000-0000-7000-8000-000000000000';

let home: string;
let removeHome: () => Promise<void>;
let dev: RunningCli;
let port: number;
let here: { readonly PLEDGELINE_URL: string; readonly PLEDGELINE_KEY: string; readonly INIT_CWD: string };
let databaseUrl: string;
let family: ReturnType<typeof descendantsOf>;

// One stack for all tests of this file, in their order: that of `dev`.
beforeAll(async () => {
  ({ home, remove: removeHome } = await makeHome());
  port = await apiPort(undefined);
  dev = runCli(['dev'], { PLEDGELINE_HOME: home, PORT: String(port) });
  await vi.waitUntil(() => /curl[\s\S]*pnpm cli import/.test(dev.stdout()), { timeout: 60_000 });
  const printed = (label: string): string =>
    new RegExp(`^${label} +(\\S+)$`, 'm').exec(dev.stdout())?.[1] ?? '';
  here = { PLEDGELINE_URL: printed('API'), PLEDGELINE_KEY: printed('Key'), INIT_CWD: home };
  databaseUrl = printed('DATABASE_URL');
  family = descendantsOf(dev.process.pid ?? 0);
});
afterAll(async () => {
  dev.process.kill('SIGKILL');
  await removeHome();
});

const run = (...args: readonly string[]) => runHere(args, here);

/** The JSON documents of an output, one in each line. */
const documents = (stdout: string): unknown[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

const imported = z.object({
  file: z.string(),
  upload: z.object({ id: z.string(), status: z.string(), rows: z.record(z.string(), z.number()) }),
  issueGroups: z.array(z.object({ code: z.string() })),
});

async function importSample(campaign = 'Lanterns'): Promise<string> {
  const { stdout } = await run('import', 'sample.csv', '--campaign', campaign, '--force', '--json');
  return imported.parse(JSON.parse(stdout)).upload.id;
}

describe('The stack of dev', () => {
  it('prints a link to the page, which signs in once', async () => {
    const [, page = '', token = ''] = /^Page +(\S+)#link=(\S+)$/m.exec(dev.stdout()) ?? [];
    expect(page).toBe(`http://127.0.0.1:${port}/app`);
    const { headers } = await fetch(page);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const follow = () =>
      fetch(`${page}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: new URL(page).origin, 'pledgeline-page': '1' },
        body: JSON.stringify({ link: token }),
      });
    const session = await follow();
    expect([session.status, await session.json()]).toEqual([
      201,
      {
        merchant: 'dev',
        keyId: expect.any(String),
        keyName: 'cli',
        scope: 'admin',
        expiresAt: expect.any(String),
      },
    ]);
    expect((await follow()).status).toBe(401);
  });

  it('listens on PORT, and prints how to use it to stdout, its steps and logs to stderr', () => {
    expect(here.PLEDGELINE_URL).toBe(`http://127.0.0.1:${port}`);
    expect(dev.stdout()).not.toContain('Starting');
    expect(dev.stderr()).toContain('Starting API and worker …');
  });
});

describe('The command import', () => {
  it('prints a report, and ends with exit code 1 and a way on when rows were rejected', async () => {
    const sample = await run('sample', '--rows', '200', '--out', 'sample.csv');
    expect(sample).toEqual({ code: 0, stdout: '', stderr: 'Wrote 200 rows to sample.csv.\n' });
    const other = await run('sample', '--rows', '201', '--out', 'newer.csv', '--json');
    expect(documents(other.stdout)).toEqual([{ file: join(home, 'newer.csv'), rows: 201, seed: 1 }]);
    const { code, stdout, stderr } = await run('import', 'sample.csv', '--campaign', 'Lanterns');
    expect([code, stdout.startsWith('\nImport completed\n')]).toEqual([1, true]);
    expect(stdout).toContain('200 in the file = 198 imported + 2 rejected  ✓');
    expect(stdout).toMatch(
      /\nTo correct rejected rows\n {2}pnpm cli rejected [0-9a-f-]{36} --out rejected\.csv\n {2}pnpm cli import rejected\.csv --campaign Lanterns {3}# when it is corrected\n/,
    );
    expect(stderr).toMatch(/Importing .*100 %[\s\S]*\n2 of 200 rows were rejected\.\n$/);
  });

  it('takes several files, goes on after one that is refused, and ends with a summary', async () => {
    await writeFile(join(home, 'open-quote.csv'), 'Backer Number,Email\n1,"ada\n2,x\n');
    await writeFile(join(home, 'colours.csv'), 'Colour,Taste\nred,sweet\n');
    const files = ['open-quote.csv', 'colours.csv', 'sample.csv'];
    const { code, stdout, stderr } = await run('import', ...files, '--campaign', 'Lanterns');
    expect(code).toBe(3);
    const summary = stdout.slice(stdout.indexOf('3 files')).replaceAll(/ {2,}/g, '  ');
    expect(summary).toBe(
      `3 files
  file  result  rows  imported  rejected
  open-quote.csv  refused: unterminated_quote
  colours.csv  needs_mapping  1  0  0
  sample.csv  completed before  200  198  2
`,
    );
    expect(stderr).toContain('File 3 of 3: sample.csv\n');
    expect(stderr).toContain('2 of 3 files were not imported: "open-quote.csv", "colours.csv".\n');
    expect(stderr).toContain('open-quote.csv: The file was refused: unterminated_quote (line 2).');
    expect(stderr).toContain('--accept');
  });

  it('prints a JSON document for each file and nothing else with --json', async () => {
    const files = ['open-quote.csv', 'sample.csv'];
    const { code, stdout } = await run('import', ...files, '--campaign', 'Lanterns', '--json');
    expect(code).toBe(3);
    const [refused, done] = documents(stdout);
    expect(refused).toEqual({
      file: join(home, 'open-quote.csv'),
      error: { code: 'unterminated_quote', message: expect.stringContaining('The file was refused') },
    });
    const { upload, issueGroups } = imported.parse(done);
    expect([upload.status, upload.rows['imported'], issueGroups.length > 0]).toEqual([
      'COMPLETED',
      198,
      true,
    ]);
  });

  it('reports the upload that has the content already, unless it is forced to import it again', async () => {
    const again = await run('import', 'sample.csv', '--campaign', 'Lanterns', '--json');
    expect(documents(again.stdout)).toMatchObject([{ isDuplicate: true, upload: { status: 'COMPLETED' } }]);
    expect(again.stderr).toContain('The campaign has this content already.');
    const before = imported.parse(JSON.parse(again.stdout)).upload.id;
    expect(await importSample()).not.toBe(before);
  });

  it('says the same of a large file, which is sent in parts', async () => {
    const rows = Array.from({ length: 17 }, (_, row) => `${row},${'x'.repeat(1024 ** 2)}\n`);
    await writeFile(join(home, 'large.csv'), `Colour,Taste\n${rows.join('')}`);
    const first = await run('import', 'large.csv', '--campaign', 'Large', '--json');
    expect(documents(first.stdout)).toMatchObject([{ isDuplicate: false }]);
    const again = await run('import', 'large.csv', '--campaign', 'Large', '--json');
    expect(documents(again.stdout)).toMatchObject([{ isDuplicate: true }]);
    expect(again.stderr).toContain('The campaign has this content already.');
    await run('campaigns', 'delete', 'Large', '--yes');
  });

  it('warns at once of a file that is older than what the campaign has', async () => {
    const { code, stdout, stderr } = await run(
      'import',
      'sample.csv',
      'newer.csv',
      'sample.csv',
      '--campaign',
      'Older',
      '--force',
    );
    expect(code).toBe(1);
    expect(stderr.match(/^Careful: .*older.*$/gm)).toHaveLength(1);
    expect(stderr.indexOf('Careful: ')).toBeGreaterThan(stderr.indexOf('File 3 of 3'));
    expect(stderr.indexOf('Careful: ')).toBeLessThan(stderr.lastIndexOf('Importing'));
    expect(stdout.match(/\nLook at this first\n {2}\S/g)).toHaveLength(1);
    expect(stdout).toMatch(/\n {2}sample\.csv +completed, with a warning +200 +198 +2\n$/);
    await run('campaigns', 'delete', 'Older', '--yes');
  });

  it('sends nothing when a file is missing or the key is wrong', async () => {
    const missing = await run('import', 'sample.csv', 'none.csv', '--campaign', 'Lanterns');
    expect(missing).toEqual({
      code: 2,
      stdout: '',
      stderr: `There is no readable file ${join(home, 'none.csv')}.\n`,
    });
    const wrong = await run('import', 'sample.csv', 'sample.csv', '--campaign', 'X', '--key', 'pl_wrong');
    expect(wrong).toMatchObject({ code: 3, stdout: '' });
    expect(wrong.stderr).toMatch(
      /The file was refused: unknown_key\. .*\nGive a valid key with PLEDGELINE_KEY or --key\.\n$/,
    );
  });
});

describe('The commands about uploads', () => {
  it('inspect a file and store nothing', async () => {
    const before = (await run('uploads', '--json')).stdout;
    const { code, stdout, stderr } = await run('inspect', 'sample.csv');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^sample\.csv\n {2}Platform +Kickstarter, confidence \d+ %\n/);
    expect(stdout).toMatch(/\n {2}Rows seen +200\n {2}First +line 2: .*@.*pledge /);
    const json = await run('inspect', 'sample.csv', '--json');
    expect(documents(json.stdout)).toMatchObject([{ files: [{ platform: 'kickstarter' }], isCut: false }]);
    const unknown = await run('inspect', 'colours.csv');
    expect(unknown).toMatchObject({ code: 1, stderr: 'Not all of it can be imported as it is.\n' });
    const broken = await run('inspect', 'open-quote.csv');
    expect(broken.code).toBe(3);
    expect((await run('uploads', '--json')).stdout).toBe(before);
  });

  it('list them, newest first, and show one', async () => {
    const id = await importSample();
    const { code, stdout, stderr } = await run('uploads', '--limit', '1');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')[1]).toMatch(
      new RegExp(`^  ${id} .* Lanterns +sample\\.csv +COMPLETED +200 +198 +2$`),
    );
    expect(documents((await run('uploads', '--limit', '2', '--json')).stdout)).toMatchObject([
      { id, status: 'COMPLETED' },
      { status: 'COMPLETED' },
    ]);
    const one = await run('uploads', id);
    expect([one.code, one.stderr]).toEqual([0, '']);
    expect(one.stdout).toContain('200 in the file = 198 imported + 2 rejected  ✓');
    expect(documents((await run('uploads', id, '--json')).stdout)).toMatchObject([{ id, files: [{}] }]);
    expect(await run('uploads', nobody)).toMatchObject({ code: 3, stdout: '' });
  });

  it('give the rejected rows and their reasons, and all records', async () => {
    const id = await importSample();
    const csv = await run('rejected', id);
    expect([csv.code, csv.stderr, csv.stdout.trim().split('\r\n').length]).toEqual([0, '', 1 + 2]);
    const reasons = documents((await run('rejected', id, '--json')).stdout);
    expect(reasons).toMatchObject([{ severity: 'error' }, { severity: 'error' }]);
    const pledges = await run('export', 'pledges', '--campaign', 'Lanterns', '--json');
    expect([pledges.code, documents(pledges.stdout).length]).toEqual([0, 198]);
    const some = await run('export', 'pledges', '--campaign', 'Lanterns', '--json', '--status', 'dropped');
    const dropped = documents(pledges.stdout).filter((pledge) => Object(pledge).status === 'DROPPED');
    expect([dropped.length > 0, documents(some.stdout).length]).toEqual([true, dropped.length]);
    const few = ['--search', 'a', '--sort', '-updatedAt', '--limit', '3', '--updated-since', '2020-01-01'];
    const backers = await run('export', 'backers', '--campaign', 'Lanterns', '--json', ...few);
    expect([backers.code, documents(backers.stdout).length]).toEqual([0, 3]);
  });

  it('rename one at any time, and move one only before its import begins', async () => {
    const id = await importSample();
    expect(await run('uploads', 'rename', id, 'may.csv')).toEqual({
      code: 0,
      stdout: 'The upload is called "may.csv" now.\n',
      stderr: '',
    });
    const late = await run('uploads', 'move', id, 'Elsewhere');
    expect(late).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('illegal_move') });
    const waiting = await run('import', 'colours.csv', '--campaign', 'Lantersn', '--json');
    const { upload } = imported.parse(JSON.parse(waiting.stdout));
    expect(await run('uploads', 'move', upload.id, 'Lanterns')).toEqual({
      code: 0,
      stdout: 'The upload "colours.csv" is imported into the campaign "Lanterns" now.\n',
      stderr: '',
    });
    const moved = await run('uploads', 'rename', upload.id, 'c.csv', '--json');
    expect(documents(moved.stdout)).toMatchObject([
      { id: upload.id, campaign: 'Lanterns', filename: 'c.csv' },
    ]);
    const listed = await run('uploads', '--status', 'needs_mapping', '--campaign', 'Lanterns', '--json');
    expect(documents(listed.stdout)).toContainEqual(expect.objectContaining({ id: upload.id }));
    const none = await run(
      'uploads',
      '--status',
      'failed',
      '--campaign',
      'Lanterns',
      '--platform',
      'backerkit',
    );
    expect(none).toEqual({ code: 0, stdout: 'There are no uploads.\n', stderr: '' });
    await run('cancel', upload.id);
    await run('campaigns', 'delete', 'Lantersn', '--yes');
  });

  it('delete one only when they are told to', async () => {
    const id = await importSample('Old');
    expect(await run('uploads', 'delete', id)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'This deletes the upload "sample.csv" with its 2 rejected rows and its issues, for ever. The records that it wrote stay, and then its campaign can be merged no more.\nAdd --yes to do it. Nothing was deleted.\n',
    });
    expect(documents((await run('uploads', 'delete', id, '--yes', '--json')).stdout)).toEqual([
      { id, deleted: true },
    ]);
    expect(await run('uploads', id)).toMatchObject({ code: 3, stdout: '' });
    await run('campaigns', 'delete', 'Old', '--yes');
  });

  it('say in the words of the API what cannot be retried or canceled', async () => {
    const id = await importSample();
    for (const command of ['retry', 'cancel']) {
      const { code, stdout, stderr } = await run(command, id);
      expect([code, stdout]).toEqual([3, '']);
      expect(stderr).toMatch(/^The API refused this: [a-z_]+\. [A-Z].*\n$/);
    }
  });

  it('cancel an upload that waits', async () => {
    const waiting = await run('import', 'colours.csv', '--campaign', 'Lanterns', '--json');
    const { upload } = imported.parse(JSON.parse(waiting.stdout));
    expect(await run('cancel', upload.id)).toEqual({
      code: 0,
      stdout: 'The import is canceled: 0 rows were imported before and stay, 1 are not processed.\n',
      stderr: '',
    });
  });
});

describe('The commands of campaigns', () => {
  it('list them', async () => {
    const { code, stdout, stderr } = await run('campaigns');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ {2}id +made +name\n {2}[0-9a-f-]{36} {3}2\d{3}-\S+ \S+ {3}Lanterns\n$/);
    expect(documents((await run('campaigns', '--json')).stdout)).toMatchObject([{ name: 'Lanterns' }]);
  });

  it('report what one holds', async () => {
    const { code, stdout, stderr } = await run('campaigns', 'summary', 'Lanterns');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Campaign "Lanterns"\n\nPledged\n {2}currency +status +pledges +amount\n/);
    for (const title of ['Units owed to backers, by product', 'Backers by country', 'Answers to "']) {
      expect(stdout).toContain(`\n${title}`);
    }
    expect(stdout).toMatch(/\nPledges per day\n {2}day +pledges\n {2}2\d{3}-\d\d-\d\d +\d+ +█+\n/);
    const json = await run('campaigns', 'summary', 'Lanterns', '--json', '--time-zone', 'Asia/Tokyo');
    const [summary] = documents(json.stdout);
    expect(Object.keys(Object(summary))).toEqual(expect.arrayContaining(['pledged', 'units', 'days']));
    const nowhere = await run('campaigns', 'summary', 'Lanterns', '--time-zone', 'Mars/Base');
    expect(nowhere).toMatchObject({ code: 3, stdout: '', stderr: expect.stringContaining('timeZone') });
  });

  it('make, rename, archive and merge one, by its name or id', async () => {
    const made = await run('campaigns', 'create', 'Lantersn', '--json');
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(made.stdout));
    const sentences = [
      await run('campaigns', 'rename', id, 'Lantern'),
      await run('campaigns', 'archive', 'Lantern'),
      await run('campaigns', 'archive', 'Lantern', '--undo'),
      await run('campaigns', 'merge', 'Lantern', 'Lanterns'),
    ];
    expect(sentences).toEqual(
      [
        'The campaign is called "Lantern" now.\n',
        'The campaign "Lantern" is archived.\n',
        'The campaign "Lantern" takes uploads again.\n',
        'The uploads of "Lantern" are imported into "Lanterns" now. `pnpm cli uploads` shows how far they are.\n',
      ].map((stdout) => ({ code: 0, stdout, stderr: '' })),
    );
    expect(await run('campaigns', 'rename', 'Lantern', 'X')).toEqual({
      code: 3,
      stdout: '',
      stderr: 'There is no campaign "Lantern".\n`pnpm cli campaigns --archived` lists all of them.\n',
    });
  });

  it('delete one only when they are told to', async () => {
    await run('campaigns', 'create', 'Test');
    expect(await run('campaigns', 'delete', 'Test')).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'This deletes the campaign "Test" with its 0 uploads and all its records, for ever.\nAdd --yes to do it. Nothing was deleted.\n',
    });
    expect(await run('campaigns', 'delete', 'Test', '--yes')).toEqual({
      code: 0,
      stdout: 'The campaign "Test" is deleted.\n',
      stderr: '',
    });
    expect((await run('campaigns')).stdout).not.toContain('Test');
  });
});

describe('The commands of inventory', () => {
  it('list the units of products, and set those on hand by id or by name', async () => {
    const listed = await run('inventory', '--campaign', 'Lanterns');
    expect([listed.code, listed.stderr]).toEqual([0, '']);
    expect(listed.stdout).toMatch(
      /^ {2}product id +kind +product .*on hand +owed +unpaid +available +short\n/,
    );
    const units = z.object({
      productId: z.string(),
      committed: z.number(),
      product: z.object({ name: z.string() }),
    });
    const all = documents((await run('inventory', '--campaign', 'Lanterns', '--json')).stdout);
    const { productId, committed, product } = units.parse(
      all.find((each) => units.parse(each).committed > 1),
    );
    const named = await run('inventory', 'set', product.name, '1', '--campaign', 'Lanterns');
    expect(named).toEqual({
      code: 0,
      stdout: `1 units of "${product.name}" are there; ${committed} are owed, ${committed - 1} are missing.\n`,
      stderr: '',
    });
    const counted = await run('inventory', 'set', productId, String(committed + 2), '--json');
    expect(documents(counted.stdout)).toMatchObject([
      { productId, onHand: committed + 2, available: 2, short: 0 },
    ]);
    const unknown = await run('inventory', 'set', productId, 'unknown');
    expect(unknown.stdout).toContain('is not known now');
    expect(await run('inventory', 'set', 'Nothing', '5')).toMatchObject({ code: 2, stdout: '' });
    const missing = await run('inventory', 'set', 'Nothing', '5', '--campaign', 'Lanterns');
    expect(missing).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('There is no product "Nothing"'),
    });
  });
});

describe('The commands that show what an upload changes, and take it back', () => {
  const head = 'Order ID,Email,Name,Total,Currency,Product,Quantity';
  const order = (number: number, total = '10.00') =>
    `L-${number},p${number}@example.com,P${number},${total},EUR,Lamp,1`;
  const write = (name: string, ...orders: readonly string[]) =>
    writeFile(join(home, name), `${[head, ...orders].join('\n')}\n`);
  const into = ['--campaign', 'Shop'];
  const plain = (text: string) => text.replaceAll(/ {2,}/g, '  ');
  const atTerminal = (args: readonly string[], ...answers: readonly (() => string | Promise<string>)[]) =>
    runAtTerminal(args, here, answers);

  async function pledges(): Promise<readonly string[]> {
    const { stdout } = await run('export', 'pledges', ...into, '--json');
    const pledge = z.object({ externalId: z.string(), amount: z.string() });
    const found = documents(stdout).map((each) => pledge.parse(each));
    return found.map(({ externalId, amount }) => `${externalId} ${amount}`).sort(compareText);
  }
  const idIn = (text: string) => /[0-9a-f]{8}(?:-[0-9a-f]{4,12}){4}/.exec(text)?.[0] ?? '';
  const before = ['L-1 10.00', 'L-2 10.00', 'L-3 10.00'];
  const after = ['L-1 12.50', 'L-2 10.00', 'L-3 10.00', 'L-4 10.00'];

  it('show it before anything is written, and say without a terminal how to go on', async () => {
    await write('shop.csv', order(1), order(2), order(3));
    await write('newer-shop.csv', order(1, '12.50'), order(3), order(4), 'L-5,nobody,P5,10.00,EUR,Lamp,1');
    expect(await run('import', 'shop.csv', ...into)).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await run('import', 'newer-shop.csv', ...into, '--review');
    const id = idIn(stderr);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(
        /Nothing is applied yet: .*\nLook again: pnpm cli changes \S+\nApply it: {3}pnpm cli apply \S+\nGive up: {4}pnpm cli discard \S+\n$/,
      ),
    ]);
    expect(plain(stdout).slice(0, SHOWN.length)).toBe(SHOWN);
    for (const part of LISTED) expect(plain(stdout)).toContain(part);
    expect(await pledges()).toEqual(before);
    const again = await run('changes', id);
    expect(again.stdout).toBe(stdout);
    const some = await run(
      'changes',
      id,
      '--kind',
      'changed',
      '--type',
      'pledge',
      '--field',
      'amount',
      '--json',
    );
    expect(documents(some.stdout)).toEqual([
      {
        status: 'NEEDS_REVIEW',
        draft: { kind: 'REVIEW', status: 'READY', outdated: false, percent: 100, error: null },
        totals: expect.objectContaining({ rows: { total: 4, imported: 3, rejected: 1, leftOut: 0 } }),
        changes: [expect.objectContaining({ type: 'pledge', kind: 'changed', name: 'L-1' })],
        hasMore: false,
      },
    ]);
    const applied = await run('apply', id);
    expect(applied).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('1 of 4 rows were rejected.\n'),
    });
    expect(applied.stdout).toMatch(/^\nImport completed\n/);
    expect(await pledges()).toEqual(after);
  });

  it('take it back only when they are told to, and bring it back', async () => {
    const { stdout } = await run('uploads', '--limit', '1', ...into);
    const id = idIn(stdout);
    expect(await run('undo', id)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'This takes the upload "newer-shop.csv" with its 3 imported rows out of the campaign "Shop". Records that only it names go; what other uploads say stays in force. `pnpm cli redo` brings it back.\nAdd --yes to do it. Nothing was changed.\n',
    });
    const no = await atTerminal(['undo', id], () => 'n');
    expect(no).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/Take it back\? \[y\/N\] Nothing was/),
    });
    expect(await pledges()).toEqual(after);
    const undone = await run('undo', id, '--yes');
    expect(undone).toMatchObject({ code: 0, stderr: expect.stringMatching(/^Undoing .*100 %\n$/m) });
    expect(undone.stdout).toMatch(
      /^The import of "newer-shop.csv" is undone.\n3 imported rows were taken back/,
    );
    expect(await pledges()).toEqual(before);
    expect(documents((await run('uploads', id, '--json')).stdout)).toMatchObject([{ status: 'UNDONE' }]);
    expect(await run('changes', id)).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('The upload was taken back'),
    });
    expect(await run('redo', id)).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^\nImport completed\n/),
    });
    expect(await pledges()).toEqual(after);
    expect(documents((await run('undo', id, '--yes', '--json')).stdout)).toMatchObject([
      { id, status: 'UNDONE' },
    ]);
  });

  it('ask on a terminal, and show it anew when the campaign has changed since', async () => {
    await write('third.csv', order(3, '30.00'));
    await write('fourth.csv', order(4, '44.00'));
    const no = await atTerminal(['import', 'third.csv', ...into, '--review'], () => 'no');
    expect(no).toMatchObject({ code: 1, stderr: expect.stringContaining('Apply these changes? [y/N] ') });
    const waiting = await atTerminal(['import', 'third.csv', ...into, '--review']);
    expect([waiting.code, idIn(waiting.stderr.split('pnpm cli')[1] ?? '')]).toEqual([
      1,
      idIn(no.stderr.split('pnpm cli')[1] ?? ''),
    ]);
    const discarded = await run('discard', idIn(waiting.stderr.split('pnpm cli')[1] ?? ''));
    expect(discarded.stdout).toBe('The upload "third.csv" is canceled; nothing of it was imported.\n');
    expect(await pledges()).toEqual(before);
    const { code, stdout, stderr } = await atTerminal(
      ['import', 'third.csv', ...into, '--review'],
      async () => {
        await run('import', 'fourth.csv', ...into);
        return 'y';
      },
      () => 'yes',
    );
    expect([code, stdout.match(/^What "third.csv" would change/gm)?.length]).toEqual([0, 2]);
    expect(stderr).toContain('The campaign has changed since, so nothing was applied.');
    expect(plain(stdout)).toContain('\n  pledges  4 → 4\n');
    expect(await pledges()).toEqual(['L-1 10.00', 'L-2 10.00', 'L-3 30.00', 'L-4 44.00']);
  });

  it('apply it without asking with --yes, and tell afterwards what it has changed', async () => {
    await write('fifth.csv', order(2, '22.00'));
    const { code, stdout } = await run('import', 'fifth.csv', ...into, '--review', '--yes', '--json');
    const applied = imported.extend({
      review: z.object({ changes: z.array(z.object({ name: z.string() })) }),
    });
    const { upload, review } = applied.parse(JSON.parse(stdout));
    expect([code, upload.status, review.changes[0]]).toEqual([0, 'COMPLETED', { name: 'L-2' }]);
    expect(await pledges()).toContain('L-2 22.00');
    const sent = documents((await run('uploads', '--json', ...into)).stdout)
      .map((each) => z.object({ id: z.string(), filename: z.string() }).parse(each))
      .find(({ filename }) => filename === 'fourth.csv');
    const told = await run('changes', sent?.id ?? '');
    expect(plain(told.stdout)).toMatch(
      /^\nWhat "fourth.csv" changes in the campaign "Shop"\n {2}Rows {2}1 in the file/,
    );
    expect(plain(told.stdout)).toContain('\n  + pledge L-4, created\n');
    expect(await run('import', 'fifth.csv', ...into, '--yes')).toMatchObject({ code: 2, stdout: '' });
  });

  it('read an upload again with other columns, and show what that changes first', async () => {
    await writeFile(join(home, 'columns.json'), JSON.stringify(OTHER_COLUMNS));
    await writeFile(join(home, 'wrong.json'), '[{ "position": 0, "as": "shoeSize" }]');
    const { stdout } = await run('uploads', '--limit', '1', ...into);
    const id = idIn(stdout);
    expect(await run('remap', id, '--columns', 'wrong.json')).toMatchObject({ code: 2, stdout: '' });
    const shown = await run('remap', id, '--columns', 'columns.json', '--review');
    expect([shown.code, plain(shown.stdout)]).toEqual([
      1,
      expect.stringContaining('\n  ~ pledge L-2\n  amount  22.00 → 10.00\n'),
    ]);
    const discarded = await run('discard', id);
    expect(discarded.stdout).toBe('The other columns of "fifth.csv" are discarded; it is what it was.\n');
    const remapped = await run('remap', id, '--columns', 'columns.json', '--review', '--yes');
    expect(remapped).toMatchObject({ code: 0, stdout: expect.stringContaining('\nImport completed\n') });
    expect(await pledges()).toContain('L-2 10.00');
    expect(await run('remap', id, '--json')).toMatchObject({ code: 0 });
    await run('campaigns', 'delete', 'Shop', '--yes');
  });
});

describe('The commands of keys over HTTP', () => {
  it('make, list, rotate and revoke a key of the merchant who asks', async () => {
    const made = await run('keys', 'create', '--name', 'shop', '--scope', 'read');
    expect(made).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^pl_[\w-]{32}\n$/),
      stderr: 'Key "shop", scope read. Keep it safe: it cannot be shown again.\n',
    });
    const forbidden = await run('keys', 'list', '--key', made.stdout.trim());
    expect(forbidden.code).toBe(3);
    expect(forbidden.stderr).toContain('Use a key of the scope admin');
    const [shop] = documents((await run('keys', 'list', '--json')).stdout);
    expect(shop).toMatchObject({ name: 'shop', scope: 'read' });
    const { id } = z.object({ id: z.string() }).parse(shop);
    const rotated = await run('keys', 'rotate', id, '--json');
    expect(documents(rotated.stdout)).toMatchObject([{ id, secret: expect.stringMatching(/^pl_/) }]);
    expect(await run('keys', 'revoke', id)).toEqual({
      code: 0,
      stdout: '',
      stderr: `The key ${id} is revoked.\n`,
    });
    expect((await run('keys', 'list')).stdout).toMatch(/shop .* revoked 2/);
  });

  it('are another thing than those of an operator', async () => {
    const both = await run('keys', 'list', '--merchant', 'Ada', '--key', 'pl_x');
    expect(both.code).toBe(2);
    const made = await runHere(['keys', 'create', '--merchant', 'Ada'], { DATABASE_URL: databaseUrl });
    expect(await run('campaigns', '--key', made.stdout.trim())).toEqual({
      code: 0,
      stdout: 'There are no campaigns.\n',
      stderr: '',
    });
  });
});

describe('The end of dev', () => {
  it('is no second one on the same data or the same port', async () => {
    const second = await runHere(['dev', '--port', String(port)], { PLEDGELINE_HOME: home });
    expect(second).toMatchObject({ code: 3 });
    expect(second.stderr).toContain('Another Pledgeline is running');
    const elsewhere = await runHere(['dev', '--port', String(port)], {
      PLEDGELINE_HOME: join(home, 'other'),
    });
    expect(elsewhere.stderr).toContain(`Port ${port} is taken.`);
  });

  it('comes with Ctrl-C, for everything it has started', async () => {
    // Two signals at once, as from terminal and pnpm. They differ, because two equal ones might be merged into one.
    dev.process.kill('SIGINT');
    dev.process.kill('SIGHUP');
    expect(await dev.ended).toBe(0);
    await expect.poll(() => stillRunning(family), { timeout: 10_000 }).toEqual([]);
  });

  it('comes with exit code 3 when a service died', async () => {
    const other = runCli(['dev', '--port', String(port), '--json'], { PLEDGELINE_HOME: home });
    await expect.poll(() => other.stdout(), { timeout: 60_000 }).toMatch(/\n$/);
    expect(documents(other.stdout())).toEqual([
      { url: here.PLEDGELINE_URL, key: expect.stringMatching(/^pl_/), databaseUrl: expect.any(String) },
    ]);
    const processes = descendantsOf(other.process.pid ?? 0);
    const worker = processes.find(({ command }) => command.includes('worker/dist/main.js'));
    process.kill(worker?.pid ?? Number.NaN, 'SIGKILL');
    expect(await other.ended).toBe(3);
    expect(other.stderr()).toContain('The worker ended by itself (SIGKILL).');
    await expect.poll(() => stillRunning(processes), { timeout: 10_000 }).toEqual([]);
  });
});
