import { Problem } from '../problem.js';
import { type GiveBack, RETRY_AFTER } from './turns.js';

/** The memory that all requests share for what they cannot read piece by piece. */
export interface MemoryBudget {
  /**
   * Waits until there are as many bytes. Who came first is first, so a large file is not passed by small ones for ever.
   * Whoever wants more than all of it waits until nothing is taken but by themselves.
   *
   * @throws Problem `too_little_memory` when none of it came free in time
   */
  take(bytes: number): Promise<GiveBack>;
  /** Takes as many bytes if they are there at this moment and nobody waits for them; else null. */
  takeNow(bytes: number): GiveBack | null;
  /** The same memory, for one request that takes it several times and must not wait for itself. */
  forOne(): MemoryBudget;
}

/** What one request has taken. */
interface Account {
  taken: number;
}

interface Waiting {
  readonly bytes: number;
  readonly account: Account;
  readonly start: (turn: GiveBack) => void;
}

export function createMemoryBudget(total: number, timeoutMs: number): MemoryBudget {
  const waiting = new Set<Waiting>();
  let taken = 0;

  const isThere = (bytes: number, account: Account) => taken + bytes <= total || taken === account.taken;

  function start(bytes: number, account: Account): GiveBack {
    taken += bytes;
    account.taken += bytes;
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      taken -= bytes;
      account.taken -= bytes;
      startNext();
    };
  }

  function startNext(): void {
    for (const one of waiting) {
      if (!isThere(one.bytes, one.account)) return;
      waiting.delete(one);
      one.start(start(one.bytes, one.account));
    }
  }

  function wait(bytes: number, account: Account): Promise<GiveBack> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(one);
        // Those behind it may need less.
        startNext();
        reject(tooLittle(bytes));
      }, timeoutMs);
      const one: Waiting = {
        bytes,
        account,
        start(turn) {
          clearTimeout(timer);
          resolve(turn);
        },
      };
      waiting.add(one);
    });
  }

  function open(accountOf: () => Account): MemoryBudget {
    const takeNow = (bytes: number, account = accountOf()) =>
      waiting.size === 0 && isThere(bytes, account) ? start(bytes, account) : null;
    return {
      takeNow: (bytes) => takeNow(bytes),
      async take(bytes) {
        const account = accountOf();
        return takeNow(bytes, account) ?? (await wait(bytes, account));
      },
      forOne() {
        const account = { taken: 0 };
        return open(() => account);
      },
    };
  }

  return open(() => ({ taken: 0 }));
}

function tooLittle(bytes: number): Problem {
  const megabytes = Math.ceil(bytes / 1024 ** 2);
  return new Problem(
    'too_little_memory',
    `Reading the file takes ${megabytes} MB of memory, which other files are using at this moment, and none of them ended in time. Send it again in a few seconds, and fewer at once. Of a workbook, a sheet that is saved as "CSV UTF-8" takes no such memory.`,
    { headers: RETRY_AFTER },
  );
}
