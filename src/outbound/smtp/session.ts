import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { NodemailerError } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Answer } from '../../destinations/answer.ts';
import { noted, refusalAt, type Stage, TAKEN } from '../../destinations/email/answers.ts';
import type { MailServer } from '../../destinations/email/server-address.ts';
import { TIMEOUT, unanswered } from '../../destinations/exchange.ts';

/** A mail as it goes on the wire. */
interface Written {
  readonly from: string;
  readonly to: string;
  readonly bytes: Buffer;
}

interface Given {
  readonly socket: Socket;
  readonly server: MailServer;
  /** How the relay calls itself: a domain. */
  readonly name: string;
  /** In a local run, to this machine alone. */
  readonly inClear: boolean;
  readonly written: Written;
  readonly signal: AbortSignal;
  /** Called when the server has got the whole mail. */
  readonly handed: () => void;
  readonly ca?: Buffer | undefined;
}

type Done = (error?: Error | null) => void;

/**
 * Hands one mail over, in a session of its own: no password and no mail without TLS, unless it is `inClear`. Ends with the
 * signal. Never rejects.
 */
export async function handOver({ socket, server, name, inClear, written, signal, handed, ca }: Given): Promise<Answer> {
  const connection = new SMTPConnection({
    connection: socket,
    host: server.host,
    secure: server.secure,
    requireTLS: !server.secure && !inClear,
    ignoreTLS: inClear,
    name,
    tls: { minVersion: 'TLSv1.2', ...(ca && { ca }) },
    // Each is of one step, and the signal ends the whole: it alone knows how long the last step may take.
    ...{ connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, dnsTimeout: TIMEOUT },
    socketCloseTimeout: 1_000,
    maxResponseSize: 64 * 1024,
  });
  const content = Readable.from([written.bytes], { objectMode: false }).once('end', handed);
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  connection.on('error', broken.reject);
  signal.addEventListener('abort', () => broken.reject(signal.reason), { once: true });
  const step = (act: (done: Done) => void) =>
    Promise.race([broken.promise, new Promise<void>((done, fail) => act((error) => (error ? fail(error) : done())))]);
  try {
    await step((done) => connection.connect(done));
    const { auth } = server;
    if (auth !== undefined) {
      // The client would send the mail all the same.
      if (!connection.allowsAuth) return noted('smtp-no-sign-in');
      await step((done) => connection.login({ ...auth }, done));
    }
    const { from, to, bytes } = written;
    await step((done) => connection.send({ from, to: [to], size: bytes.length }, content, done));
    connection.quit();
    return TAKEN;
  } catch (error) {
    return answerIn(error, content.readableEnded);
  } finally {
    if (!content.readableEnded) content.destroy();
    // What has been taken says so first.
    setImmediate(() => connection.close());
  }
}

const STAGES: readonly (readonly [RegExp, Stage])[] = [
  [/^STARTTLS/, 'tls'],
  [/^AUTH/, 'sign-in'],
  [/^MAIL/, 'sender'],
  [/^RCPT/, 'recipient'],
  [/^DATA/, 'message'],
];

// https://nodejs.org/api/tls.html#x509-certificate-error-codes
const CERTIFICATE = /CERT|^UNABLE_TO_|^INVALID_(?:CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH/;
const NO_TLS = /^ERR_SSL_|^EPROTO$/;

/** What went wrong, without a word of the server's; `handed`: it had the whole mail by then. */
function answerIn(error: unknown, handed: boolean): Answer {
  const { code, responseCode, response, command = '', originalCode } = error as Partial<NodemailerError>;
  const [, stage = 'greeting'] = STAGES.find(([fits]) => fits.test(command)) ?? [];
  if (typeof responseCode === 'number' && responseCode >= 400) {
    return refusalAt(stage, responseCode, /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(`${response}`)?.[1]);
  }
  // Its answer to EHLO named a size that this one is over.
  if (code === 'EMESSAGE') return noted('smtp-message');
  const cause = `${originalCode ?? code}`;
  if (CERTIFICATE.test(cause)) return noted('smtp-certificate');
  if (NO_TLS.test(cause) && !handed) return noted('smtp-no-tls');
  return handed ? { kind: 'unanswered', reason: 'unconfirmed' } : unanswered(error);
}
