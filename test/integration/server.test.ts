import { spawnSync } from 'node:child_process';
import { request as call } from 'node:http';
import { describe, expect, it } from 'vitest';
import { rawRequest } from './raw-request.ts';
import { served } from './served.ts';

describe('the web server of the local run', () => {
  it('serves its page, whose content policy allows nothing from elsewhere', async () => {
    await using server = await served();

    const page = await fetch(server.url);

    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'self';/);
    const html = await page.text();
    const paths = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) expect((await fetch(server.url + path)).status, path).toBe(200);
  });

  it('refuses a body of 2 MiB while it is still being sent', async () => {
    await using server = await served();

    const { status, body, sent } = await upload(`${server.url}/api/webhooks`, 2 * 1024 * 1024);

    expect(status).toBe(413);
    expect(JSON.parse(body)).toMatchObject({ status: 413, type: 'urn:autoscale-relay:problem:body-too-large' });
    expect(sent).toBeLessThan(2 * 1024 * 1024);
  });

  it('gives the refusal of a large body to a client that sends it whole', async () => {
    await using server = await served();
    const body = JSON.stringify({ text: 'x'.repeat(2 * 1024 * 1024) });

    for (let times = 0; times < 10; times += 1) {
      const headers = { 'content-type': 'application/json' };
      expect((await fetch(`${server.url}/api/webhooks`, { method: 'POST', headers, body })).status).toBe(413);
    }
  });

  it('does no work for clients that gave up while they stood in line', async () => {
    await using server = await served();
    const body = JSON.stringify({ kind: 'custom', title: 'x' });
    const post = `POST /api/webhooks HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const givingUp = `
      const socket = require('node:net').connect(${new URL(server.url).port}, '127.0.0.1', () =>
        socket.write(${JSON.stringify(post)}, () => socket.destroy()))`;

    // Nothing else happens in this process meanwhile: the server is as busy as can be.
    expect(spawnSync(process.execPath, ['-e', Array(3).fill(`{${givingUp}}`).join(';')]).status).toBe(0);
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${server.url}/api/webhooks`, { method: 'POST', headers, body })).status).toBe(202);

    expect(server.lines).toEqual(['POST /api/webhooks 202']);
  });

  it('goes on after a client that breaks off in the middle of a body', async () => {
    await using server = await served();
    const gone = call(`${server.url}/api/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    const broken = new Promise((done) => gone.on('error', done));
    gone.write('{"operation":', () => gone.destroy(new Error('broken off')));
    await broken;

    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });

  it.each([
    ['two slashes', '//'],
    ['half an address', '//['],
    ['half an absolute address', 'http://['],
    ['a star', '*'],
    ['a broken escape', '/%'],
    ['an escaped zero', '/%00'],
    ['a broken escape among webhooks', '/api/webhooks/%ff'],
    ['a very long path', `/${'x'.repeat(8_000)}`],
  ])('answers a request whose path is %s, and goes on', async (_what, path) => {
    await using server = await served();

    expect(await rawRequest(server.url, 'GET', path)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });
});

describe('a page from elsewhere in the browser of this machine', () => {
  const asked = (url: string, method: string, path: string, headers: Record<string, string>): Promise<number> =>
    new Promise((done, fail) => {
      const request = call(url + path, { method, headers }, (response) => {
        response.resume().on('end', () => done(response.statusCode ?? 0));
      });
      request.on('error', fail).end(method === 'POST' ? '{"kind":"custom","title":"x"}' : undefined);
    });
  const crossSite = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', origin: 'https://page.example' };
  const rebound = { host: 'page.example:7071', 'sec-fetch-site': 'same-origin' };

  it.each([
    ['posts no webhook', 'POST', '/api/webhooks', crossSite],
    ['fires no timer', 'POST', '/admin/functions/drift', crossSite],
    ['makes no silence', 'POST', '/api/silences', crossSite],
    ['reads no inbox', 'GET', '/inbox/messages', crossSite],
    ['reads no inbox under a name of its own', 'GET', '/inbox/messages', rebound],
    ['reads no deliveries under a name of its own', 'GET', '/api/deliveries', rebound],
    ['is not given the page under a name of its own', 'GET', '/', rebound],
  ])('%s', async (_what, method, path, headers) => {
    await using server = await served();

    expect(await asked(server.url, method, path, headers)).toBe(403);
  });

  it.each([
    ['may link to the inbox', 'GET', '/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    ['is not taken for a sender behind a tunnel', 'POST', '/api/webhooks', { host: 'tunnel.example' }, 202],
    ['is not taken for our own', 'POST', '/api/webhooks', { 'sec-fetch-site': 'same-origin' }, 202],
  ])('%s', async (_what, method, path, headers, status) => {
    await using server = await served();

    expect(await asked(server.url, method, path, headers)).toBe(status);
  });
});

/** Sends a body piece by piece, and stops when the answer comes. */
function upload(url: string, bytes: number): Promise<{ status: number | undefined; body: string; sent: number }> {
  const piece = Buffer.alloc(64 * 1024, ' ');
  return new Promise((done, fail) => {
    let sent = 0;
    let answered = false;
    const request = call(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
      answered = true;
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => done({ status: response.statusCode, body, sent }));
    });
    // The server may close the connection while a piece is on its way; the answer counts.
    request.on('error', (error) => answered || fail(error));
    const more = () => {
      if (answered) return;
      if (sent >= bytes) return void request.end();
      sent += piece.length;
      request.write(piece, () => setTimeout(more, 5));
    };
    more();
  });
}
