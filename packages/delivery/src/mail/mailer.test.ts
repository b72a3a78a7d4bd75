import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import fc from 'fast-check';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type MailServer, startMailServer } from '../testing/mail-server.js';
import { portOf } from '../testing/port-of.js';
import { composeMail } from './compose-mail.js';
import { createMailer, type Mail, type MailerOptions } from './mailer.js';

let server: MailServer;
const open: { close(): unknown }[] = [];
beforeEach(async () => {
  server = await startMailServer();
  open.push(server);
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function mailer(options: Partial<MailerOptions> = {}) {
  const created = createMailer({
    url: server.url,
    from: 'Pledgeline <noreply@pledgeline.example>',
    timeoutMs: 25_000,
    ...options,
  });
  open.push(created);
  return created;
}

const never = new AbortController().signal;
const mail: Mail = {
  id: '019aaf-1',
  to: 'ada@example.com',
  ...composeMail(
    {
      title: 'Würfel 🎲 are in',
      sentences: ['Grüße & more'],
      facts: [{ label: 'Rows', value: 12 }],
      link: { label: 'See', url: 'https://pledgeline.example/1' },
    },
    { locale: 'en', timeZone: 'UTC' },
  ),
};

/** Every header that our mails have, in lower case. */
const ownHeaders = new Set([
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
]);

const squeeze = (text: string) => text.replace(/ +/g, ' ');

/** A server of raw sockets, which can misbehave as real servers sometimes do. */
async function startServer(talk: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const raw = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    talk(socket);
  });
  raw.listen(0, '127.0.0.1');
  await once(raw, 'listening');
  open.push({
    close() {
      raw.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  return `smtp://127.0.0.1:${portOf(raw)}`;
}

describe('A mail', () => {
  it('arrives with a text and an HTML part', async () => {
    const result = await mailer().send(mail, never);
    expect(result).toEqual({
      outcome: 'delivered',
      responseStatus: 250,
      responseHead: expect.stringMatching(/^250 /),
      error: null,
      latencyMs: expect.any(Number),
      retryAfterMs: null,
    });
    expect(Number.isInteger(result.latencyMs)).toBe(true);
    const [arrived] = server.mails;
    expect(arrived).toMatchObject({
      messageId: '<019aaf-1@pledgeline.example>',
      envelope: { from: 'noreply@pledgeline.example', to: ['ada@example.com'] },
      from: '"Pledgeline" <noreply@pledgeline.example>',
      to: 'ada@example.com',
      subject: 'Würfel 🎲 are in',
      text: mail.text,
    });
    expect(arrived?.html.trim()).toBe(mail.html.trim());
    expect(arrived?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(arrived?.headers.get('content-type')).toMatch(/^multipart\/alternative/);
    expect(arrived?.headers.has('x-mailer')).toBe(false);
  });

  it('has the same Message-ID at every attempt', async () => {
    await mailer().send(mail, never);
    await mailer().send(mail, never);
    expect(server.mails.map(({ messageId }) => messageId)).toEqual([
      '<019aaf-1@pledgeline.example>',
      '<019aaf-1@pledgeline.example>',
    ]);
  });

  it('has a subject of one line and no extra header, whatever the title', async () => {
    const evil = fc.string({
      unit: fc.constantFrom('\r\n', '\r', '\n', '\0', 'Bcc: eve@example.com', ':', ' ', '=?', '🎲', 'a'),
      maxLength: 60,
    });
    const raw = mailer();
    await fc.assert(
      fc.asyncProperty(evil, fc.boolean(), async (title, composed) => {
        const notice = { title, sentences: [], facts: [], link: null };
        const subject = composed ? composeMail(notice, { locale: 'en', timeZone: 'UTC' }).subject : title;
        expect(await raw.send({ ...mail, subject }, never)).toMatchObject({ outcome: 'delivered' });
        const arrived = server.mails.at(-1);
        expect(arrived?.envelope.to).toEqual(['ada@example.com']);
        expect([...(arrived?.headers.keys() ?? [])].filter((name) => !ownHeaders.has(name))).toEqual([]);
        expect(arrived?.subject).not.toMatch(/[\r\n]/);
        // Spaces may be lost where a long header is folded.
        if (composed) expect(squeeze(arrived?.subject ?? '')).toBe(squeeze(subject));
      }),
      { numRuns: 30 },
    );
  });

  it('can have a title of 10,000 characters', async () => {
    const { subject } = composeMail(
      { title: 'x\r\nBcc: eve@example.com'.repeat(500), sentences: [], facts: [], link: null },
      { locale: 'en', timeZone: 'UTC' },
    );
    await mailer().send({ ...mail, subject }, never);
    expect(server.mails[0]?.subject).toHaveLength(200);
    expect(server.mails[0]?.headers.has('bcc')).toBe(false);
  });

  it.each([
    'ada@example.com, eve@example.com',
    'ada@example.com;eve@example.com',
    'Ada <ada@example.com>',
    'ada@example.com\r\nRCPT TO:<eve@example.com>',
    'ada@example.com\0',
    'team: ada@example.com;',
    '"ada"@example.com',
    'a@b@c',
    'ada',
    '',
    `${'a'.repeat(65)}@example.com`,
  ])('is refused for the recipient %j', async (to) => {
    expect(await mailer().send({ ...mail, to }, never)).toMatchObject({
      outcome: 'refused',
      responseStatus: null,
    });
    expect(server.mails).toEqual([]);
  });

  it('needs an id without characters that could end its header', async () => {
    for (const id of ['', 'a>', 'a b', 'a\r\nBcc: eve@example.com']) {
      await expect(mailer().send({ ...mail, id }, never)).rejects.toThrow(TypeError);
    }
  });
});

describe('A mail server that answers with an error', () => {
  it.each([550, 551, 553, 554])('makes the mail refused with %i to the recipient', async (code) => {
    server.refuseWith(code);
    const result = await mailer().send(mail, never);
    expect(result).toMatchObject({
      outcome: 'refused',
      responseStatus: code,
      error: `The mail server answered ${code} to RCPT TO.`,
    });
    expect(result.responseHead).toMatch(new RegExp(`^${code}.*The test refuses this recipient`));
  });

  it.each([450, 451, 452, 530])('makes the attempt failed with %i', async (code) => {
    server.refuseWith(code);
    expect(await mailer().send(mail, never)).toMatchObject({ outcome: 'failed', responseStatus: code });
    server.refuseWith(null);
    expect(await mailer().send(mail, never)).toMatchObject({ outcome: 'delivered' });
  });

  it('makes the mail refused when the error is about the content, and the attempt failed when it is about us', async () => {
    const picky = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onMailFrom: (_from, { envelope }, callback) =>
        callback(
          envelope.rcptTo.length === 0 && strict
            ? Object.assign(new Error('Who?'), { responseCode: 550 })
            : null,
        ),
      onData(stream, _session, callback) {
        stream.resume().on('end', () => callback(Object.assign(new Error('Spam'), { responseCode: 554 })));
      },
    });
    let strict = false;
    picky.listen(0, '127.0.0.1');
    await once(picky.server, 'listening');
    open.push({ close: () => new Promise<void>((resolve) => picky.close(() => resolve())) });
    const url = `smtp://127.0.0.1:${portOf(picky.server)}`;
    expect(await mailer({ url }).send(mail, never)).toMatchObject({
      outcome: 'refused',
      responseStatus: 554,
    });
    strict = true;
    expect(await mailer({ url }).send(mail, never)).toMatchObject({ outcome: 'failed', responseStatus: 550 });
  });
});

describe('A mail server that misbehaves', () => {
  it('makes the attempt failed when it cannot be reached', async () => {
    await server.close();
    const result = await mailer().send(mail, never);
    expect(result).toMatchObject({ outcome: 'failed', responseStatus: null, responseHead: null });
    expect(result.error).toBe('The mail server could not be reached (ESOCKET).');
  });

  it.each([
    ['says nothing', () => undefined],
    [
      'greets for ever',
      (socket: Socket) => {
        const timer = setInterval(() => socket.write('220-wait\r\n'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('makes the attempt failed within the timeout when it %s', async (_what, talk) => {
    const url = await startServer(talk);
    const result = await mailer({ url, timeoutMs: 400 }).send(mail, never);
    expect(result).toMatchObject({
      outcome: 'failed',
      responseStatus: null,
      error: 'The mail server did not take the mail within 400 ms.',
    });
  });

  it('makes the attempt failed when it hangs up', async () => {
    const url = await startServer((socket) => socket.end());
    expect(await mailer({ url }).send(mail, never)).toMatchObject({ outcome: 'failed' });
  });

  it('is disconnected when the caller aborts', async () => {
    let talking = 0;
    const url = await startServer((socket) => {
      talking += 1;
      socket.on('close', () => (talking -= 1)).resume();
    });
    const controller = new AbortController();
    const reason = new Error('shutting down');
    const rejected = expect(mailer({ url }).send(mail, controller.signal)).rejects.toBe(reason);
    await vi.waitFor(() => expect(talking).toBe(1), 25_000);
    controller.abort(reason);
    await rejected;
    await vi.waitFor(() => expect(talking).toBe(0), 25_000);
  });
});

describe('The credentials of the mail server', () => {
  it('never appear in a result, even if the server repeats them', async () => {
    const url = await startServer((socket) => {
      socket.write('220 hello\r\n');
      socket.on('data', (data) => {
        const line = String(data).trim();
        if (line.startsWith('EHLO')) socket.write('250-hello\r\n250 AUTH PLAIN LOGIN\r\n');
        else socket.write(`535 no such user: hunter2 ${line}\r\n`);
      });
    });
    const result = await mailer({ url: url.replace('//', '//ada:hunter2@') }).send(mail, never);
    expect(result).toEqual({
      outcome: 'failed',
      responseStatus: null,
      responseHead: null,
      error: 'The mail server does not accept our user name or password.',
      latencyMs: expect.any(Number),
      retryAfterMs: null,
    });
  });

  it('are used to log in', async () => {
    const url = server.url.replace('//', '//ada:hunter2@');
    expect(await mailer({ url }).send(mail, never)).toMatchObject({ outcome: 'delivered' });
  });

  it('never appear in the error for a URL that cannot be used', () => {
    for (const url of [
      'http://ada:hunter2@mail.example',
      'ada:hunter2',
      'smtp://ada:hunter2@',
      'smtp://[hunter2',
    ]) {
      expect(() => mailer({ url })).toThrow(
        new TypeError('This is not the URL of a mail server. Write one like smtp://mail.example.com:587.'),
      );
    }
    expect(() => mailer({ from: 'Pledgeline' })).toThrow(TypeError);
  });
});
