import { readdirSync, readFileSync } from 'node:fs';
import type { Random } from '../../dev/fake-azure/random.ts';
import { sources } from '../../src/sources/registry.ts';
import type { Stack } from '../support/stack.ts';
import { ask } from './ask.ts';
import { knocksAt } from './attempts.ts';
import { nextBody, type Posted, postBody, untilTold } from './bodies.ts';
import { tryConfigurations } from './configurations.ts';
import { tryLetters } from './letters.ts';
import { ODDITIES, tryOddity } from './oddities.ts';
import { type Fall, type Stand, stand } from './stand.ts';

export interface Outcome {
  readonly falls: readonly Fall[];
  /** The bodies that broke a law. */
  readonly fallen: readonly Posted[];
  /** What was tried, in words. */
  readonly tried: string;
}

const CORPUS = new URL('corpus/', import.meta.url);
const TOGETHER = 8;
const BATCH = 96;
const ENOUGH = 20;

/** The bodies that a law was broken by before. */
const corpus = (): readonly Posted[] =>
  readdirSync(CORPUS)
    .filter((file) => file.endsWith('.json'))
    .map((file, at) => {
      const { body, base64 = '', ...rest } = JSON.parse(readFileSync(new URL(file, CORPUS), 'utf8'));
      return { ...rest, number: at, bytes: body === undefined ? Buffer.from(base64, 'base64') : Buffer.from(body) };
    });

/** Does the same for all, some at a time. */
async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(
    Array.from({ length: TOGETHER }, async () => {
      for (const one of rest) await work(one);
    }),
  );
}

/** Posts bodies, then waits until what was accepted is told. Resolves with how many events were. */
async function tryBodies(there: Stand, bodies: readonly Posted[]): Promise<number> {
  const taken: { readonly id: string; readonly receivers: readonly string[]; readonly body: number }[] = [];
  await forEach(bodies, async (body) => {
    const { accepted } = await postBody(there, body);
    taken.push(...accepted.map((each) => ({ ...each, body: body.number })));
  });
  await forEach(taken, async ({ id, receivers, body }) => {
    const seen = await untilTold(there, id, receivers);
    if (seen !== undefined) there.falls.push({ law: 'what is accepted is told', seen, body });
  });
  there.watchLog();
  const health = await ask(`${there.url}/api/health?deep=1`);
  if (health.status !== 200) there.falls.push({ law: 'the relay is well afterwards', seen: await health.text() });
  return taken.length;
}

/** How much is tried. */
interface Extent {
  /** Every so-manieth of what there are lists of. */
  readonly of: number;
  /** Is asked, once those are done, how long bodies are made. */
  readonly goesOn: () => (posted: number) => boolean;
}

/** Everything of which there is a list, and bodies that are made for as long as wished. */
export async function tryAll(
  stack: Stack,
  connectionString: string,
  random: Random,
  { of, goesOn }: Extent,
): Promise<Outcome> {
  const part = <T>(all: readonly T[]) => all.filter((_, at) => at % of === 0);
  const there = await stand(stack, connectionString);
  const knocks = (await Promise.all(sources.map(({ name }) => knocksAt(there, name)))).flatMap(part);
  await forEach(knocks, (knock) => knock());
  const odd = part(Object.keys(ODDITIES));
  await forEach(odd, (name) => tryOddity(there, name));
  const letters = await tryLetters(there, random, 80 / of);
  const kept = corpus();
  let events = await tryBodies(there, kept);
  const fallen = new Set<Posted>();
  const isOn = goesOn();
  let count = 0;
  while (isOn(count) && there.falls.length < ENOUGH) {
    const batch = Array.from({ length: BATCH }, (_, at) => nextBody(random, kept.length + count + at));
    events += await tryBodies(there, batch);
    count += batch.length;
    for (const each of batch) if (there.falls.some(({ body }) => body === each.number)) fallen.add(each);
  }
  there.falls.push(...(await tryConfigurations(random, 400 / of)));
  const tried = `${kept.length} bodies of the corpus, ${count} others, ${events} events of them, ${knocks.length} knocks, ${odd.length} odd requests, ${letters} messages`;
  return { falls: there.falls, fallen: [...fallen], tried };
}
