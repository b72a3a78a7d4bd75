import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSystem } from './running-system.js';

const EVERY_MS = 50;

/** The 99th percentile of response times, with twenty requests a second. */
export interface Latencies {
  readonly uploadP99Ms: number;
  readonly healthP99Ms: number;
  readonly requests: number;
}

/** Requests the newest upload and the health of the API until `until` is settled. */
export async function probe(system: RunningSystem, until: Promise<unknown>): Promise<Latencies> {
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  until.then(end, end);
  const uploads: number[] = [];
  const health: number[] = [];
  let path: string | null = null;
  while (!isOver) {
    path ??= await newestUpload(system);
    if (path !== null) uploads.push(await time(system, path));
    health.push(await time(system, '/healthz'));
    await sleep(EVERY_MS);
  }
  return { uploadP99Ms: percentile(uploads), healthP99Ms: percentile(health), requests: health.length };
}

async function newestUpload(system: RunningSystem): Promise<string | null> {
  const response = await fetch(`${system.url}/v1/uploads?limit=1`, { headers: system.headers });
  const id = /"id":"([^"]+)"/.exec(await response.text())?.[1];
  return id === undefined ? null : `/v1/uploads/${id}`;
}

async function time(system: RunningSystem, path: string): Promise<number> {
  const begun = performance.now();
  const response = await fetch(`${system.url}${path}`, { headers: system.headers });
  await response.text();
  if (!response.ok) throw new Error(`${path} answered with the status ${response.status}.`);
  return performance.now() - begun;
}

function percentile(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN;
}
