import type { LookupAddress } from 'node:dns';
import { request } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isPublicAddress } from '../../src/destinations/public-address.ts';
import { guardedAgents, guardedLookup } from '../../src/outbound/http/guarded-agents.ts';
import { listen } from '../support/server.ts';
import { waysWithin } from '../support/ways.ts';

const REFUSED = { kind: 'unanswered', reason: 'connection' };
const outward = waysWithin('public');
const local = waysWithin('local');

const PRIVATE = [
  '127.0.0.1',
  '127.8.8.8',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '64:ff9b::a00:1',
  'fd00::1',
  'fe80::1',
  'ff02::1',
  '2001::1',
  '2002:7f00:1::',
];
const PUBLIC = ['1.1.1.1', '52.168.1.1', '172.32.0.1', '2606:4700::1111', '2603:1030::1'];

it('tells public addresses from all others', () => {
  expect(PRIVATE.filter(isPublicAddress)).toStrictEqual([]);
  expect(PUBLIC.filter((address) => !isPublicAddress(address))).toStrictEqual([]);
  expect(['localhost', 'example.com', '', '1.1.1'].filter(isPublicAddress)).toStrictEqual([]);
});

afterEach(() => vi.unstubAllEnvs());

describe.each(outward)('the transport %s on Azure', (_name, send) => {
  it.each([
    ['by its address', '127.0.0.1'],
    ['by a number', '2130706433'],
    ['by a name', 'localhost'],
    ['by a name that nobody would write', 'LOCALHOST'],
  ])('connects to nothing on its own machine, given %s', async (_how, host) => {
    await using server = await listen({ status: 200, body: 'ok' });

    const answer = await send({ url: server.url.replace('127.0.0.1', host) }, { text: 'x' }, 'event-1');

    expect(answer).toStrictEqual(REFUSED);
    expect(server.received).toHaveLength(0);
  });

  it.each(['http://169.254.169.254/metadata', 'https://10.0.0.1', 'https://[::1]', 'https://[fd00::1]:8443/x'])(
    'does not try %s',
    async (url) => {
      expect(await send({ url }, { text: 'x' }, 'event-1')).toStrictEqual(REFUSED);
    },
  );
});

describe.each(local)('the transport %s in a local run', (_name, send) => {
  it.each(['127.0.0.1', 'localhost'])('reaches %s', async (host) => {
    await using server = await listen({ status: 200, body: 'ok' });

    const answer = await send({ url: server.url.replace('127.0.0.1', host) }, { text: 'x' }, 'event-1');

    expect(answer).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('still reaches no other private address', async () => {
    expect(await send({ url: 'http://169.254.169.254/metadata' }, { text: 'x' }, 'event-1')).toStrictEqual(REFUSED);
  });

  it('asks no proxy of the environment', async () => {
    await using proxy = await listen({ status: 502 });
    await using server = await listen({ status: 200, body: 'ok' });
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, proxy.url);

    expect(await send({ url: server.url }, { text: 'x' }, 'event-1')).toMatchObject({ status: 200 });
    expect(proxy.received).toHaveLength(0);
  });

  it('goes nowhere else when it is told to', async () => {
    await using elsewhere = await listen({ status: 200, body: 'ok' });
    await using server = await listen({ status: 307, headers: { location: elsewhere.url } });

    expect(await send({ url: server.url }, { text: 'x' }, 'event-1')).toMatchObject({ status: 307 });
    expect(elsewhere.received).toHaveLength(0);
  });
});

describe('a look-up', () => {
  const address = (text: string): LookupAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });
  const givenBy = (texts: readonly string[], all: boolean) =>
    new Promise<readonly string[]>((done, fail) => {
      const lookup = guardedLookup(isPublicAddress, (_name, _options, found) => found(null, texts.map(address)));
      lookup('name.example', { all }, (error, found) => {
        if (error) fail(error);
        else done(typeof found === 'string' ? [found] : found.map((each) => each.address));
      });
    });

  it('gives what is public and leaves out what is not', async () => {
    expect(await givenBy(['10.0.0.1', '1.1.1.1', '::1', '2606:4700::1111'], true)).toStrictEqual([
      '1.1.1.1',
      '2606:4700::1111',
    ]);
    expect(await givenBy(['10.0.0.1', '1.1.1.1'], false)).toStrictEqual(['1.1.1.1']);
  });

  it.each([true, false])('fails where nothing public is left, without a word of the name (all: %s)', async (all) => {
    await expect(givenBy(['10.0.0.1', 'fd00::1'], all)).rejects.toThrow(
      /^the name leads to no address that may be connected to$/,
    );
    await expect(givenBy([], all)).rejects.toThrow();
  });

  it('passes on that a name is unknown', async () => {
    const unknown = guardedLookup(isPublicAddress, (_name, _options, found) => found(new Error('ENOTFOUND'), []));

    await expect(
      new Promise((_, fail) => unknown('name.example', { all: true }, (error) => fail(error))),
    ).rejects.toThrow('ENOTFOUND');
  });

  it('is made for each connection, so a name that leads elsewhere the next time gains nothing', async () => {
    await using server = await listen({ status: 200 });
    const leads = [['192.168.0.1'], ['127.0.0.1']];
    const { httpAgent } = guardedAgents('public', (_name, _options, found) => {
      found(null, (leads.shift() ?? []).map(address));
    });
    const failure = () =>
      new Promise<string>((done) => {
        const port = Number(new URL(server.url).port);
        request({ host: 'rebound.example', port, agent: httpAgent }, () => done('answered'))
          .on('error', ({ message }) => done(message))
          .end();
      });

    const refused = 'the name leads to no address that may be connected to';
    expect([await failure(), await failure()]).toStrictEqual([refused, refused]);
    expect(leads).toStrictEqual([]);
    expect(server.received).toHaveLength(0);
  });
});
