import { describe, expect, it } from 'vitest';
import { createTurns } from './turns.js';

const isWaiting = async (turn: Promise<unknown>) =>
  (await Promise.race([turn, new Promise((resolve) => setImmediate(resolve, 'waits'))])) === 'waits';

describe('Turns', () => {
  it('are given up to the limit of a merchant, and the next request waits until one is given back', async () => {
    const turns = createTurns({ total: 9, perMerchant: 2, timeoutMs: 10_000 });
    const first = await turns.take('ada');
    await turns.take('ada');
    const third = turns.take('ada');
    expect(await isWaiting(third)).toBe(true);
    expect(await isWaiting(turns.take('bob'))).toBe(false);
    first?.();
    expect(await isWaiting(third)).toBe(false);
  });

  it('pass a merchant whose turns are all in use, though it came first', async () => {
    const turns = createTurns({ total: 2, perMerchant: 1, timeoutMs: 10_000 });
    const ada = await turns.take('ada');
    const bob = await turns.take('bob');
    const adaAgain = turns.take('ada');
    const eve = turns.take('eve');
    bob?.();
    expect(await isWaiting(eve)).toBe(false);
    expect(await isWaiting(adaAgain)).toBe(true);
    ada?.();
    expect(await isWaiting(adaAgain)).toBe(false);
  });

  it('are given back once, however often that is said', async () => {
    const turns = createTurns({ total: 1, perMerchant: 1, timeoutMs: 0 });
    const turn = await turns.take('ada');
    turn?.();
    turn?.();
    expect(await turns.take('ada')).not.toBeNull();
    expect(await turns.take('ada')).toBeNull();
  });

  it('are not waited for longer than the limit, or by a client that has left', async () => {
    const turns = createTurns({ total: 1, perMerchant: 1, timeoutMs: 50 });
    const turn = await turns.take('ada');
    expect(await turns.take('ada')).toBeNull();
    const left = new AbortController();
    const waiting = createTurns({ total: 0, perMerchant: 1, timeoutMs: 60_000 }).take('ada', left.signal);
    left.abort();
    expect(await waiting).toBeNull();
    turn?.();
    expect(await turns.take('ada')).not.toBeNull();
  });
});
