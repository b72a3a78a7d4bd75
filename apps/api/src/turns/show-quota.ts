import type { FastifyReply } from 'fastify';

/** What a merchant may have under way at the same time, by the names in the headers of answers. */
export type QuotaName = 'requests' | 'uploads' | 'exports' | 'streams';

/** One of the limits of a merchant. */
export interface Quota {
  readonly name: QuotaName;
  /** How many at the same time. */
  readonly limit: number;
  /** How many more could begin at this moment. */
  readonly left: number;
}

const POLICY = 'ratelimit-policy';
const STATE = 'ratelimit';

/**
 * Adds a limit, and what is left of it, to the headers of an answer, as draft-ietf-httpapi-ratelimit-headers-11 says. Our
 * limits count what is under way and no time, so there are no windows: `qu` is the unit that the draft has for that.
 */
export function showQuota(reply: FastifyReply, { name, limit, left }: Quota): void {
  add(reply, POLICY, `"${name}";q=${limit};qu="concurrent-requests"`);
  add(reply, STATE, `"${name}";r=${left}`);
}

/** Both headers are lists: the answer to an export tells the limits of requests and of exports. */
function add(reply: FastifyReply, header: string, entry: string): void {
  const before = reply.getHeader(header);
  reply.header(header, before === undefined ? entry : `${before}, ${entry}`);
}
