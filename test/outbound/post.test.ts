import { createServer, type ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { listenOwn } from '../support/own-port.ts';
import { waysWithin } from '../support/ways.ts';

const transports = waysWithin('local');

/** A server that answers as hostile ones do, and tells when the other side hung up. */
async function answering(answer: (response: ServerResponse) => void) {
  const closed = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    response.on('close', () => closed.resolve());
    request.resume().on('end', () => answer(response));
  });
  const port = await listenOwn(server);
  return {
    url: `http://127.0.0.1:${port}`,
    closed: closed.promise,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function withoutEnd(response: ServerResponse): void {
  response.writeHead(400, { 'content-type': 'text/plain' });
  const more = (): void => {
    while (!response.destroyed && response.write('x'.repeat(16 * 1024)));
    response.once('drain', more);
  };
  more();
}

describe.concurrent.each(transports)('the transport %s', (_name, send) => {
  it('reads 64 KiB of an answer and hangs up', async () => {
    await using server = await answering(withoutEnd);

    const answer = await send({ url: server.url }, { text: 'x' }, 'event-1');

    expect(answer).toMatchObject({ kind: 'answered', status: 400 });
    const length = 'body' in answer ? answer.body.length : 0;
    // What Slack is asked is read further, and kept no longer.
    expect(length).toBe(64 * 1024);
    await server.closed;
  });

  it.each([
    ['answers nothing', () => undefined],
    ['begins an answer', (response: ServerResponse) => void response.writeHead(500).write('so')],
  ] as const)('waits 10 s for one that %s', async (_what, answer) => {
    await using server = await answering(answer);
    const began = performance.now();

    // A subscriber's status says it all, so its answer counts even where the rest of it never comes.
    // A chat app has taken what it begins to answer: nobody knows what becomes of that.
    expect(['timeout', 'unconfirmed', 500]).toContain(
      outcome(await send({ url: server.url }, { text: 'x' }, 'event-1')),
    );
    const seconds = (performance.now() - began) / 1000;
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(13);
    await server.closed;
  });
});

type Answered = Awaited<ReturnType<(typeof transports)[number][1]>>;

const outcome = (answer: Answered) => (answer.kind === 'answered' ? answer.status : answer.reason);

describe('an answer that says it took the message, and whose body never comes whole', () => {
  const cut = (response: ServerResponse): void => {
    response.writeHead(202, { 'content-length': '5000' }).write('half');
    setImmediate(() => response.destroy());
  };

  it.each(['teams-workflow', 'signed-webhook'] as const)('is a yes of the transport %s', async (name) => {
    await using server = await answering(cut);

    const answer = await transportsWithin('local')[name](
      { url: server.url, secrets: ['c2VjcmV0'] },
      { text: 'x' },
      'event-1',
    );

    expect(answer).toMatchObject({ kind: 'answered', status: 202 });
  });

  // Slack answers 200 with words that are no yes: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks#handling_errors
  it('is no answer of the transport slack-webhook', async () => {
    await using server = await answering(cut);

    const answer = await transportsWithin('local')['slack-webhook']({ url: server.url }, { text: 'x' }, 'event-1');

    expect(answer).toMatchObject({ kind: 'unanswered' });
  });
});
