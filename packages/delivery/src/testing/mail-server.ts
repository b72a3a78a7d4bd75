import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { portOf } from './port-of.js';

/** A received mail in its parts. */
export interface ReceivedMail {
  /** With its angle brackets. */
  readonly messageId: string;
  /** The envelope's sender and recipients. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  /** The headers' text. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** By name in lower case; values as written, but unfolded. Of repeated headers the last one. */
  readonly headers: ReadonlyMap<string, string>;
  readonly raw: string;
}

export interface MailServer {
  /** `smtp://127.0.0.1:…` */
  readonly url: string;
  /** In the order in which they arrived. */
  readonly mails: readonly ReceivedMail[];
  /** From now on, answers every recipient with this SMTP error code; null: accepts. */
  refuseWith(code: number | null): void;
  close(): Promise<void>;
}

/** A real SMTP server on a free port of 127.0.0.1, without TLS, that takes any mail and any user. */
export async function startMailServer(): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  let refusal: number | null = null;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anybody' }),
    onRcptTo(_address, _session, callback) {
      if (refusal === null) callback();
      else callback(Object.assign(new Error('The test refuses this recipient'), { responseCode: refusal }));
    },
    onData(stream, { envelope }, callback) {
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const to = envelope.rcptTo.map(({ address }) => address);
      parse(stream, { from, to }).then((mail) => {
        mails.push(mail);
        callback();
      }, callback);
    },
  });
  // In some tests the client disconnects.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');

  return {
    url: `smtp://127.0.0.1:${portOf(server.server)}`,
    mails,
    refuseWith(code) {
      refusal = code;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function parse(
  stream: AsyncIterable<Uint8Array>,
  envelope: ReceivedMail['envelope'],
): Promise<ReceivedMail> {
  const bytes = await buffer(stream);
  const mail = await simpleParser(bytes, { skipHtmlToText: true, skipTextToHtml: true });
  return {
    messageId: mail.messageId ?? '',
    envelope,
    from: mail.from?.text ?? '',
    to: [mail.to ?? []]
      .flat()
      .map(({ text }) => text)
      .join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html === false ? '' : (mail.html ?? ''),
    headers: headersOf(mail),
    raw: bytes.toString(),
  };
}

function headersOf(mail: ParsedMail): ReadonlyMap<string, string> {
  return new Map(mail.headerLines.map(({ key, line }) => [key, unfold(line.slice(line.indexOf(':') + 1))]));
}

function unfold(value: string): string {
  return value.replace(/\r?\n[ \t]+/g, ' ').trim();
}
