import { listIssues } from '@pledgeline/db';
import { afterAll, describe, expect, it } from 'vitest';
import { until } from '../until.js';
import { bounds } from './bounds.js';
import { type FaultySystem, openFaultySystem } from './faulty-system.js';
import { startMachine } from './machine.js';

const machine = await startMachine({ fsync: 'off' });
afterAll(() => machine.stop());

const POISON = 'Poisonous Ada';
const FINAL: readonly string[] = ['COMPLETED', 'FAILED'];

/** An option for Node that kills the process as soon as it works on a cell with this text. */
const diesOf = (text: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`
  const exec = RegExp.prototype.exec;
  RegExp.prototype.exec = function (text) {
    if (text === ${JSON.stringify(text)}) process.kill(process.pid, 'SIGKILL');
    return exec.call(this, text);
  };
  for (const name of ['trim', 'normalize', 'toLowerCase', 'replace', 'replaceAll', 'charCodeAt', 'isWellFormed', 'split', 'includes']) {
    const original = String.prototype[name];
    String.prototype[name] = function (...parts) {
      if (String(this) === ${JSON.stringify(text)}) process.kill(process.pid, 'SIGKILL');
      return original.apply(this, parts);
    };
  }`)}`;

describe.each(machine.queues)('A row that kills its workers, with the queue on $name', (queue) => {
  it('is refused in the end, and the rows beside it are imported', { timeout: 120_000 }, async () => {
    const system = await openFaultySystem(machine, queue);
    try {
      const api = await system.startApi();
      const names = ['Bo', 'Cy', POISON, 'Di'];
      const rows = names.map((name, at) => `${at + 1},${name},a${at}@example.com,5.00,EUR`);
      const id = await api.send(['Order ID,Name,Email,Amount,Currency', ...rows, ''].join('\n'));
      let killed = 0;
      while (!FINAL.includes((await system.report(id)).status)) {
        const worker = system.startDoomedWorker({ CONCURRENCY: '2' }, [diesOf(POISON)]);
        const isFinal = async () => {
          while (!FINAL.includes((await system.report(id)).status)) {
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
          return false;
        };
        if (await Promise.race([worker.exited.then(() => true), isFinal()])) killed += 1;
      }
      expect(killed).toBe(5);
      expect(await system.report(id)).toMatchObject({
        status: 'COMPLETED',
        rows: { total: 4, imported: 3, rejected: 1 },
      });
      const { issues } = await listIssues(system.db, id, { limit: 10 });
      expect(issues).toMatchObject([{ row: 3, line: 4, code: 'unprocessable_row' }]);
    } finally {
      await system.close();
    }
  });
});

/** Makes Postgres kill the backend that writes this pledge, whereupon it ends all others and starts anew, as after a fault of its own. */
async function killBackendsThatWrite({ db }: FaultySystem, externalId: string): Promise<void> {
  await db.pool.query(
    `CREATE FUNCTION kill_backend() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', 'kill -9 ' || pg_backend_pid()); RETURN NEW; END $$`,
  );
  await db.pool.query(
    `CREATE TRIGGER kill_backend BEFORE INSERT ON pledge FOR EACH ROW
     WHEN (NEW.external_id = '${externalId}') EXECUTE FUNCTION kill_backend()`,
  );
}

describe('A row that crashes Postgres', () => {
  it('is refused in the end, and all others are imported', { timeout: 180_000 }, async () => {
    const system = await openFaultySystem(machine, { name: 'Postgres', redis: null });
    try {
      await killBackendsThatWrite(system, 'P3');
      const api = await system.startApi();
      await Promise.all([system.startWorker({ CONCURRENCY: '2' }), system.startWorker({ CONCURRENCY: '2' })]);
      const send = (prefix: string) => {
        const rows = [1, 2, 3, 4].map((n) => `${prefix}${n},Ada,${prefix}${n}@example.com,5.00,EUR`);
        return api.send(['Order ID,Name,Email,Amount,Currency', ...rows, ''].join('\n'));
      };
      const poisoned = await send('P');
      const others: string[] = [];
      for (let sent = 0; (await statusOf(system, poisoned)) !== 'COMPLETED'; sent += 1) {
        // Refused while Postgres starts.
        const other = await send(`O${sent}-`).catch(() => null);
        if (other !== null) others.push(other);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      expect(await system.report(poisoned)).toMatchObject({ rows: { total: 4, imported: 3, rejected: 1 } });
      const { issues } = await listIssues(system.db, poisoned, { limit: 10 });
      expect(issues).toMatchObject([{ row: 3, line: 4, code: 'unprocessable_row' }]);
      expect(issues[0]?.message).toContain('the database stopped each time it wrote it');
      expect(others).not.toEqual([]);
      for (const id of others) {
        await until(async () => {
          expect(await system.report(id)).toMatchObject({ status: 'COMPLETED', rows: { imported: 4 } });
        }, bounds.claimed);
      }
      // Chunks that were written at the moment of a crash are not blamed for it.
      const blamed = await system.db.prisma.csvUploadChunk.findMany({
        where: { uploadId: { in: others }, lostWorkers: { gt: 0 } },
      });
      expect(blamed).toEqual([]);
    } finally {
      await system.close();
    }
  });
});

/** Null while Postgres starts. */
async function statusOf(system: FaultySystem, uploadId: string): Promise<string | null> {
  return system.report(uploadId).then(
    ({ status }) => status,
    () => null,
  );
}
