import { createServer } from 'node:http';
import { httpTrigger } from '../../dev/host/http-trigger.ts';
import { json } from '../../dev/host/server.ts';
import { webhook } from '../../functions/webhook.ts';
import { use } from '../../src/app/main.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';

// One of two servers, in a process of its own: the accept path without storage, or the least that could answer.

const ports = memoryPorts();
const receivers = [receiverAt('slack', 'http://127.0.0.1:1'), receiverAt('teams', 'http://127.0.0.1:1')];
const deliveries = { send: async () => undefined, check: async () => undefined, oldest: async () => undefined };
use(createRelay({ receivers, routes: [{ to: ['slack', 'teams'] }], ports: { ...ports, deliveries } }));
const trigger = httpTrigger([webhook], 'api');

const relay = createServer(async (request, response) => {
  const answer = await trigger(request, new URL(request.url ?? '/', 'http://relay.invalid'));
  json(response, answer ?? { status: 404, jsonBody: {} });
});

const bare = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    json(response, { status: 202, jsonBody: { accepted: typeof body } });
  });
});

const server = process.argv[2] === 'bare' ? bare : relay;
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
