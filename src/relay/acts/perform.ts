import type { DeliveryReport, Dispatch } from '../../delivery/dispatch.ts';
import { replay } from '../../delivery/replay.ts';
import type { Pressed } from '../../delivery/rules/delivery.ts';
import { ACTS, actKey, eventKey, eventKeyBy } from '../../delivery/rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../../delivery/rules/ledger.ts';
import { sideBySide } from '../../delivery/side-by-side.ts';
import type { EventOf } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { DAY_MILLISECONDS, iso, MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { nextMorning, sameAs } from '../../routing/acts.ts';
import { silence } from '../../routing/silences.ts';
import { keepSilence } from '../silences.ts';
import { actOf } from './act-event.ts';
import { isEnded } from './standing.ts';

/**
 * Does what somebody has pressed a button for, once, and tells all who were told of it. Rejects with a StorageError when the
 * message must come back: what was done by then is done again the same, under the same names.
 */
export async function perform(dispatch: Dispatch, pressed: Pressed): Promise<DeliveryReport> {
  const { ports, acting } = dispatch;
  const [receiver = ''] = pressed.receivers;
  const report = { outcome: 'nothing', receiver } as const;
  if (acting === undefined) return { ...report, reason: 'act-off' };
  const { data: entry } = ledgerEntry.safeParse(
    (await ports.ledger.read(receiver, eventKeyBy(pressed.act.event)))?.value,
  );
  if (entry === undefined) return { ...report, reason: 'act-unknown' };
  if (!(await isFirst(dispatch, pressed))) return { ...report, reason: 'act-done' };
  if (await isEnded(ports, entry)) return { ...report, reason: 'act-over' };
  const act = actOf(entry.event, pressed, { until: untilOf(dispatch, pressed), joins: dispatch.joins });
  await doIt(dispatch, entry, act);
  const receivers = await toldOf(dispatch, entry, acting.receivers);
  if (receivers.length > 0)
    await ports.deliveries.send({ version: 1, event: act, receivers, attempt: 0, acceptedAt: act.occurredAt });
  return { ...report, eventId: act.id, reason: act.action };
}

/**
 * Whether nobody has pressed before: neither another person nor the same one. The very press goes on after a crash, also where the
 * platform had given its message up.
 */
async function isFirst({ ports: { ledger, clock } }: Dispatch, { release: once, act: { by, via, at } }: Pressed) {
  const key = actKey(once);
  const owner = identity(by, via, at);
  const value = { owner, at: iso(clock.now()) };
  if ((await ledger.write(ACTS, [{ kind: 'insert', key, value }])) !== 'conflict') return true;
  const known = (await ledger.read(ACTS, key))?.value;
  return typeof known === 'object' && known !== null && 'owner' in known && known.owner === owner;
}

/** When (ISO) it ends, to the minute: who presses the same in another chat at that time does the same. */
function untilOf({ receiver, acting }: Dispatch, { receivers: [name = ''], act }: Pressed): string | undefined {
  const at = Math.ceil(Date.parse(act.at) / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
  switch (act.button) {
    case 'silenceHour':
      return iso(at + 60 * MINUTE_MILLISECONDS);
    case 'silenceMorning':
      return iso(nextMorning(acting?.rules.morning ?? '', receiver(name)?.timeZone ?? 'UTC', at));
    case 'meant':
      return iso(at + DAY_MILLISECONDS);
    default:
      return undefined;
  }
}

async function doIt(dispatch: Dispatch, { event, receiver }: LedgerEntry, act: EventOf<'act'>): Promise<void> {
  const { ports, desk, acting } = dispatch;
  const receivers = acting?.receivers ?? [];
  if (act.action === 'replayed') {
    // Of a notice of dead letters, those.
    const about = event.kind === 'notice' ? event.about : receiver;
    const wish = event.kind === 'notice' ? { force: false } : { force: true, eventId: event.id };
    await replay(ports, { receivers: [about], configured: receivers, ...wish });
    return;
  }
  if (act.until === undefined) return;
  const made = silence.parse({
    id: act.id.slice(0, 16),
    match: sameAs(event),
    author: act.by,
    reason: act.note ?? act.action,
    startsAt: act.occurredAt,
    endsAt: act.until,
  });
  await keepSilence({ receivers, ports, desk }, made);
}

/** Who was told of it, by itself or in a digest, and whoever's message it was. */
async function toldOf(
  { ports: { ledger } }: Dispatch,
  { event, receiver }: LedgerEntry,
  all: readonly string[],
): Promise<string[]> {
  const told = new Set([receiver]);
  await sideBySide(all, async (name) => {
    const { data } = ledgerEntry.safeParse((await ledger.read(name, eventKey(event.id)))?.value);
    if (data?.state === 'sent') told.add(name);
  });
  return all.filter((name) => told.has(name));
}
