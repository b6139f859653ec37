import { type EventOf, event as eventSchema } from '../event/event.ts';
import type { Machines } from '../event/machines.ts';
import { type DeliveryReport, type Dispatch, iso, secondsUntil } from './dispatch.ts';
import { type Followed, followed, queueMachineCheck, scalingsOf } from './follow.ts';
import type { Change, MachineReader, Row } from './ports.ts';
import type { MachineCheck } from './rules/delivery.ts';
import { holdsFor } from './rules/family.ts';
import { eventKey, followKey, MACHINES } from './rules/keys.ts';
import { ledgerEntry } from './rules/ledger.ts';
import { machinesEvent, machinesOf, type Scaling, scalingIn } from './rules/machines.ts';
import type { Sight } from './rules/sight.ts';

// When the set is listed, in seconds after its event came: these times, and no more.
const LOOKS = [0, 180, 900] as const;

// Looks that wait for a silent Azure must leave room for messages.
const MOST_AT_ONCE = 4;
const AGAIN_SECONDS = 30;

let underWay = 0;

/** Looks for the machines of a scaling, and tells what became of them. Rejects with a StorageError. */
export async function lookFor(dispatch: Dispatch, { look, receivers }: MachineCheck): Promise<DeliveryReport> {
  const about = { eventId: look.event };
  const { machines } = dispatch;
  if (machines === undefined) return { ...about, ...NOTHING, reason: 'machines off' };
  if (underWay >= MOST_AT_ONCE) {
    await queueMachineCheck(dispatch, look.event, receivers, look.number, AGAIN_SECONDS);
    return { ...about, ...waits(AGAIN_SECONDS, 'machines busy') };
  }
  underWay += 1;
  try {
    return { ...about, ...(await looked(dispatch, machines, look)) };
  } finally {
    underWay -= 1;
  }
}

type Report = Pick<DeliveryReport, 'outcome' | 'reason' | 'cause' | 'delay'>;

const NOTHING = { outcome: 'nothing', cause: 'machines' } as const;

async function looked(
  dispatch: Dispatch,
  machines: MachineReader,
  { event: id, number }: MachineCheck['look'],
): Promise<Report> {
  const claimed = await claim(dispatch, id, number);
  if (claimed === undefined) return { outcome: 'nothing' };
  const { row, delay } = claimed;
  const known = row.value;
  const { event } = known;
  const scaling = event.kind === 'scale' ? scalingIn(event) : undefined;
  if (event.kind !== 'scale' || scaling === undefined) return { outcome: 'nothing' };
  const setId = event.resource.id ?? '';
  const sight = await machines.look(setId);
  const last = number === LOOKS.length - 1;
  if (!('machines' in sight)) {
    const { reason, final } = sight.unread;
    return last || final ? ended(dispatch, row, `machines ${reason}`) : waits(delay, `machines ${reason}`);
  }
  const until = await nextScaling(dispatch, event, known.proven);
  const found = machinesOf({ scaling: { ...scaling, until }, first: known.first, sight, last });
  if (found === undefined) {
    const change = { ...known, first: known.first ?? remembered(sight) };
    await dispatch.ports.ledger.write(MACHINES, [replaced(row, change)]);
    return waits(delay, 'machines under way');
  }
  await tell(dispatch, known, { event, machines: await withLimit(machines, setId, scaling, found) });
  return ended(dispatch, row, 'machines told');
}

const waits = (delay: number | undefined, reason: string): Report => ({
  ...NOTHING,
  reason,
  ...(delay !== undefined && { delay }),
});

interface Claimed {
  readonly key: string;
  readonly etag: string;
  readonly value: Followed;
}

/**
 * Takes a look for this message alone: the next one is queued first, so that a crash loses a look at most, and never makes
 * a fourth. Undefined where it was taken, or there is none to take.
 */
async function claim(
  dispatch: Dispatch,
  id: string,
  number: number,
): Promise<{ readonly row: Claimed; readonly delay: number | undefined } | undefined> {
  const { ledger, clock } = dispatch.ports;
  const key = followKey(id);
  const row = await ledger.read(MACHINES, key);
  const { data } = followed.safeParse(row?.value);
  if (row === undefined || data === undefined || data.ended !== undefined || data.looks !== number) return undefined;
  const next = LOOKS[number + 1];
  const delay =
    next === undefined ? undefined : Math.max(1, secondsUntil(Date.parse(data.begunAt) + next * 1_000, clock.now()));
  if (delay !== undefined) await queueMachineCheck(dispatch, id, data.receivers, number + 1, delay);
  const value = { ...data, looks: number + 1 };
  const etags = await ledger.write(MACHINES, [replaced({ key, etag: row.etag }, value)]);
  return etags === 'conflict' ? undefined : { row: { key, etag: etags.get(key) ?? '', value }, delay };
}

const replaced = ({ key, etag }: Pick<Row, 'key' | 'etag'>, value: Followed): Change => ({
  kind: 'replace',
  key,
  etag,
  value,
});

async function ended({ ports }: Dispatch, row: Claimed, reason: string): Promise<Report> {
  const { first: _, ...value } = row.value;
  await ports.ledger.write(MACHINES, [replaced(row, { ...value, ended: reason })]);
  return { ...NOTHING, reason };
}

const remembered = ({ machines }: Sight): Followed['first'] =>
  machines.map(({ name, zone, state, isPooled }) => ({
    name,
    ...(zone !== undefined && { zone }),
    state,
    ...(isPooled && { isPooled }),
  }));

/** When (ISO) the set was told to be scaled again. */
async function nextScaling(
  { ports }: Dispatch,
  event: EventOf<'scale'>,
  proven: boolean | undefined,
): Promise<string | undefined> {
  const { source } = event;
  const { scalings } = await scalingsOf(ports, event);
  return scalings.find(
    (each) => each.id !== event.id && each.at > event.occurredAt && holdsFor(each, { source, proven }),
  )?.at;
}

async function withLimit(
  machines: MachineReader,
  setId: string,
  { direction, to }: Scaling,
  found: Machines,
): Promise<Machines> {
  if (found.limit !== undefined) return found;
  const limits = await machines.limits(setId);
  if (limits === undefined) return found;
  if (direction === 'out') return to >= limits.maximum ? { ...found, limit: 'maximum' } : found;
  return to <= limits.minimum ? { ...found, limit: 'minimum' } : found;
}

/** Whom nobody told of the scaling is not told of its machines. */
const UNTOLD: readonly string[] = ['quiet', 'dead'];

async function tell(
  { ports }: Dispatch,
  { proven, receivers }: Followed,
  { event, machines }: { readonly event: EventOf<'scale'>; readonly machines: Machines },
): Promise<void> {
  const told: string[] = [];
  for (const name of receivers) {
    const { data } = ledgerEntry.safeParse((await ports.ledger.read(name, eventKey(event.id)))?.value);
    if (data === undefined || !UNTOLD.includes(data.state)) told.push(name);
  }
  if (told.length === 0) return;
  const acceptedAt = iso(ports.clock.now());
  // Names are whoever's who named the machines.
  const news = eventSchema.parse(machinesEvent(event, machines, acceptedAt));
  await ports.deliveries.send({ version: 1, event: news, proven, receivers: told, attempt: 0, acceptedAt });
}
