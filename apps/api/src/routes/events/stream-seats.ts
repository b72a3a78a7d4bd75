import { Problem } from '../../problem.js';

/** Streams that a merchant may have open at once, at this process. */
export const maxStreams = 20;

/** Counts the streams of each merchant. */
export interface StreamSeats {
  /**
   * Returns the way to give the seat back; doing so twice does nothing.
   *
   * @throws Problem `too_many_streams`
   */
  take(merchantId: string): () => void;
}

export function createStreamSeats(): StreamSeats {
  const taken = new Map<string, Set<symbol>>();
  return {
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
