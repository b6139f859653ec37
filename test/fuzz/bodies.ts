import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../dev/fake-azure/random.ts';
import { fixtureFolders, fixturesOf } from '../support/fixtures.ts';
import { ask } from './ask.ts';
import { mutated, planted } from './mutations.ts';
import { proofOf } from './proofs.ts';
import type { Stand } from './stand.ts';

/** A body as it is sent. */
export interface Posted {
  readonly number: number;
  readonly source: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

// Longer than any answer may take, so that only what hangs is ended.
const HANGS_MILLISECONDS = 60_000;

const seeds = fixtureFolders().flatMap((source) => fixturesOf(source).map((fixture) => ({ source, ...fixture })));

/** The next body: a fixture's with something in it that nobody meant, for an address that may read it. */
export function nextBody(random: Random, number: number): Posted {
  const { source, headers, body } = seeds[Math.floor(random() * seeds.length)] as (typeof seeds)[number];
  const bytes = mutated(body, random, planted(number));
  // To look at what becomes of a body takes a hundredth of what it takes to tell it.
  const address = random() < 0.2 ? 'webhooks' : 'preview';
  const path = random() < 0.5 ? `/api/${address}` : `/api/${address}/${source}`;
  return { number, source, path, headers, bytes };
}

interface Sent {
  readonly status: number;
  readonly accepted: readonly { readonly id: string; readonly receivers: readonly string[] }[];
}

/** What is answered to a body with its sender's proof; why nothing is, where nothing is. */
async function answerTo(there: Stand, { source, path, headers, bytes }: Posted) {
  const proof = await proofOf(source, bytes, there.keys);
  const type = { 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(HANGS_MILLISECONDS);
  try {
    const response = await ask(there.url + path, {
      method: 'POST',
      headers: { ...type, ...headers, ...proof.headers },
      body: new Uint8Array(bytes),
      signal,
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (error) {
    return String(error);
  }
}

/** Posts a body, and holds the answer to the laws of every answer. */
export async function postBody(there: Stand, posted: Posted): Promise<Sent> {
  const answer = await answerTo(there, posted);
  if (typeof answer === 'string') {
    there.falls.push({ law: 'an answer comes within a minute', seen: answer, body: posted.number });
    return { status: 0, accepted: [] };
  }
  const { status, headers, text } = answer;
  // The handshake of Event Grid is to say a word of the sender's again.
  if (!text.startsWith('{"validationResponse":')) there.watch('an answer', text);
  const isForeseen = status < 500 || (status === 503 && headers.has('retry-after'));
  if (!isForeseen)
    there.falls.push({ law: 'no answer of 5xx', seen: `${status} ${text.slice(0, 200)}`, body: posted.number });
  const { accepted = [] } = (status === 202 ? JSON.parse(text) : {}) as Partial<Sent>;
  return { status, accepted };
}

const ENDED = ['sent', 'overtaken'];
const MOST_LOOKS = 600;

/** Waits until an event that was accepted has ended for each receiver; how it did, where it never does or is given up. */
export async function untilTold(there: Stand, id: string, receivers: readonly string[]): Promise<string | undefined> {
  let seen = 'nothing';
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const response = await ask(`${there.url}/api/show?id=${id}`);
    const text = await response.text();
    there.watch('an answer to an operator', text);
    const { events = [] } = JSON.parse(text) as {
      events?: { deliveries: { receiver: string; state: string; reason?: string }[] }[];
    };
    const found = events.flatMap(({ deliveries }) => deliveries);
    if (receivers.every((name) => found.some(({ receiver, state }) => receiver === name && ENDED.includes(state))))
      return undefined;
    seen = found.map(({ receiver, state, reason = '' }) => `${receiver} ${state} ${reason}`).join(', ');
    if (found.some(({ state }) => state === 'dead')) return seen;
    await sleep(100);
  }
  return seen;
}
