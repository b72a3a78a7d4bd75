import { Problem } from '../../problem.js';

/** How many streams a merchant may have open at once in this process. */
export const maxStreams = 20;

/** Counts the open streams of each merchant. */
export interface StreamSeats {
  /**
   * Takes a seat. Returns a function that gives it back; a second call does nothing.
   *
   * @throws Problem `too_many_streams`
   */
  take(merchantId: string): () => void;
  /** How many seats are free. */
  left(merchantId: string): number;
}

export function createStreamSeats(): StreamSeats {
  const taken = new Map<string, Set<symbol>>();
  return {
    left: (merchantId) => maxStreams - (taken.get(merchantId)?.size ?? 0),
    take(merchantId) {
      const seats = taken.get(merchantId) ?? new Set();
      if (seats.size >= maxStreams) throw tooMany();
      const seat = Symbol('seat');
      taken.set(merchantId, seats.add(seat));
      return () => {
        seats.delete(seat);
        if (seats.size === 0 && taken.get(merchantId) === seats) taken.delete(merchantId);
      };
    },
  };
}

function tooMany(): Problem {
  return new Problem(
    'too_many_streams',
    `${maxStreams} event streams are open. Close one that nobody reads, then try again.`,
    { headers: { 'retry-after': '30' } },
  );
}
