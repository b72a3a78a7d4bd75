import { type AttemptResult, readableHead } from '../attempt-result.js';
import { DeadlineError } from '../deadline.js';

/** The part of an attempt's result that comes from the mail server. */
export type MailResult = Omit<AttemptResult, 'latencyMs' | 'retryAfterMs'>;

const silence = { responseStatus: null, responseHead: null };

/** For a recipient that is not one plain address. */
export const unusableAddress: MailResult = {
  ...silence,
  outcome: 'refused',
  error: 'This is not the address of one mailbox. Use one like ada@example.com.',
};

/** The reply of a mail server, such as `250 2.0.0 queued`. */
export function smtpAnswer(reply: string): Pick<MailResult, 'responseStatus' | 'responseHead'> {
  const code = /^\d{3}/.exec(reply)?.[0];
  return {
    responseStatus: code === undefined ? null : Number(code),
    responseHead: readableHead(Buffer.from(reply)),
  };
}

/**
 * Turns an error of Nodemailer into a result. Its message is not used, because it could contain the server's URL with
 * a password.
 */
export function describeMailFailure(error: unknown): MailResult {
  if (error instanceof DeadlineError) {
    return failed(`The mail server did not take the mail within ${error.timeoutMs} ms.`);
  }
  const { code, command, response } = readError(error);
  // A reply to a login may repeat the password, so none of it is kept.
  if (code === 'EAUTH') return failed('The mail server does not accept our user name or password.');
  if (response !== undefined) return judgeReply(smtpAnswer(response), command);
  if (code === 'EENVELOPE') {
    return {
      ...silence,
      outcome: 'refused',
      error: 'The mail server cannot send to addresses like this one.',
    };
  }
  if (code === 'ETLS') return failed('The mail server and we could not agree on TLS.');
  return failed(`The mail server could not be reached${code === undefined ? '' : ` (${code})`}.`);
}

function judgeReply(answer: Pick<MailResult, 'responseStatus' | 'responseHead'>, command = ''): MailResult {
  const status = answer.responseStatus ?? 0;
  // An error to another command, or 530 (login required), is about our configuration, which can be corrected.
  const isAboutMail = command === 'RCPT TO' || command === 'DATA';
  return {
    ...answer,
    outcome: isAboutMail && status >= 500 && status !== 530 ? 'refused' : 'failed',
    error: `The mail server answered ${status}${command === '' ? '' : ` to ${command}`}.`,
  };
}

function failed(error: string): MailResult {
  return { ...silence, outcome: 'failed', error };
}

interface SmtpError {
  readonly code?: string | undefined;
  readonly command?: string | undefined;
  readonly response?: string | undefined;
}

function readError(error: unknown): SmtpError {
  if (!(error instanceof Error)) return {};
  const { code, command, response }: Readonly<Record<string, unknown>> = { ...error };
  return { code: asText(code), command: asText(command), response: asText(response) };
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
