import { setTimeout as sleep } from 'node:timers/promises';
import { iso } from '../../../src/delivery/dispatch.ts';
import type { Change, Range, Row } from '../../../src/delivery/ports.ts';
import { deferredKey, eventKey, parkedKey, STATE } from '../../../src/delivery/rules/keys.ts';
import { FRESH } from '../../../src/delivery/rules/receiver-state.ts';
import type { Transport } from '../../../src/destinations/transport.ts';
import { largest } from '../../support/largest.ts';
import { MemoryLedger, memoryPorts } from '../../support/ports.ts';
import { receiverAt, relayWith } from '../../support/relay.ts';

// A process of its own: the largest events, many for each receiver, wait in a ledger that takes no memory of this process, and
// leave. Prints what became of them, as JSON. The arguments: what they wait for, for how many receivers, how many for each.

const [place = 'parked', receivers = '6', events = '900'] = process.argv.slice(2);
const NAMES = Array.from({ length: Number(receivers) }, (_, index) => `chat-${index}`);
const WAITS_FOR = 'a'.repeat(32);
const PAGE = 100;

const ports = memoryPorts();
const AT = iso(ports.time.now);
const template = JSON.stringify(largest('alert'));

/** The row of one event, read anew each time as from storage. */
function rowOf(receiver: string, index: number): Row {
  const event = {
    ...JSON.parse(template),
    id: `event-${index}`,
    story: `story-${index}`,
    severity: 'warning',
    occurredAt: AT,
  };
  const waiting = { receiver, attempt: 0, owner: 'message', leaseUntil: AT, updatedAt: AT, attempts: [] };
  const isHeld = place === 'held';
  const key = isHeld ? deferredKey(WAITS_FOR, AT, event.id) : parkedKey(AT, event.id);
  return { key, etag: 'v0', changedAt: AT, value: { event, state: isHeld ? 'quiet' : 'parked', ...waiting } };
}

/** Remembers of events only that they left, and in which digest. */
class Flood extends MemoryLedger {
  readonly left = new Map<string, string>();
  readonly gone = new Set<string>();
  twice = 0;

  override async *list(partition: string, range: Range) {
    if (!range.from.startsWith(`${place}:`)) return yield* super.list(partition, range);
    for (let at = 0; at < Number(events); at += PAGE) {
      const count = Math.min(PAGE, Number(events) - at);
      const rows = Array.from({ length: count }, (_, index) => rowOf(partition, at + index));
      await sleep(1);
      const left = rows.filter(({ key }) => !this.gone.has(`${partition} ${key}`));
      if (left.length > 0) yield left;
    }
  }

  override async write(partition: string, changes: readonly Change[]) {
    await sleep(1);
    const others: Change[] = [];
    for (const change of changes) {
      const { event, digest } = (change.kind === 'delete' ? {} : change.value) as {
        event?: { id: string };
        digest?: string;
      };
      if (change.kind === 'delete' && change.key.startsWith(`${place}:`)) this.gone.add(`${partition} ${change.key}`);
      else if (event?.id.startsWith('event-') && change.key === eventKey(event.id)) {
        const name = `${partition} ${event.id}`;
        if (this.left.has(name)) this.twice += 1;
        this.left.set(name, digest ?? 'none');
      } else others.push(change);
    }
    return others.length === 0 ? new Map<string, string>() : super.write(partition, others);
  }
}

const ledger = new Flood(() => ports.time.now);
const told: string[] = [];
const chat: Transport = async (_to, _payload, id) => {
  await sleep(20);
  told.push(id);
  return { kind: 'answered', status: 200, body: 'ok' };
};
const { relay } = relayWith(
  NAMES.map((name) => receiverAt('slack', 'https://slack.invalid', name)),
  { ...ports, ledger, transports: { ...ports.transports, 'slack-webhook': chat } },
);
for (const name of NAMES) {
  if (place === 'held') break;
  await ledger.write(name, [{ kind: 'put', key: STATE, value: { ...FRESH, flushAt: ports.time.now } }]);
  await ports.deliveries.send({ version: 1, flush: name });
}
if (place === 'held') await ports.deliveries.send({ version: 1, release: WAITS_FOR, receivers: NAMES });

// As a host does: everything that is in sight at once.
for (;;) {
  const next = ports.deliveries.next();
  if (next === undefined) break;
  ports.time.now = Math.max(ports.time.now, next.visibleAt);
  const all = ports.deliveries.waiting.filter(({ visibleAt }) => visibleAt <= ports.time.now);
  for (const each of all) ports.deliveries.delete(each);
  await Promise.all(all.map(({ message, id }) => relay.deliver(message, id)));
}
const unnamed = [...ledger.left.values()].filter((digest) => !told.includes(digest)).length;
const { twice, left } = ledger;
const most = process.resourceUsage().maxRSS / 1_024;
console.log(JSON.stringify({ left: left.size, twice, unnamed, messages: told.length, most }));
