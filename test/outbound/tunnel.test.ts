import { execFile } from 'node:child_process';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { judge } from '../../src/destinations/answer.ts';
import { webhookAnswers } from '../../src/destinations/webhook/answers.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { certificate } from '../support/certificate.ts';
import { listenOwn } from '../support/own-port.ts';
import { proxyTo } from '../support/proxy.ts';
import { listen } from '../support/server.ts';

const AUDIT = 'https://audit.example.com:8443/events?key=hidden';
const send = transportsWithin('public')['signed-webhook'];
const through = (proxy: string, url = AUDIT) => send({ url, proxy }, { text: 'x' }, 'event-1');

describe('a receiver behind a proxy', () => {
  it('gets what is sent, of which the proxy sees host and port alone', async () => {
    await using trusted = await certificate('DNS:audit.example.com');
    const received: string[] = [];
    const server = createServer(trusted, (request, response) => {
      received.push(request.url ?? '');
      request.resume().on('end', () => response.writeHead(204).end());
    });
    await listenOwn(server);
    await using proxy = await proxyTo((server.address() as AddressInfo).port);
    const address = proxy.url.replace('//', '//relay:p%40ss@');
    const script = `
      import { transportsWithin } from './src/outbound/http/transports.ts';
      const send = transportsWithin('public')['signed-webhook'];
      console.log(JSON.stringify(await send({ url: '${AUDIT}', proxy: '${address}' }, { text: 'x' }, 'event-1')));`;

    // Which certificates are trusted is settled when a process begins.
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: new URL('../..', import.meta.url),
      env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted.file },
    });
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'answered', status: 204 });
    // Nobody else's certificate is taken for the receiver's.
    expect(await through(address)).toStrictEqual({ kind: 'unanswered', reason: 'connection' });
    server.close();

    expect(received).toStrictEqual(['/events?key=hidden']);
    const authorization = `Basic ${Buffer.from('relay:p@ss').toString('base64')}`;
    expect(proxy.asked).toStrictEqual(Array(2).fill({ path: 'audit.example.com:8443', authorization }));
  });

  it.each([
    ['wants a password', 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n'],
    ['answers a page', 'HTTP/1.1 403 Forbidden\r\ncontent-type: text/html\r\n\r\n<html>hidden</html>'],
    ['answers no HTTP', '<html>hidden</html>\r\n\r\n'],
    ['has a fault', 'HTTP/1.1 503 Service Unavailable\r\n\r\n'],
    ['hangs up', ''],
  ])('is tried again later where that %s', async (_what, answer) => {
    await using proxy = await proxyTo(0, (client: Duplex) => client.end(answer));

    const got = await through(proxy.url);

    expect(got).toStrictEqual({ kind: 'unanswered', reason: 'proxy' });
    expect(judge(got, webhookAnswers)).toStrictEqual({ kind: 'retry', reason: 'proxy' });
    await vi.waitFor(() => expect(proxy.open.size).toBe(0));
  });

  it('is tried again later where nobody is there, or what answers as if there were a tunnel is none', async () => {
    await using proxy = await proxyTo(0, (client) => client.end('HTTP/1.1 200 OK\r\n\r\n<html>hidden</html>'));

    expect(await through('http://127.0.0.1:1')).toStrictEqual({ kind: 'unanswered', reason: 'proxy' });
    expect(await through(proxy.url)).toStrictEqual({ kind: 'unanswered', reason: 'connection' });
  });

  it('is waited for no longer than others where that is silent, and the connection to it ends', async () => {
    await using proxy = await proxyTo(0, () => undefined);

    expect(await through(proxy.url)).toStrictEqual({ kind: 'unanswered', reason: 'timeout' });
    await vi.waitFor(() => expect(proxy.open.size).toBe(0));
  });

  it('is asked for in brackets where its address is one of IPv6', async () => {
    await using proxy = await proxyTo(0, (client) => client.end('HTTP/1.1 503 Service Unavailable\r\n\r\n'));

    await through(proxy.url, 'https://[2606:4700:4700::1111]/events');

    expect(new Set(proxy.asked.map(({ path }) => path))).toStrictEqual(new Set(['[2606:4700:4700::1111]:443']));
  });

  it('is no private address all the same', async () => {
    await using proxy = await proxyTo(0);

    expect(await through(proxy.url, 'https://10.0.0.1/')).toStrictEqual({ kind: 'unanswered', reason: 'connection' });
    expect(proxy.asked).toStrictEqual([]);
  });

  it('is not asked through it on this machine', async () => {
    await using proxy = await proxyTo(0);
    await using server = await listen({ status: 204 });
    const to = { url: server.url, proxy: proxy.url };

    expect(await transportsWithin('local')['signed-webhook'](to, {}, 'a')).toMatchObject({ status: 204 });
    expect(proxy.asked).toStrictEqual([]);
  });
});
