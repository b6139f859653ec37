import { isLate } from '../delivery/rules/order.ts';
import { type Answer, judge, type Verdict } from '../destinations/answer.ts';
import { guides } from '../destinations/guide.ts';
import { type Receiver, voiceOf } from '../destinations/receiver.ts';
import { type DestinationName, destinations } from '../destinations/registry.ts';
import { typedHere } from '../event/command.ts';
import { type EventOf, event as eventSchema, type RelayEvent } from '../event/event.ts';
import { PROPERTIES } from '../event/fields.ts';
import { identity } from '../event/identity.ts';
import { TEST } from '../event/test-mark.ts';
import { iso } from '../event/time/units.ts';
import { troubleBy } from '../event/trouble.ts';
import { en } from '../locales/en/en.ts';
import { transportsWithin } from '../outbound/http/transports.ts';

// Which addresses a configuration may name on this machine, its own check has said.
const transports = transportsWithin('local');

/** What a receiver answered to one event. It holds nothing of the receiver's address, and none of its free text. */
export interface Tried {
  readonly event: RelayEvent;
  readonly receiver: Receiver;
  readonly verdict: Verdict;
  /** HTTP; undefined where nobody answered. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  /** Why the full form was refused, where the plain one was sent after it. */
  readonly refused: string | undefined;
}

/** Sends one event once: in its full form, and in its plain form where that is refused. Nothing is stored. */
export async function tryOut(event: RelayEvent, receiver: Receiver): Promise<Tried> {
  const { message, transport, answers } = destinations[receiver.type];
  const { format, plain } = await message();
  // Nobody is called by name for a test.
  const voice = await voiceOf(receiver);
  const now = Date.now();
  const telling = { now: iso(now), late: isLate(event, now) };
  const post = async (payload: unknown) => {
    const answer = await transports[transport.name](receiver, payload, event.id);
    return { verdict: judge(answer, answers, receiver.audience !== undefined), status: statusOf(answer) };
  };
  const began = performance.now();
  const first = await post(format(event, voice, telling));
  const refused = first.verdict.kind === 'refused' ? first.verdict.reason : undefined;
  const last = refused === undefined ? first : await post(plain(event, voice, telling));
  return { event, receiver, ...last, milliseconds: Math.round(performance.now() - began), refused };
}

const statusOf = (answer: Answer): number | undefined => (answer.kind === 'answered' ? answer.status : undefined);

const BY_VERDICT = { retry: 'fault', refused: 'refused', broken: 'broken' } as const;

/** What to do about a receiver's answer, for whoever tries it out. */
export function nextStep(verdict: Verdict, type: DestinationName): string {
  if (verdict.kind === 'sent') return guides[type].afterSent ?? '';
  return en.notice.advice[troubleBy(verdict.reason) ?? BY_VERDICT[verdict.kind]];
}

const NAME = 'autoscale-relay';

/** What is sent to see whether a receiver answers. `at` is ISO, in UTC. */
export const testMessage = (at: string): EventOf<'custom'> => ({
  kind: 'custom',
  id: identity('test', at),
  source: 'relay',
  severity: 'info',
  occurredAt: at,
  resource: { name: NAME },
  links: [],
  properties: { [TEST.name]: TEST.value },
  title: `Test message from ${NAME}`,
  text: `Nothing has happened. Somebody has run "${typedHere.relay} send" to see whether messages arrive here.`,
});

/**
 * An event as a test: every message of it begins by saying so, and a subscriber takes it neither for the real occurrence
 * nor for a part of its story. `at` is ISO, in UTC.
 */
export function asTest(event: RelayEvent, at: string): RelayEvent {
  const { story, properties = {} } = event;
  const kept = Object.entries(properties).filter(([name]) => name !== TEST.name);
  return eventSchema.parse({
    ...event,
    id: identity('test', event.id, at),
    ...(story !== undefined && { story: `test/${story}` }),
    properties: Object.fromEntries([[TEST.name, TEST.value], ...kept].slice(0, PROPERTIES.most)),
  });
}
