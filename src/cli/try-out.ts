import { isLate } from '../delivery/rules/order.ts';
import { type Answer, judge, type Verdict } from '../destinations/answer.ts';
import { type Receiver, voiceOf } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import type { RelayEvent } from '../event/event.ts';
import { iso } from '../event/time/units.ts';
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
  const { format, plain, transport, answers } = destinations[receiver.type];
  // Nobody is called by name for a test.
  const voice = voiceOf(receiver);
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
