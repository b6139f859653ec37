import { eventKey } from '../../src/delivery/rules/keys.ts';
import type { EventOf, RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { toBrief } from '../../src/event/importance.ts';
import { examples } from '../support/examples.ts';

/** Something that happens, and when (milliseconds). */
interface Happening {
  readonly at: number;
  readonly event: RelayEvent;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const timeOf = (at: number): string => new Date(at).toISOString();

/** Numbers in [0, 1) that are the same each time. */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** What was made up, added up while it was: by day and by what it is of. */
class Truth {
  readonly #sums = new Map<string, number>();

  add(at: number, what: string, by = 1): void {
    const key = `${timeOf(at).slice(0, 10)} ${what}`;
    this.#sums.set(key, (this.#sums.get(key) ?? 0) + by);
  }

  get sums(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#sums].filter(([, sum]) => sum > 0).sort());
  }
}

const SETS = ['shop-web', 'shop-api', 'batch'];
const RULES = ['web-cpu', 'db-down'];
const PLACES = ['prod', 'dev'];

/** A month as a relay would hear of it, and what it comes to. */
export function madeUpMonth(start: number, days: number, seed: number) {
  const random = randomBy(seed);
  const below = (most: number) => Math.floor(random() * most);
  const happenings: Happening[] = [];
  const truth = new Truth();
  const happens = (at: number, event: RelayEvent) => {
    happenings.push({ at, event: { ...event, occurredAt: timeOf(at) } });
    if (event.kind !== 'act') truth.add(at, 'events');
    if (event.kind !== 'act') truth.add(at, `events ${event.environment}`);
  };

  const scales = (day: number, name: string) => {
    let [at, size] = [day + below(60) * MINUTE, 3];
    for (;;) {
      at += HOUR + below(300) * MINUTE;
      if (at > day + 23 * HOUR) return;
      const to = Math.max(1, size + below(5) - 2);
      if (to === size) continue;
      const direction: 'out' | 'in' = to > size ? 'out' : 'in';
      const environment = 'prod';
      const id = `/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/${name}`;
      const operation = identity('operation', name, `${at}`);
      const about = {
        ...examples.scale,
        ...{ direction, from: size, to, operation, environment, resource: { name, id }, story: id },
      };
      const phase = (['succeeded', 'succeeded', 'succeeded', 'failed', 'held'] as const)[below(5)] ?? 'succeeded';
      const isBegun = phase !== 'held' && random() < 0.5;
      if (isBegun) happens(at - 90 * SECOND, { ...about, id: identity(operation, 'began'), phase: 'started' });
      happens(at, { ...about, id: identity(operation, 'ended'), phase });
      truth.add(at, `${name} ${phase === 'succeeded' ? direction : phase}`);
      if (phase === 'succeeded') size = to;
    }
  };

  const fires = (day: number, rule: string) => {
    let at = day + below(120) * MINUTE;
    for (;;) {
      at += 20 * MINUTE + below(500) * MINUTE;
      if (at > day + 22 * HOUR) return;
      const environment = PLACES[below(2)] ?? 'prod';
      const story = `story ${rule} ${environment}`;
      const { firedAt: _, ...bare } = examples.alert;
      const about = { ...bare, rule, environment, story, resource: { name: 'shop' } };
      const fired: EventOf<'alert'> = {
        ...about,
        id: identity(story, `${at}`),
        state: 'fired',
        occurredAt: timeOf(at),
      };
      happens(at, fired);
      truth.add(at, `${rule} ${environment} fired`);
      const took = 2 * MINUTE + below(7) * MINUTE;
      if (random() < 0.5) {
        happens(at + MINUTE, acknowledgedOf(fired, at + MINUTE));
        truth.add(at, `${rule} ${environment} acknowledged`);
        truth.add(at, `${rule} ${environment} acknowledge seconds`, 60);
      }
      // Its sender tells it again: that is no new one.
      if (random() < 0.2) happens(at + 90 * SECOND, { ...fired, id: identity(story, `${at}`, 'again') });
      happens(at + took, { ...about, id: identity(story, `${at}`, 'end'), state: 'resolved' });
      truth.add(at + took, `${rule} ${environment} resolved`);
      truth.add(at + took, `${rule} ${environment} resolve seconds`, took / SECOND);
      at += took;
      if (random() > 0.3) continue;
      // Again within a quarter of an hour: it flaps.
      const again = at + 5 * MINUTE;
      happens(again, { ...about, id: identity(story, `${again}`), state: 'fired' });
      happens(again + MINUTE, { ...about, id: identity(story, `${again}`, 'end'), state: 'resolved' });
      for (const what of ['fired', 'flaps', 'resolved']) truth.add(again, `${rule} ${environment} ${what}`);
      truth.add(again, `${rule} ${environment} resolve seconds`, 60);
      at = again + 20 * MINUTE;
    }
  };

  const failing = new Map<string, number>();
  const deploys = (day: number, subject: string) => {
    for (const hour of [1, 9, 17, 23]) {
      if (random() < 0.4) continue;
      const at = day + hour * HOUR + below(50) * MINUTE;
      const environment = PLACES[below(2)] ?? 'prod';
      const what = `${subject} ${environment}`;
      const run = identity(what, `${at}`);
      const { duration: _, step: __, outcome: ___, check: ____, ...bare } = examples.deployment;
      const about = { ...bare, subject, environment, story: run };
      const took = MINUTE + below(40) * MINUTE;
      happens(at, { ...about, id: identity(run, 'began'), phase: 'started' });
      // Stages of the same run are not deployments of their own.
      happens(at + took - 30 * SECOND, { ...about, id: identity(run, 'stage'), step: 'swap', phase: 'succeeded' });
      const phase = random() < 0.3 ? 'failed' : 'succeeded';
      happens(at + took, { ...about, id: identity(run, 'ended'), phase });
      truth.add(at + took, `${what} ${phase}`);
      const since = failing.get(what);
      if (phase === 'failed') failing.set(what, since ?? at + took);
      else {
        truth.add(at + took, `${what} lead seconds`, took / SECOND);
        if (since !== undefined) truth.add(at + took, `${what} restore seconds`, (at + took - since) / SECOND);
        failing.delete(what);
      }
    }
  };

  for (let day = start; day < start + days * DAY; day += DAY) {
    for (const name of SETS) scales(day, name);
    for (const rule of RULES) fires(day, rule);
    deploys(day, 'shop');
  }
  return { happenings: happenings.toSorted((a, b) => a.at - b.at), truth };
}

function acknowledgedOf(event: EventOf<'alert'>, at: number): EventOf<'act'> {
  return {
    ...{ kind: 'act', source: 'relay', severity: 'info', links: [], action: 'acknowledged', by: 'ops', via: 'link' },
    id: identity('act', event.id),
    occurredAt: timeOf(at),
    ...(event.story !== undefined && { story: event.story }),
    ...(event.environment !== undefined && { environment: event.environment }),
    resource: event.resource,
    of: toBrief(event),
    event: event.id,
    pager: eventKey(event.id).slice(6),
  };
}
