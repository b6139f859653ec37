import type { Server } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Receiver } from '../../src/destinations/receiver.ts';
import type { Inbox } from './inbox.ts';

/** More than any mail of the relay has: what is longer is refused as whole servers refuse it. */
const MOST_BYTES = 1024 * 1024;

/** A server that takes mail in clear, of anybody, and hands it to the inbox as that of the receiver at its address. */
export function mailDoor(receivers: readonly Receiver[], inbox: Pick<Inbox, 'take'>): Server {
  const server = new SMTPServer({
    ...{ authOptional: true, allowInsecureAuth: true, disabledCommands: ['STARTTLS'] },
    ...{ disableReverseLookup: true, closeTimeout: 500, size: MOST_BYTES, banner: 'autoscale-relay inbox' },
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? 'somebody' }),
    onData(stream, { envelope }, done) {
      const to = envelope.rcptTo.map(({ address }) => address);
      const addressees = receivers.filter(({ letters }) => to.includes(letters?.to.address ?? ''));
      // Of several at one address, nobody knows which one wrote.
      const name = addressees.length === 1 ? addressees[0]?.name : undefined;
      simpleParser(stream).then(
        (mail) => {
          const body = JSON.stringify(payloadIn(mail));
          const { status, body: answer } = inbox.take('email', { contentType: 'application/json', body }, name);
          done(status < 300 ? null : refusal(answer));
        },
        () => done(refusal('554 5.6.0 Not understood')),
      );
    },
  });
  // Whoever breaks off is no concern of the run.
  server.on('error', () => undefined);
  return server.server;
}

const refusal = (answer: string): Error =>
  Object.assign(new Error(answer.replace(/^\d{3} /, '')), { responseCode: Number(answer.slice(0, 3)) });

/** What the relay wrote, taken from the mail again. */
function payloadIn({ subject, text = '', html, headers }: ParsedMail): Readonly<Record<string, unknown>> {
  return {
    subject,
    text: `${text.trimEnd()}\n`,
    ...(typeof html === 'string' && { html: html.trimEnd() }),
    event: headers.get('x-relay-event'),
    thread: headers.get('x-relay-thread'),
    ...(headers.get('priority') === 'high' && { urgent: true }),
  };
}
