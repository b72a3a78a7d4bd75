/** Places where tests break a process, in the order in which an upload passes them. */
export const faultPoints = [
  /** The API has stored a chunk, and more of the file is to come. */
  'upload.receiving',
  /** The upload is sealed, and no job of it is in the queue. */
  'upload.sealed',
  /** The jobs are in the queue, and the client has no answer. */
  'upload.answering',
  /** A worker has a job and has not claimed its chunk. */
  'chunk.unclaimed',
  /** The chunk is claimed, and nothing of it is written. */
  'chunk.claimed',
  /** Its pledges are written, its backers are not, and nothing is committed. */
  'chunk.half-written',
  /** Everything of the chunk is written, and nothing is committed. */
  'chunk.written',
  /** The chunk was the last one and is committed; the upload is settled, and that is not committed. */
  'upload.settled',
  /** Everything is committed, and the queue does not know it. */
  'chunk.committed',
  /** A chunk is read for a draft, and that is committed. */
  'draft.read',
  /** Records of a draft are written, and nothing is committed. */
  'draft.half-written',
  /** Some of the records of a draft are written and committed, others are not. */
  'draft.written',
  /** All records of a draft are written; the upload has its status, and that is not committed. */
  'draft.finished',
  /** The deliveries of a message are made, and no job of them is in the queue. */
  'delivery.routed',
  /** A delivery is claimed, and its receiver has heard nothing. */
  'delivery.claimed',
  /** The receiver has answered, and nobody has written it down. */
  'delivery.answered',
] as const;

export type FaultPoint = (typeof faultPoints)[number];

/** Called where the point is. Does nothing, unless a fault was ordered for it. */
export type FaultPoints = (point: FaultPoint) => Promise<void>;

/** For everything that is no test. */
export const noFaults: FaultPoints = () => Promise.resolve();

/** What a point throws for which `fail` was ordered. */
export class FaultPointError extends Error {
  override readonly name = 'FaultPointError';
}

/** The order cannot be read. */
export class InvalidFaultError extends Error {
  override readonly name = 'InvalidFaultError';
}

const actions = ['kill', 'fail', 'pause'] as const;
type Action = (typeof actions)[number];

interface Fault {
  readonly point: FaultPoint;
  readonly action: Action;
  /** 1: the first time that the point is reached. */
  readonly time: number;
}

/**
 * Points that break as ordered, each once: `chunk.half-written=kill`, or `chunk.claimed=pause@2` for the second time.
 * Several orders are separated by commas.
 *
 * - `kill`: SIGKILL to this process
 * - `fail`: throws {@link FaultPointError}
 * - `pause`: prints `{"fault":"<point>"}` and goes on when SIGUSR2 comes
 *
 * @throws InvalidFaultError
 */
export function createFaultPoints(orders: string | undefined): FaultPoints {
  if (orders === undefined) return noFaults;
  const faults = orders.split(',').map(readFault);
  const reached = new Map<FaultPoint, number>();
  return async (point) => {
    const time = (reached.get(point) ?? 0) + 1;
    reached.set(point, time);
    const fault = faults.find((each) => each.point === point && each.time === time);
    if (fault !== undefined) await commit(fault);
  };
}

const ORDER = /^([a-z.-]+)=([a-z]+)(?:@([1-9]\d{0,5}))?$/;

function readFault(order: string): Fault {
  const [, name, verb, time = '1'] = ORDER.exec(order.trim()) ?? [];
  const point = faultPoints.find((each) => each === name);
  const action = actions.find((each) => each === verb);
  if (point === undefined || action === undefined) {
    throw new InvalidFaultError(
      `"${order}" is no fault. Write <point>=<action>, with one of ${faultPoints.join(', ')} and one of ${actions.join(', ')}.`,
    );
  }
  return { point, action, time: Number(time) };
}

async function commit({ point, action }: Fault): Promise<void> {
  if (action === 'fail') throw new FaultPointError(`A test ordered ${point} to fail`);
  if (action === 'kill') {
    process.kill(process.pid, 'SIGKILL');
    // The signal ends the process a moment later, and nothing may happen in between.
    await new Promise<never>(() => undefined);
  }
  await new Promise<void>((resolve) => {
    process.once('SIGUSR2', () => resolve());
    process.stdout.write(`${JSON.stringify({ fault: point })}\n`);
  });
}
