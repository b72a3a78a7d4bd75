import { listIssues } from '@pledgeline/db';
import { afterAll, describe, expect, it } from 'vitest';
import { openFaultySystem } from './faulty-system.js';
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
