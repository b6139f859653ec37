import { createServer, type Socket } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { listenOwn } from './own-port.ts';

type ReceivedMail = ParsedMail & {
  /** As it came. */
  readonly raw: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly secure: boolean;
};

/** A real SMTP server on a free port that keeps what it got. */
export async function mailServer(options: SMTPServerOptions = {}) {
  const received: ReceivedMail[] = [];
  const signedIn: (readonly [string, string])[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      signedIn.push([username ?? '', password ?? '']);
      done(null, { user: username });
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          ...(await simpleParser(raw)),
          raw: raw.toString('latin1'),
          envelope: { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) },
          secure: session.secure,
        });
        done();
      });
    },
    ...options,
  });
  // Clients that break off are what is tested.
  server.on('error', () => undefined);
  const port = await listenOwn(server.server);
  return {
    ...{ port, received, signedIn },
    [Symbol.asyncDispose]: () => new Promise<void>((done) => server.close(done)),
  };
}

/** What a server says at one step: a reply, without its line end, at once or `after` milliseconds; or nothing, for ever; or it hangs up. */
export type Said = string | 'silence' | 'hang-up' | { readonly after: number; readonly said: string };

export const USUAL = {
  greeting: '220 mail.example.com',
  EHLO: '250 mail.example.com',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  message: '250 2.0.0 taken',
} as const;

export type Step = keyof typeof USUAL;

type Script = Partial<Readonly<Record<Step | 'STARTTLS', Said>>>;

/** A server that says at each step what it is told, in clear; maybe by how many connections came before. Keeps the texts of whole messages. */
export async function scriptedServer(given: Script | ((before: number) => Script)) {
  let connections = 0;
  const messages: string[] = [];
  const lines: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    const script = typeof given === 'function' ? given(connections) : given;
    connections += 1;
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    const say = (step: Step): void => {
      const said: Said = script[step] ?? USUAL[step];
      if (typeof said === 'object') setTimeout(() => socket.write(`${said.said}\r\n`), said.after).unref();
      else if (said === 'hang-up') socket.destroy();
      else if (said !== 'silence') socket.write(`${said}\r\n`);
    };
    let text = '';
    let inData = false;
    socket.setEncoding('latin1').on('data', (chunk) => {
      text += chunk;
      for (let end = ending(text, inData); end >= 0; end = ending(text, inData)) {
        const part = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        const verb = part.slice(0, 4).toUpperCase();
        if (inData) {
          messages.push(part);
          inData = false;
          say('message');
          continue;
        }
        lines.push(part);
        if (verb === 'QUIT') socket.end('221 bye\r\n');
        else if (verb in USUAL) {
          inData = verb === 'DATA' && `${script.DATA ?? USUAL.DATA}`.startsWith('354');
          say(verb as Step);
        } else if (part === 'STARTTLS' && script.STARTTLS === 'hang-up') socket.destroy();
        else socket.write(`${part === 'STARTTLS' ? (script.STARTTLS ?? '502 what') : '500 what'}\r\n`);
      }
    });
    say('greeting');
  });
  const port = await listenOwn(server);
  return {
    ...{ port, messages, open, said: lines },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

const ending = (text: string, inData: boolean): number => text.indexOf(inData ? '\r\n.\r\n' : '\r\n');
