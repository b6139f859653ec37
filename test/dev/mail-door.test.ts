import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../dev/host/inbox.ts';
import { addressesOf } from '../../dev/host/inbox-receivers.ts';
import { openMailDoors } from '../../dev/host/mail-door.ts';
import type { Receiver } from '../../src/destinations/receiver.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { examples } from '../support/examples.ts';
import { listenOwn } from '../support/own-port.ts';
import { payloadOf } from '../support/payloads.ts';

const { smtp } = transportsWithin('local');

const mailTo = (port: number, name: string, address = `${name}@example.com`): Receiver => ({
  ...{ name, type: 'email', url: `smtp://somebody:secret@127.0.0.1:${port}`, locale: 'ko', timeZone: 'Asia/Seoul' },
  letters: { from: { name: 'Relay', address: 'relay@example.com' }, to: { name: '', address } },
});

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOwn(server);
  await new Promise((done) => server.close(done));
  return port;
}

async function runWith(receivers: readonly Receiver[]) {
  const folder = await mkdtemp(join(tmpdir(), 'relay-mail-'));
  const inbox = new Inbox(folder);
  const { voices, elsewhere } = addressesOf(receivers, 'http://127.0.0.1:7071');
  inbox.hears(voices);
  const lines: string[] = [];
  const close = await openMailDoors({ receivers, inbox, log: (line) => lines.push(line) });
  return {
    ...{ inbox, lines, elsewhere },
    async [Symbol.asyncDispose]() {
      await close();
      await rm(folder, { recursive: true });
    },
  };
}

describe('mail to this machine', () => {
  it('is shown in the inbox as it was written, with its receiver and how that is spoken to', async () => {
    const port = await freePort();
    const [ops, dev] = [mailTo(port, 'ops'), mailTo(port, 'dev')];
    await using run = await runWith([ops, dev]);
    const payload = payloadOf('email', examples.deployment, { locale: 'ko' });
    const urgent = payloadOf('email', { ...examples.custom, severity: 'critical' }, { form: 'plain' });

    expect(await smtp(ops, payload, 'event-1')).toMatchObject({ status: 250 });
    expect(await smtp(dev, urgent, 'event-2')).toMatchObject({ status: 250 });

    expect(run.inbox.messages).toMatchObject([
      { destination: 'email', receiver: 'dev', status: 250, payload: urgent },
      { destination: 'email', receiver: 'ops', status: 250, payload, locale: 'ko', timeZone: 'Asia/Seoul' },
    ]);
    expect(run.elsewhere).toStrictEqual([]);
  });

  it('is refused where it is not as a strict reader wants it', async () => {
    const port = await freePort();
    await using run = await runWith([mailTo(port, 'ops')]);
    const payload = { ...(payloadOf('email', examples.alert) as object), html: '<!DOCTYPE html><script>x</script>' };

    expect(await smtp(mailTo(port, 'ops'), payload, 'event-1')).toMatchObject({ status: 554, body: 'smtp-message' });
    expect(run.inbox.messages).toMatchObject([{ status: 554, reason: expect.stringMatching(/no place in a mail/) }]);
  });

  it('is left to whoever listens there already', async () => {
    const theirs = createServer();
    const port = await listenOwn(theirs);
    await using run = await runWith([mailTo(port, 'ops')]);

    expect(run.lines).toStrictEqual([
      `mail to port ${port} is not shown here: another program listens there, and gets it`,
    ]);
    theirs.close();
  });

  it('opens no port where nobody sends it here', async () => {
    const elsewhere = { ...mailTo(587, 'ops'), url: 'smtp://a:b@smtp.example.com:587' };
    await using run = await runWith([elsewhere]);

    expect([run.lines, run.elsewhere]).toStrictEqual([[], ['ops']]);
  });
});
