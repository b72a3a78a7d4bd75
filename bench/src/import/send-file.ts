import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningSystem } from './running-system.js';

/** Shortest pause between two requests for the status of an upload. */
const PAUSE_MS = 5;
/** The pause as a share of the time since the start. */
const PAUSE_SHARE = 1 / 100;

export interface SentFile {
  readonly uploadId: string;
  /** Time from the first byte to the response to the POST. */
  readonly receivedMs: number;
  /** Time from the first byte to the status `COMPLETED`, or `NEEDS_REVIEW` of a review. */
  readonly completedMs: number;
}

/** Sends a file and waits until it is imported, or compared with its campaign where it is sent for a review. */
export async function sendFile(
  system: RunningSystem,
  file: string,
  campaign: string,
  { review = false }: { readonly review?: boolean } = {},
): Promise<SentFile> {
  const { size } = await stat(file);
  const ended = review ? 'NEEDS_REVIEW' : 'COMPLETED';
  const begun = performance.now();
  const uploadId = await post(system, { file, size, campaign, review });
  const receivedMs = performance.now() - begun;
  for (;;) {
    const { status } = await getUpload(system, uploadId);
    if (status === ended) return { uploadId, receivedMs, completedMs: performance.now() - begun };
    if (status !== 'PENDING' && status !== 'PROCESSING')
      throw new Error(`The upload ended with the status ${status}.`);
    await sleep(Math.max(PAUSE_MS, (performance.now() - begun) * PAUSE_SHARE));
  }
}

interface FileToPost {
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  readonly campaign: string;
  readonly review: boolean;
}

async function post(system: RunningSystem, { file, size, campaign, review }: FileToPost): Promise<string> {
  // Commits from before a parameter would refuse it.
  const force = campaignsOf(system).has(campaign) ? '&force=true' : '';
  campaignsOf(system).add(campaign);
  const options = `${force}${review ? '&review=true' : ''}`;
  const sending = request(`${system.url}/v1/uploads?campaign=${encodeURIComponent(campaign)}${options}`, {
    method: 'POST',
    headers: { ...system.headers, 'content-type': 'text/csv', 'content-length': size },
  });
  const answer = new Promise<string>((resolve, reject) => {
    sending.once('error', reject);
    sending.once('response', (response) => {
      text(response).then(
        (body) => (response.statusCode === 202 ? resolve(body) : reject(new Error(body))),
        reject,
      );
    });
  });
  const [body] = await Promise.all([answer, pipeline(createReadStream(file), sending)]);
  return readField(JSON.parse(body), 'id');
}

/** The campaigns to which a system has been sent a file: the same file is imported again only by force. */
const campaigns = new WeakMap<RunningSystem, Set<string>>();

function campaignsOf(system: RunningSystem): Set<string> {
  const known = campaigns.get(system) ?? new Set();
  campaigns.set(system, known);
  return known;
}

async function getUpload(system: RunningSystem, id: string): Promise<{ readonly status: string }> {
  const response = await fetch(`${system.url}/v1/uploads/${id}`, { headers: system.headers });
  return { status: readField(await response.json(), 'status') };
}

function readField(answer: unknown, name: string): string {
  if (typeof answer === 'object' && answer !== null) {
    const value: unknown = Object.getOwnPropertyDescriptor(answer, name)?.value;
    if (typeof value === 'string') return value;
  }
  throw new Error(`The response of the API has no ${name}: ${JSON.stringify(answer)}`);
}
