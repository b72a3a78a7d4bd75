/** How long a client that got no turn should wait before it asks again. */
export const RETRY_AFTER = { 'retry-after': '5' };

/** Gives the turn back; calling it again does nothing. */
export type GiveBack = () => void;

/** Lets a limited number of requests work at the same time; the others wait for their turn. */
export interface Turns {
  /**
   * Waits for a turn. Null when none came in time. Who came first is first, except that a merchant with all of its
   * turns in use lets others pass.
   *
   * @param signal ends the waiting early, when the client has left
   */
  take(merchantId: string, signal?: AbortSignal): Promise<GiveBack | null>;
  /** How many turns a merchant may have at the same time. */
  readonly perMerchant: number;
  /** How many more it could take at this moment. */
  left(merchantId: string): number;
}

export interface TurnLimits {
  /** Turns in use at the same time. */
  readonly total: number;
  /** Those of one merchant among them. */
  readonly perMerchant: number;
  readonly timeoutMs: number;
}

interface Waiting {
  readonly merchantId: string;
  readonly start: (turn: GiveBack | null) => void;
}

export function createTurns({ total, perMerchant, timeoutMs }: TurnLimits): Turns {
  const inUse = new Map<string, number>();
  const waiting = new Set<Waiting>();
  let used = 0;

  const usedBy = (merchantId: string) => inUse.get(merchantId) ?? 0;
  const mayStart = (merchantId: string) => used < total && usedBy(merchantId) < perMerchant;

  function start(merchantId: string): GiveBack {
    used += 1;
    inUse.set(merchantId, usedBy(merchantId) + 1);
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      used -= 1;
      const left = usedBy(merchantId) - 1;
      if (left === 0) inUse.delete(merchantId);
      else inUse.set(merchantId, left);
      startNext();
    };
  }

  function startNext(): void {
    for (const one of waiting) {
      if (used >= total) return;
      if (!mayStart(one.merchantId)) continue;
      waiting.delete(one);
      one.start(start(one.merchantId));
    }
  }

  function wait(merchantId: string, signal: AbortSignal | undefined): Promise<GiveBack | null> {
    return new Promise((resolve) => {
      const leave = () => {
        if (waiting.delete(one)) one.start(null);
      };
      const timer = setTimeout(leave, timeoutMs);
      const one: Waiting = {
        merchantId,
        start(turn) {
          clearTimeout(timer);
          signal?.removeEventListener('abort', leave);
          resolve(turn);
        },
      };
      waiting.add(one);
      signal?.addEventListener('abort', leave);
    });
  }

  return {
    perMerchant,
    left: (merchantId) => Math.max(0, Math.min(total - used, perMerchant - usedBy(merchantId))),
    async take(merchantId, signal) {
      if (mayStart(merchantId)) return start(merchantId);
      return timeoutMs === 0 || signal?.aborted === true ? null : wait(merchantId, signal);
    },
  };
}
