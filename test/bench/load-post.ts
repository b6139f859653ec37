import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Posts bodies over so many connections; resolves with when each post began, in milliseconds. `mayPost` is asked before
 * each: false makes it wait a little.
 */
export async function postAll(
  url: string,
  bodies: readonly string[],
  connections: number,
  expected: number,
  mayPost: (posted: number) => boolean = () => true,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const began: number[] = [];
  let next = 0;
  const client = async () => {
    for (let at = next++; at < bodies.length; at = next++) {
      while (!mayPost(at)) await sleep(2);
      began[at] = performance.timeOrigin + performance.now();
      await post(url, agent, bodies[at] ?? '', expected);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return began;
}

function post(url: string, agent: Agent, body: string, expected: number): Promise<void> {
  return new Promise((done, fail) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    request(url, { method: 'POST', agent, headers }, (response) => {
      if (response.statusCode !== expected) fail(new Error(`answered ${response.statusCode}`));
      response.resume().on('end', done);
    })
      .on('error', fail)
      .end(body);
  });
}
