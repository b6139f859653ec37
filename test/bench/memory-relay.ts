import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { httpTrigger } from '../../dev/host/http-trigger.ts';
import { json } from '../../dev/host/server.ts';
import { webhook } from '../../functions/webhook.ts';
import { use } from '../../src/app/main.ts';
import { createRelay } from '../../src/relay/relay.ts';
import { memoryPorts } from '../support/ports.ts';
import { receiverAt } from '../support/relay.ts';
import { MemoryPump } from './memory-queue.ts';

// The whole relay in a process of its own, with storage in memory and one receiver: what it can do without waiting for
// storage. The receiver's type and address are the arguments.

const [type = 'webhook', url = ''] = process.argv.slice(2);
const deliveries = new MemoryPump();
const ports = { ...memoryPorts(), deliveries, clock: { now: Date.now, wait: sleep }, random: Math.random };
const receiver = { ...receiverAt(type === 'slack' ? 'slack' : 'webhook', url, 'sink'), secrets: ['whsec_YmVuY2g='] };
const relay = createRelay({ receivers: [receiver], routes: [{ to: ['sink'] }], ports });
deliveries.handler = relay.deliver;
use(relay);

const trigger = httpTrigger([webhook], 'api');
const server = createServer(async (request, response) => {
  const answer = await trigger(request, new URL(request.url ?? '/', 'http://relay.invalid'));
  json(response, answer ?? { status: 404, jsonBody: {} });
});
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
