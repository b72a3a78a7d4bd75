import { createEndpoint } from '@pledgeline/db';
import { afterAll, expect, it } from 'vitest';
import { startMachine } from '../faults/machine.js';
import { until } from '../until.js';
import { type AbusedSystem, type Merchant, openAbusedSystem } from './abused-system.js';
import { recordFigure } from './figures.js';
import { cpuSeconds } from './measure-program.js';

const machine = await startMachine();
afterAll(() => machine.stop());

const UPLOADS = 200;
const ENDPOINTS = 20;
const TURNS = 1;
/** What uploads may cost with dead endpoints. It was more than four times; the goal is 1.1, but a busy machine makes more of it. */
const BOUND = 2;

const csv = [
  'Order ID,Name,Email,Amount,Currency',
  ...Array.from({ length: 5 }, (_, n) => `A${n},Ada,ada${n}@example.com,5.00,USD`),
].join('\n');

async function addDeadEndpoints(system: AbusedSystem, { id }: Merchant): Promise<void> {
  for (let n = 0; n < ENDPOINTS; n += 1) {
    await createEndpoint(system.db, id, {
      url: `https://nobody-${n}.invalid/`,
      description: '',
      events: ['upload.completed'],
      secret: `whsec_${Buffer.alloc(32, n).toString('base64')}`,
    });
  }
}

interface Cost {
  /** Until all uploads had ended. */
  readonly seconds: number;
  /** Of API and worker; what Postgres took is not among it. */
  readonly cpuSeconds: number;
}

/** Sends the uploads, eight at once, and returns what that took. */
async function sendAll(system: AbusedSystem, merchant: Merchant): Promise<Cost> {
  const begun = performance.now();
  const cpu = () => cpuSeconds(system.api) + cpuSeconds(system.worker);
  const cpuBefore = cpu();
  let left = UPLOADS;
  const send = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await merchant.upload(csv);
    }
  };
  await Promise.all(Array.from({ length: 8 }, send));
  await until(async () => {
    const ended = await system.db.prisma.csvUpload.count({
      where: { merchantId: merchant.id, status: 'COMPLETED' },
    });
    expect(ended % UPLOADS).toBe(0);
    expect(ended).toBeGreaterThan(0);
  }, 150_000);
  return { seconds: (performance.now() - begun) / 1_000, cpuSeconds: cpu() - cpuBefore };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

it(`${UPLOADS} small uploads take hardly longer when none of ${ENDPOINTS} webhook endpoints resolves`, async () => {
  const system = await openAbusedSystem(machine);
  try {
    const costs: { readonly without: Cost[]; readonly dead: Cost[] } = { without: [], dead: [] };
    for (let turn = 0; turn < TURNS; turn += 1) {
      const [plain, dead] = await Promise.all([
        system.addMerchant(`Plain ${turn}`),
        system.addMerchant(`Dead ${turn}`),
      ]);
      costs.without.push(await sendAll(system, plain));
      await addDeadEndpoints(system, dead);
      costs.dead.push(await sendAll(system, dead));
      // What is left must not burden the next turn.
      await system.db.pool.query(
        `UPDATE delivery SET status = 'FAILED', finished_at = now(), attempt_token = NULL, lease_until = NULL
         WHERE merchant_id = $1 AND status = 'PENDING'`,
        [dead.id],
      );
    }
    const attempts = await system.db.prisma.deliveryAttempt.count();
    const of = (kind: readonly Cost[], what: keyof Cost) => median(kind.map((cost) => cost[what]));
    const [without, dead] = [of(costs.without, 'seconds'), of(costs.dead, 'seconds')];
    recordFigure({
      sent: `${UPLOADS} small uploads with ${ENDPOINTS} endpoints that do not resolve`,
      before: '75 s instead of 27 s',
      now: `${dead.toFixed(1)} s instead of ${without.toFixed(1)} s; API and worker ${of(costs.dead, 'cpuSeconds').toFixed(1)} instead of ${of(costs.without, 'cpuSeconds').toFixed(1)} s of CPU; ${attempts} attempts in ${TURNS} turns`,
    });
    expect(await system.db.prisma.delivery.count()).toBe(UPLOADS * ENDPOINTS * TURNS);
    expect(dead).toBeLessThan(BOUND * without);
  } finally {
    await system.close();
  }
}, 400_000);
