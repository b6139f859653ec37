import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { autoscaleBody } from './body.ts';
import { figure, median } from './median.ts';

const RUNS = 5;
const REQUESTS = 20_000;
const CONNECTIONS = 32;

async function startServer(kind: 'bare' | 'relay') {
  const child = fork(fileURLToPath(new URL('accept-server.ts', import.meta.url)), [kind]);
  const [{ port }] = (await once(child, 'message')) as [AddressInfo];
  return { port, stop: () => child.kill() };
}

function post(port: number, agent: Agent, body: string): Promise<void> {
  return new Promise((done, fail) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    request({ host: '127.0.0.1', port, path: '/api/webhooks', method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== 202) fail(new Error(`answered ${response.statusCode}`));
      response.resume().on('end', done);
    })
      .on('error', fail)
      .end(body);
  });
}

/** Requests per second, with bodies made beforehand. */
async function load(port: number, requests: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const bodies = Array.from({ length: requests }, (_, step) => JSON.stringify(autoscaleBody(step)));
  let next = 0;
  const client = async () => {
    for (let body = bodies[next++]; body !== undefined; body = bodies[next++]) await post(port, agent, body);
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, client));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return requests / seconds;
}

/** The accept path over HTTP with a queue that keeps nothing, against a server that only parses and answers. */
export async function acceptFigures(): Promise<string> {
  const servers = { bare: await startServer('bare'), relay: await startServer('relay') };
  const rates = { bare: [] as number[], relay: [] as number[] };
  for (const { port } of Object.values(servers)) await load(port, REQUESTS / 4);
  for (let run = 0; run < RUNS; run += 1) {
    for (const kind of ['bare', 'relay'] as const) rates[kind].push(await load(servers[kind].port, REQUESTS));
  }
  for (const { stop } of Object.values(servers)) stop();
  const [bare, relay] = [median(rates.bare), median(rates.relay)];
  return [
    `accept (storage stubbed, ${CONNECTIONS} connections, median of ${RUNS} × ${REQUESTS})`,
    `  bare node:http  ${figure(bare, 'requests/s')}`,
    `  relay           ${figure(relay, 'requests/s')}  = ${(relay / bare).toFixed(2)} of bare (aim: at least 0.50)`,
  ].join('\n');
}
