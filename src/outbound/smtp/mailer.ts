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
}

/** The way out for mail: a connection for each, to servers within reach. */
export const mailer =
  (reach: Reach, { resolve = lookup, ca }: Outside = {}): SendMail =>
  async (mail) => {
    const server = mailServerAt(mail.url);
    if (server === undefined) return { kind: 'unanswered', reason: 'connection' };
    const signal = AbortSignal.timeout(TIMEOUT);
    try {
      const written = { from: mail.from.address, to: mail.to.address, bytes: await mimeOf(mail) };
      const socket = await socketTo(server.host, server.port, { reach, resolve, signal });
      const name = mail.from.address.slice(mail.from.address.lastIndexOf('@') + 1);
      const inClear = reach === 'local' && !server.secure && isLoopback(server.host);
      return await handOver({ socket, server, name, inClear, written, signal, ca });
    } catch (error) {
      return unanswered(error);
    }
  };

/** A mail as MIME. Names and addresses go in as what they are: what is text would be read as a list of them. */
export function mimeOf({ from, to, messageId, thread, subject, text, html, headers }: Mail): Promise<Buffer> {
  const composer = new MailComposer({
    ...{ from: { ...from }, to: { ...to }, subject, text, html, messageId: `<${messageId}>` },
    ...{ inReplyTo: `<${thread}>`, references: [`<${thread}>`], headers: { ...headers } },
    ...{ disableFileAccess: true, disableUrlAccess: true, newline: 'win' },
  });
  return composer.compile().build();
}
