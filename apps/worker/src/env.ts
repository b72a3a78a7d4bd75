import { queueVariables } from '@pledgeline/queue';
import { z } from 'zod';

const milliseconds = (fallback: number) => z.coerce.number().int().min(50).default(fallback);

/** Every variable that the worker reads. `.env.example` lists the same ones; a test compares the two. */
export const envSchema = z
  .object({
    /** Postgres connection string. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    ...queueVariables,
    /** Connections to Postgres of this process, besides those of the queue. */
    DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(100).default(6),
    /** Chunks processed at once. */
    CONCURRENCY: z.coerce.number().int().min(1).max(32).default(2),
    /** How long a worker may keep a claimed chunk. Must be longer than a chunk takes: a slower result is refused. */
    LEASE_MS: milliseconds(60_000),
    /** Attempts at a chunk before it is failed. */
    MAX_ATTEMPTS: z.coerce.number().int().min(1).max(100).default(5),
    SWEEP_EVERY_MS: milliseconds(10_000),
    /** A chunk that has been pending for this long is enqueued again. */
    PENDING_AFTER_MS: milliseconds(15_000),
    /** An upload whose client sends nothing for this long is failed. */
    SILENT_AFTER_MS: milliseconds(120_000),
    /** How long a stopping worker may finish its running chunks. Less than the host's own limit. */
    GRACE_MS: milliseconds(25_000),
    /** Deliveries attempted at once; each only waits for its receiver. */
    DELIVERIES: z.coerce.number().int().min(1).max(500).default(50),
    /** How long a receiver of a webhook or mail may take. Standard Webhooks 1.0 asks for 15 to 30 s. */
    DELIVERY_TIMEOUT_MS: milliseconds(20_000),
    /** Webhooks may go to http and private addresses. For development; refused when NODE_ENV is production. */
    ALLOW_PRIVATE_WEBHOOKS: z.stringbool().default(false),
    /** The mail server, with user and password. Without it no mail is sent. */
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…, with user and password' })
      .optional(),
    /** The sender of mails. Needed with SMTP_URL. */
    MAIL_FROM: z
      .string()
      .regex(/^[^@]+@[^@]+$/, 'must hold one address, such as Pledgeline <no-reply@example.com>')
      .optional(),
    /** The API's address as merchants see it: what links in messages begin with. Needed with SMTP_URL. */
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Faults at fault points, for tests; see packages/fault-points. Refused when NODE_ENV is production. */
    FAULTS: z.string().optional(),
    /** `production` in production: it switches off what is for tests and development. */
    NODE_ENV: z.string().optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine(({ FAULTS, NODE_ENV }) => FAULTS === undefined || NODE_ENV !== 'production', {
    path: ['FAULTS'],
    error: 'must not be set in production',
  })
  .refine(({ ALLOW_PRIVATE_WEBHOOKS, NODE_ENV }) => !ALLOW_PRIVATE_WEBHOOKS || NODE_ENV !== 'production', {
    path: ['ALLOW_PRIVATE_WEBHOOKS'],
    error: 'must not be set in production',
  })
  .refine(({ SMTP_URL, MAIL_FROM }) => SMTP_URL === undefined || MAIL_FROM !== undefined, {
    path: ['MAIL_FROM'],
    error: 'must be set with SMTP_URL',
  })
  .refine(({ SMTP_URL, PUBLIC_URL }) => SMTP_URL === undefined || PUBLIC_URL !== undefined, {
    path: ['PUBLIC_URL'],
    error: 'must be set with SMTP_URL: mails link to the rejected rows',
  });

/** The worker's configuration. */
export type Env = z.infer<typeof envSchema>;

/** Reads the configuration, or prints every problem at once and ends the process. */
export function readEnv(): Env {
  // A blank line in a .env file or a hosting panel means "not set".
  const set = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value?.trim()));
  const parsed = envSchema.safeParse(set);
  if (parsed.success) return parsed.data;
  process.stderr.write(
    `The worker cannot start. Correct these variables:\n${z.prettifyError(parsed.error)}\n`,
  );
  process.exit(1);
}
