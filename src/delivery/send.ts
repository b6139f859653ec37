import { type Answer, judge, type Verdict } from '../destinations/answer.ts';
import { voiceOf } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import type { RelayEvent } from '../event/event.ts';
import { withHelp } from '../event/help.ts';
import type { Telling } from '../message/slots.ts';
import { mentionsFor } from '../routing/owners.ts';
import { type Dispatch, iso } from './dispatch.ts';
import type { Ports } from './ports.ts';
import type { Attempt } from './rules/ledger.ts';
import { isLate } from './rules/order.ts';

/** How a send went, and the line of the ledger that says so. */
export interface Sent {
  readonly verdict: Verdict;
  readonly tried: Attempt;
}

type How = Pick<Telling, 'repeated' | 'replayed' | 'standsFor'>;

// Whoever cannot be reached within a second may have dropped an idle connection: that is mended by the next one.
const QUICK_MILLISECONDS = 1_000;

/** Sends one event to a receiver: in its full form, and in its plain form where that is refused. */
export async function send(dispatch: Dispatch, event: RelayEvent, name: string, more: How = {}): Promise<Sent> {
  const { ports } = dispatch;
  const began = ports.clock.now();
  const verdict = await exchange(dispatch, event, name, more);
  const milliseconds = ports.clock.now() - began;
  const reason = verdict.kind === 'sent' ? {} : { reason: verdict.reason };
  return { verdict, tried: { at: iso(began), milliseconds, outcome: verdict.kind, ...reason } };
}

async function exchange(
  { ports, owners, ...dispatch }: Dispatch,
  given: RelayEvent,
  name: string,
  more: How,
): Promise<Verdict> {
  const receiver = dispatch.receiver(name);
  if (receiver === undefined) return { kind: 'broken', reason: 'no-such-receiver', certain: true };
  // Here, so that what another release queued has it as well.
  const event = withHelp(given, dispatch.docs);
  const { message, transport, answers } = destinations[receiver.type];
  // Nobody is called to what is over.
  const voice = voiceOf(receiver, more.replayed?.over === undefined ? mentionsFor(event, name, owners) : []);
  const isSignedIn = receiver.audience !== undefined;
  const now = ports.clock.now();
  const telling = { now: new Date(now).toISOString(), late: isLate(event, now), ...more };
  const post = async (payload: unknown) =>
    judge(await twice(() => ports.transports[transport.name](receiver, payload, event.id), ports), answers, isSignedIn);
  const { format, plain } = await message();
  const verdict = await post(format(event, voice, telling));
  return verdict.kind === 'refused' ? post(plain(event, voice, telling)) : verdict;
}

/** An exchange; a second one at once where the connection failed quickly. */
async function twice(exchange: () => Promise<Answer>, { clock }: Ports): Promise<Answer> {
  const began = clock.now();
  const answer = await exchange();
  const quick = clock.now() - began < QUICK_MILLISECONDS;
  return answer.kind === 'unanswered' && answer.reason === 'connection' && quick ? exchange() : answer;
}
