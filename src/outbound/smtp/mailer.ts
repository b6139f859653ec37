import { lookup } from 'node:dns';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mailServerAt } from '../../destinations/email/server-address.ts';
import { TIMEOUT, unanswered } from '../../destinations/exchange.ts';
import { isLoopback } from '../../destinations/public-address.ts';
import type { Mail, SendMail } from '../../destinations/transport.ts';
import type { Reach, Resolve } from '../http/guarded-agents.ts';
import { handOver } from './session.ts';
import { socketTo } from './socket.ts';

interface Outside {
  readonly resolve?: Resolve;
  /** Who is trusted to sign certificates; without it, whom Node trusts. */
  readonly ca?: Buffer;
  /** Milliseconds that a server has to say that it took a mail, once it has the whole. */
  readonly patience?: number;
}

/**
 * An Exchange server says so only when it has handed the mail on, or after 30 s; whoever gives up before sends it twice:
 * https://learn.microsoft.com/exchange/mail-flow/transport-high-availability/shadow-redundancy
 * With the 10 s before, it is within the 45 s for which a delivery is claimed.
 */
const PATIENCE = 32_000;

/** The way out for mail: a connection for each, to servers within reach. */
export const mailer =
  (reach: Reach, { resolve = lookup, ca, patience = PATIENCE }: Outside = {}): SendMail =>
  async (mail) => {
    const server = mailServerAt(mail.url);
    if (server === undefined) return { kind: 'unanswered', reason: 'connection' };
    const { signal, putOff } = waiting(TIMEOUT);
    try {
      const written = { from: mail.from.address, to: mail.to.address, bytes: await mimeOf(mail) };
      const socket = await socketTo(server.host, server.port, { reach, resolve, signal });
      const name = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1);
      const inClear = reach === 'local' && !server.secure && isLoopback(server.host);
      return await handOver({ socket, server, name, inClear, written, signal, handed: () => putOff(patience), ca });
    } catch (error) {
      return unanswered(error);
    } finally {
      putOff();
    }
  };

/** A signal that comes after some milliseconds, and may be put off: by as many from then on, or for good. */
function waiting(milliseconds: number) {
  const controller = new AbortController();
  const late = () => controller.abort(new DOMException('no answer in time', 'TimeoutError'));
  let timer = setTimeout(late, milliseconds);
  const putOff = (by?: number): void => {
    clearTimeout(timer);
    if (by !== undefined) timer = setTimeout(late, by);
  };
  return { signal: controller.signal, putOff };
}

/** A mail as MIME. Names and addresses go in as what they are: what is text would be read as a list of them. */
export function mimeOf({ from, to, messageId, thread, subject, text, html, headers }: Mail): Promise<Buffer> {
  const composer = new MailComposer({
    ...{ from: { ...from }, to: { ...to }, subject, text, html, messageId: `<${messageId}>` },
    ...{ inReplyTo: `<${thread}>`, references: [`<${thread}>`], headers: { ...headers } },
    ...{ disableFileAccess: true, disableUrlAccess: true, newline: 'win' },
  });
  return composer.compile().build();
}
