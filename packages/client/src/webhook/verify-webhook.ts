/** Why a message is not believed. */
export type WebhookErrorCode =
  /** A header of Standard Webhooks is missing, or is not what it should be. */
  | 'missing_header'
  /** It was signed longer ago than is tolerated, or in the future: perhaps somebody sends an old message again. */
  | 'wrong_time'
  /** No signature is of one of the secrets. */
  | 'wrong_signature'
  /** The message is signed, but not what Pledgeline sends. */
  | 'wrong_body';

/** A message that must not be believed. Answer it with 400. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly code: WebhookErrorCode;

  constructor(code: WebhookErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A message as it came over HTTP. */
export interface ReceivedWebhook {
  /** The body exactly as it came: its bytes, or its text; not parsed JSON. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  /** The headers of the request, of `fetch` or of Node. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The secret of the webhook, or several while it is rotated. */
  readonly secrets: string | readonly string[];
  /** How old or how early a message may be, in seconds. Default 300. */
  readonly toleranceSeconds?: number;
  /** Now. Default: by the clock. */
  readonly now?: Date;
}

/** What happened. */
export interface WebhookEvent {
  /** The same at every attempt and every replay: remember those you have seen. */
  readonly id: string;
  /** Such as `upload.completed`. */
  readonly type: string;
  /** When it happened, in ISO 8601. */
  readonly timestamp: string;
  /** Ids and numbers. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Checks a message as Standard Webhooks 1.0 says, by WebCrypto: in Node, in browsers and at the edge. Signatures are
 * compared in constant time.
 *
 * @throws WebhookError when the message must not be believed, TypeError when a secret is not a secret
 */
export async function verifyWebhook({
  body,
  headers,
  secrets,
  toleranceSeconds = 300,
  now = new Date(),
}: ReceivedWebhook): Promise<WebhookEvent> {
  const id = requireHeader(headers, 'webhook-id');
  const sentAt = requireHeader(headers, 'webhook-timestamp');
  const signatures = requireHeader(headers, 'webhook-signature');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const given = typeof secrets === 'string' ? [secrets] : secrets;
  if (given.length === 0) throw new TypeError('A webhook is verified with at least one secret.');
  const keys = await Promise.all(given.map(importSecret));
  checkTime(sentAt, toleranceSeconds, now);
  const signed = join(new TextEncoder().encode(`${id}.${sentAt}.`), bytes);
  if (!(await hasSignature(signatures, signed, keys))) {
    throw new WebhookError('wrong_signature', 'No signature of the message is of one of the secrets.');
  }
  return { id, ...parseBody(bytes) };
}

function requireHeader(headers: ReceivedWebhook['headers'], name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookError('missing_header', `The message has no header ${name}.`);
}

function checkTime(sentAt: string, toleranceSeconds: number, now: Date): void {
  if (!/^\d{1,12}$/.test(sentAt)) {
    throw new WebhookError('missing_header', `webhook-timestamp is "${sentAt}", not seconds since 1970.`);
  }
  const age = now.getTime() / 1_000 - Number(sentAt);
  if (Math.abs(age) <= toleranceSeconds) return;
  const words = age > 0 ? 'ago' : 'from now';
  throw new WebhookError('wrong_time', `The message was sent ${Math.abs(Math.round(age))} seconds ${words}.`);
}

function importSecret(secret: string): Promise<CryptoKey> {
  const bytes = fromBase64(secret.replace(/^whsec_/, ''));
  if (bytes === null || bytes.length === 0) {
    throw new TypeError('The secret of a webhook is base64, as the API showed it: whsec_…');
  }
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

/** Whether one of the signatures `v1,…`, of which there are several while a secret is rotated, is of one of the keys. */
async function hasSignature(
  header: string,
  signed: Uint8Array<ArrayBuffer>,
  keys: readonly CryptoKey[],
): Promise<boolean> {
  const signatures = header
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    // The API sends two. Thousands would be work for nothing.
    .slice(0, MAX_SIGNATURES)
    .flatMap((each) => fromBase64(each.slice('v1,'.length)) ?? []);
  const checks = keys.flatMap((key) =>
    // WebCrypto compares in constant time.
    signatures.map((signature) => crypto.subtle.verify('HMAC', key, signature, signed)),
  );
  return (await Promise.all(checks)).includes(true);
}

const MAX_SIGNATURES = 10;

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function parseBody(bytes: Uint8Array): Omit<WebhookEvent, 'id'> {
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isEvent(body)) return { type: body.type, timestamp: body.timestamp, data: body.data };
  } catch {
    // Said below.
  }
  throw new WebhookError(
    'wrong_body',
    'The body of the message is not JSON with "type", "timestamp" and "data".',
  );
}

function isEvent(body: unknown): body is Omit<WebhookEvent, 'id'> {
  if (typeof body !== 'object' || body === null) return false;
  if (!('type' in body && 'timestamp' in body && 'data' in body)) return false;
  const { type, timestamp, data } = body;
  return (
    typeof type === 'string' && typeof timestamp === 'string' && typeof data === 'object' && data !== null
  );
}
