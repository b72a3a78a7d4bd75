import { setTimeout as sleep } from 'node:timers/promises';
import { installShutdown } from '../index.js';

/**
 * A program for the tests. It prints what happens, takes some time to close, and has the fault that its argument names.
 */
const fault = process.argv[2];
const print = (message: string): void => void process.stdout.write(`${message}\n`);
const logger = {
  info: (_details: object, message: string) => print(message),
  error: (_details: object, message: string) => print(message),
  fatal: (_details: object, message: string) => print(message),
};

const shutdown = installShutdown({
  program: 'It',
  logger,
  patienceMs: fault === 'never-closes' ? 300 : 30_000,
  async close() {
    print('close is called');
    if (fault === 'cannot-close') throw new Error('it cannot be closed');
    if (fault === 'never-closes') await new Promise(() => undefined);
    await sleep(300);
    if (fault === 'throws-while-closing') void Promise.reject(new Error('late'));
    await sleep(100);
  },
});

setInterval(() => undefined, 1_000);
print('started');
if (fault === 'throws') {
  setTimeout(() => {
    throw new Error('an uncaught exception');
  });
}
if (fault === 'rejects') void Promise.reject(new Error('an unhandled rejection'));
if (fault === 'fails') shutdown.fail(new Error('no database'), 'It cannot start');
