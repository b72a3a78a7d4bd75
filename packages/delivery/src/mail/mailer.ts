import type { AttemptResult } from '../attempt-result.js';
import { withDeadline } from '../deadline.js';
import type { ComposedMail } from './compose-mail.js';
import {
  describeMailFailure,
  type MailResult,
  smtpAnswer,
  unusableAddress,
} from './describe-mail-failure.js';

/** A mail to one person. */
export interface Mail extends ComposedMail {
  /** One address, such as `ada@example.com`, without a name. */
  readonly to: string;
  /**
   * The local part of the Message-ID, of letters, digits and `._-`. It is the same at every attempt, so that mail
   * programs show one mail.
   */
  readonly id: string;
}

export interface Mailer {
  /**
   * Makes one attempt. Never rejects because of the server. It is `refused` when the address is invalid, or the server
   * answers 5xx to the recipient or the content. When `signal` aborts, it rejects with the signal's reason.
   *
   * @throws TypeError for an id with other characters
   */
  send(mail: Mail, signal: AbortSignal): Promise<AttemptResult>;
  /** Accepts no more mails. Attempts under way continue to their end. */
  close(): void;
}

export interface MailerOptions {
  /** `smtp://` (STARTTLS where the server offers it; `?requireTLS=true` insists) or `smtps://`. */
  readonly url: string;
  /** `noreply@example.com` or `Pledgeline <noreply@example.com>`. */
  readonly from: string;
  /** For the whole attempt, in milliseconds. */
  readonly timeoutMs: number;
}

/** One address and nothing else: no character in it could start a second address or a new line. */
const ADDRESS = /^[^\s<>()[\],;:\\"@\p{Cc}]{1,64}@[^\s<>()[\],;:\\"@\p{Cc}]{1,255}$/u;
const SENDER_DOMAIN = /@([^\s<>@]+)>?\s*$/;
const ID = /^[\w.-]{1,200}$/;

/**
 * Sends mails over SMTP, each on a connection of its own.
 *
 * @throws TypeError for a URL that is not that of a mail server, or a sender without an address
 */
export function createMailer(options: MailerOptions): Mailer {
  const { url, from, timeoutMs } = options;
  // Checked here because Nodemailer's own error carries the URL, and so perhaps a password.
  if (!isMailServer(url)) {
    throw new TypeError('This is not the URL of a mail server. Write one like smtp://mail.example.com:587.');
  }
  const domain = SENDER_DOMAIN.exec(from)?.[1];
  if (domain === undefined)
    throw new TypeError(`"${from}" is no sender. Write one like noreply@example.com.`);

  // Loaded with the first mail: a process that sends none saves 15 MB.
  let opened: ReturnType<typeof openTransport> | undefined;
  const transport = () => {
    opened ??= openTransport(url);
    return opened;
  };

  const deliver = async ({ to, id, subject, text, html }: Mail, signal: AbortSignal) =>
    (await transport()).sendMail({
      from,
      // An object is one address; a string would be read as a list.
      to: { name: '', address: to },
      subject,
      text,
      html,
      messageId: `<${id}@${domain}>`,
      // RFC 3834: asks for no out-of-office replies.
      headers: { 'Auto-Submitted': 'auto-generated' },
      xMailer: false,
      signal,
    });

  return {
    async send(mail, signal) {
      const started = performance.now();
      signal.throwIfAborted();
      if (!ID.test(mail.id)) throw new TypeError(`"${mail.id}" cannot be the id of a mail`);
      const result = await attempt(mail, signal);
      return { ...result, retryAfterMs: null, latencyMs: Math.round(performance.now() - started) };
    },
    close() {
      void opened?.then((transporter) => transporter.close());
    },
  };

  async function attempt(mail: Mail, signal: AbortSignal): Promise<MailResult> {
    if (!ADDRESS.test(mail.to)) return unusableAddress;
    try {
      const { response } = await withDeadline(timeoutMs, signal, (ending) => deliver(mail, ending));
      return { outcome: 'delivered', ...smtpAnswer(response), error: null };
    } catch (error) {
      signal.throwIfAborted();
      return describeMailFailure(error);
    }
  }
}

async function openTransport(url: string) {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    socketCloseTimeout: 1_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function isMailServer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return ['smtp:', 'smtps:'].includes(protocol) && hostname !== '';
}
