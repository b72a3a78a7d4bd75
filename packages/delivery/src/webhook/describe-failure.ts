import { DeadlineError } from '../deadline.js';
import { NotPublicError } from './guarded-lookup.js';

const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: 'was not found in DNS',
  EAI_AGAIN: 'could not be looked up in DNS just now',
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection without an answer',
  EPIPE: 'closed the connection without an answer',
  ETIMEDOUT: 'could not be reached in time',
  EHOSTUNREACH: 'could not be reached',
  ENETUNREACH: 'could not be reached',
  EPROTO: 'does not speak TLS as we do',
  ERR_TLS_CERT_ALTNAME_INVALID: 'has a certificate for another name',
  CERT_HAS_EXPIRED: 'has a certificate that has expired',
};

const UNTRUSTED = /CERT|SIGNATURE|ISSUER|UNTRUSTED/;

/**
 * Why a request got no answer, as a sentence for the merchant. It names the host, but never an IP address: messages of
 * Node.js, which do, are not used, because they would reveal names of our network.
 */
export function describeFailure(error: unknown, host: string): string {
  if (error instanceof NotPublicError) return error.message;
  if (error instanceof DeadlineError) return `${host} did not answer within ${error.timeoutMs} ms.`;
  const code = errorCode(error);
  const known = sentences[code];
  if (known !== undefined) return `${host} ${known}.`;
  if (UNTRUSTED.test(code)) return `${host} has a certificate that is not trusted (${code}).`;
  if (code.startsWith('HPE_')) return `${host} answered something that is not HTTP (${code}).`;
  return `The request to ${host} failed${code === '' ? '' : ` (${code})`}.`;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
