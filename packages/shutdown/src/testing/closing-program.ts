import { setTimeout as sleep } from 'node:timers/promises';
import { installShutdown } from '../index.js';

/** A program that closes in its own time, says what happens to it, and is told by its argument what goes wrong. */
const fault = process.argv[2];
const say = (message: string): void => void process.stdout.write(`${message}\n`);
const logger = {
  info: (_details: object, message: string) => say(message),
  error: (_details: object, message: string) => say(message),
  fatal: (_details: object, message: string) => say(message),
};

const shutdown = installShutdown({
  program: 'It',
  logger,
  patienceMs: fault === 'never-closes' ? 300 : 30_000,
  async close() {
    say('close is called');
    if (fault === 'cannot-close') throw new Error('a bad day');
    if (fault === 'never-closes') await new Promise(() => undefined);
    await sleep(300);
    if (fault === 'throws-while-closing') void Promise.reject(new Error('late'));
    await sleep(100);
  },
});

setInterval(() => undefined, 1_000);
say('started');
if (fault === 'throws') {
  setTimeout(() => {
    throw new Error('nobody catches it');
  });
}
if (fault === 'rejects') void Promise.reject(new Error('nobody heeds it'));
if (fault === 'fails') shutdown.fail(new Error('no database'), 'It cannot start');
