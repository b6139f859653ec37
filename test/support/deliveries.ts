import type { Delivery } from '../../src/delivery/rules/delivery.ts';
import { eventKey, STATE } from '../../src/delivery/rules/keys.ts';
import { type LedgerEntry, ledgerEntry } from '../../src/delivery/rules/ledger.ts';
import { FRESH, type ReceiverState, receiverState } from '../../src/delivery/rules/receiver-state.ts';
import type { EventOf } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { examples } from './examples.ts';
import type { MemoryLedger, MemoryPorts } from './ports.ts';

/** The example of a scale event on its way to some receivers. */
export const deliveryTo = (receivers: readonly string[], more: Partial<Delivery> = {}): Delivery => ({
  version: 1,
  event: examples.scale,
  receivers: [...receivers],
  attempt: 0,
  acceptedAt: '2026-11-20T14:05:08.000Z',
  ...more,
});

/** What the services answer when all is well. */
export const OK = {
  slack: { status: 200, body: 'ok' },
  'slack-app': { status: 200, body: '{"ok":true,"channel":"C0123456789","ts":"1795183509.000100"}' },
  teams: { status: 202 },
  mattermost: { status: 200, body: 'ok' },
  'google-chat': { status: 200, body: '{"name":"spaces/AAAAexample/messages/1.1","text":"x"}' },
  pagerduty: { status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"x"}' },
  webhook: { status: 204 },
} as const;

/** A scale event of its own scale set, `seconds` after the tests' clock begins. */
export function scaleOf(name: string, from: number, to: number, seconds = 0): EventOf<'scale'> {
  const { resource } = examples.scale;
  const id = `${resource.id?.replace(/[^/]*$/, '')}${name}`;
  const occurredAt = new Date(Date.parse('2026-11-20T14:05:09.000Z') + seconds * 1000).toISOString();
  return {
    ...examples.scale,
    id: identity('test', name, `${from}`, `${to}`, occurredAt),
    story: id.toLowerCase(),
    resource: { ...resource, id, name },
    occurredAt,
    direction: to >= from ? 'out' : 'in',
    from,
    to,
  };
}

/** What the ledger says of an event for a receiver. */
export function entryOf(ledger: MemoryLedger, receiver: string, eventId = examples.scale.id): LedgerEntry {
  const [row] = ledger.rows(receiver, eventKey(eventId));
  return ledgerEntry.parse(row?.value);
}

export const entriesOf = (ledger: MemoryLedger, receiver: string, prefix = 'event:'): readonly LedgerEntry[] =>
  ledger.rows(receiver, prefix).map(({ value }) => ledgerEntry.parse(value));

/** A receiver that has said twice, a minute ago, that it takes no message: the next time it is broken. */
export async function doubted({ ledger, time }: Pick<MemoryPorts, 'ledger' | 'time'>, ...names: readonly string[]) {
  for (const name of names)
    await ledger.write(name, [{ kind: 'put', key: STATE, value: doubtedState(time.now, stateOf(ledger, name)) }]);
}

export const doubtedState = (now: number, state: ReceiverState = FRESH): ReceiverState => ({
  ...state,
  heldUntil: now,
  refusals: { count: 2, since: now - 60_000 },
});

export const stateOf = (ledger: MemoryLedger, receiver: string): ReceiverState =>
  receiverState.parse(ledger.rows(receiver, 'state')[0]?.value ?? FRESH);
