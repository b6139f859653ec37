import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { signInAs } from '../../src/outbound/sign-in/signed-in.ts';
import { identityEndpoint } from '../support/identity-endpoint.ts';
import { listen } from '../support/server.ts';

let endpoint: Awaited<ReturnType<typeof identityEndpoint>>;
beforeAll(async () => {
  endpoint = await identityEndpoint();
});
afterAll(() => endpoint.close());

const FLOW = 'https://service.flow.microsoft.com/';

const transports = () => transportsWithin('local', signInAs({ kind: 'managed', clientId: 'relay' }));

/** An audience of its own for each test: the library keeps tokens for the whole process. */
let audiences = 0;
function audience(): string {
  audiences += 1;
  return `api://audit-${audiences}`;
}

const askedFor = (resource: string) => endpoint.asked.filter((each) => each.resource === resource);

describe.each(['teams-workflow', 'signed-webhook'] as const)('a receiver that is signed in to (%s)', (name) => {
  it('gets a token for its audience, which is fetched once for all', async () => {
    await using server = await listen({ status: 202 });
    const send = transports()[name];
    const to = { url: server.url, audience: `${FLOW}${name}/` };

    await Promise.all(['a', 'b', 'c'].map((id) => send(to, { text: 'x' }, id)));
    await send(to, { text: 'x' }, 'd');

    expect(askedFor(to.audience)).toStrictEqual([{ resource: to.audience, version: '2019-08-01', header: 'here' }]);
    const [first] = server.received.map(({ headers }) => headers.authorization);
    expect(first).toMatch(/^Bearer t0ken\.\d+$/);
    expect(server.received.map(({ headers }) => headers.authorization)).toStrictEqual(Array(4).fill(first));
  });

  it('that refuses a token gets another one the next time', async () => {
    await using server = await listen((_request, before) => ({ status: before === 0 ? 401 : 202 }));
    const send = transports()[name];
    const to = { url: server.url, audience: audience() };

    expect(await send(to, { text: 'x' }, 'a')).toMatchObject({ status: 401 });
    expect(await send(to, { text: 'x' }, 'a')).toMatchObject({ status: 202 });

    const [refused, taken] = server.received.map(({ headers }) => headers.authorization);
    expect(taken).not.toBe(refused);
    expect(askedFor(to.audience)).toHaveLength(2);
  });

  it('is not called with a token over plain http elsewhere, nor where it redirects', async () => {
    await using elsewhere = await listen({ status: 202 });
    await using server = await listen({ status: 307, headers: { location: elsewhere.url } });
    const send = transports()[name];
    const to = { url: server.url, audience: audience() };
    const plain = { url: 'http://audit.example.com/', audience: audience() };

    expect(await send(to, { text: 'x' }, 'a')).toMatchObject({ status: 307 });
    expect(await send(plain, { text: 'x' }, 'a')).toStrictEqual({ kind: 'unanswered', reason: 'connection' });

    expect(elsewhere.received).toStrictEqual([]);
    expect(askedFor(plain.audience)).toStrictEqual([]);
  });

  it('gets no token where it asks for none', async () => {
    await using server = await listen({ status: 202 });

    await transports()[name]({ url: server.url }, { text: 'x' }, 'a');

    expect(server.received[0]?.headers.authorization).toBeUndefined();
  });
});

describe('a service of tokens', () => {
  const html = (response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>t0ken</html>');
  const json = (status: number, body: unknown) => (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  it.each([
    ['is silent', () => undefined],
    ['answers a page', html],
    ['gives no token', json(200, { expires_on: '1795183511' })],
    ['gives what no header may hold', json(200, { access_token: 'a\r\nx-other: b', expires_on: '4000000000' })],
    ['refuses', json(400, { error: { code: 'invalid_resource', message: 't0ken' } })],
    ['has a fault', json(500, {})],
    ['cuts the connection', (response: ServerResponse) => void response.destroy()],
  ])('that %s keeps the message here, and is asked again by the next', async (_what, behave) => {
    await using server = await listen({ status: 202 });
    const send = transports()['signed-webhook'];
    const to = { url: server.url, audience: audience() };

    endpoint.state.behave = behave;
    const answers = await Promise.all(['a', 'b'].map((id) => send(to, { text: 'x' }, id)));
    endpoint.state.behave = endpoint.state.well;

    expect(answers).toStrictEqual(Array(2).fill({ kind: 'unanswered', reason: 'NoToken' }));
    expect(server.received).toStrictEqual([]);
    expect(await send(to, { text: 'x' }, 'c')).toMatchObject({ status: 202 });
  });

  it.each([
    ['no time', undefined],
    ['no number', 'soon'],
    ['the past', '1'],
  ])('that names %s as a token’s end is asked for each message', async (_what, expires_on) => {
    await using server = await listen({ status: 202 });
    const send = transports()['signed-webhook'];
    const to = { url: server.url, audience: audience() };

    endpoint.state.behave = (response, token) => endpoint.state.well(response, { ...token, expires_on });
    const answers = [await send(to, { text: 'x' }, 'a'), await send(to, { text: 'x' }, 'b')];
    endpoint.state.behave = endpoint.state.well;

    expect(answers.every((each) => each.kind === 'answered' || each.reason === 'NoToken')).toBe(true);
    expect(askedFor(to.audience).length).toBeGreaterThanOrEqual(2);
  });
});
