import { type Answer, judge, type Verdict } from '../destinations/answer.ts';
import type { Destination } from '../destinations/destination.ts';
import type { Living } from '../destinations/living.ts';
import { voiceOf } from '../destinations/receiver.ts';
import { destinations, type TransportName } from '../destinations/registry.ts';
import type { RelayEvent } from '../event/event.ts';
import { withHelp } from '../event/help.ts';
import { nameOf } from '../event/identity.ts';
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

export type How = Omit<Telling, 'now' | 'late'>;

// Whoever cannot be reached within a second may have dropped an idle connection: that is mended by the next one.
const QUICK_MILLISECONDS = 1_000;

/** Sends one event to a receiver: in its full form, and in its plain form where that is refused. */
export async function send(dispatch: Dispatch, event: RelayEvent, name: string, more: How = {}): Promise<Sent> {
  const { ports } = dispatch;
  const began = ports.clock.now();
  const writer = await writerTo(dispatch, name);
  const { verdict } = writer === undefined ? NOBODY : await writer.write(event, more, asNew(writer, event));
  return { verdict, tried: triedAt(began, ports.clock.now(), verdict) };
}

/** As the ledger has it. */
export const triedAt = (began: number, ended: number, verdict: Verdict): Attempt => ({
  at: iso(began),
  milliseconds: ended - began,
  outcome: verdict.kind,
  ...(verdict.kind !== 'sent' && { reason: verdict.reason }),
});

/** What a receiver says that is configured no more. */
export const NOBODY = { verdict: { kind: 'broken', reason: 'no-such-receiver', certain: true }, body: '' } as const;

/** How a call to a receiver went. */
export interface Written {
  readonly verdict: Verdict;
  /** What it answered, as far as that was read. */
  readonly body: string;
}

/** Writes to one receiver. */
export interface Writer {
  /** Of a chat app. */
  readonly living: Living | undefined;
  /** Tells an event, in the form that `as` gives its message: full, and plain where that is refused. `once`: whatever happens. */
  write(event: RelayEvent, more: How, as: (message: unknown) => unknown, once?: 'once'): Promise<Written>;
  /** Any other call. */
  call(payload: unknown, id: string): Promise<Written>;
}

/** Who writes to a receiver; undefined where it is configured no more. */
export async function writerTo(dispatch: Dispatch, name: string): Promise<Writer | undefined> {
  const { ports, owners } = dispatch;
  const receiver = dispatch.receiver(name);
  if (receiver === undefined) return undefined;
  const { message, transport, answers, ...destination }: Destination = destinations[receiver.type];
  const living = await destination.living?.();
  const post = (payload: unknown, id: string) =>
    ports.transports[transport.name as TransportName](receiver, payload, id);
  const judged = (answer: Answer): Written => ({
    verdict: judge(answer, answers, receiver.audience !== undefined),
    body: answer.kind === 'answered' ? answer.body : '',
  });
  return {
    living,
    call: async (payload, id) => judged(await post(payload, id)),
    async write(given, more, as, once) {
      // Here, so that what another release queued has it as well.
      const event = withHelp(given, dispatch.docs);
      // Nobody is called to what is over.
      const called = more.replayed?.over === undefined ? mentionsFor(event, name, owners) : [];
      const voice = await voiceOf(receiver, called);
      const now = ports.clock.now();
      const telling = { now: iso(now), late: isLate(event, now), ...more };
      const { format, plain } = await message();
      const attempt = async (payload: unknown) => {
        const exchange = () => post(payload, event.id);
        return judged(await (once ? exchange() : twice(exchange, ports)));
      };
      const told = (charts: boolean) => attempt(as(format(event, { ...voice, charts }, telling)));
      const written = await (receiver.charts ? withCharts(dispatch, receiver, event, told) : told(false));
      return written.verdict.kind === 'refused' ? attempt(as(plain(event, voice, telling))) : written;
    },
  };
}

/** Few receivers have charts: what knows of them is loaded when there is one. */
const withCharts: typeof import('./charts.ts').sentWithCharts = async (...all) =>
  (await import('./charts.ts')).sentWithCharts(...all);

/** A message that nothing follows. */
const asNew =
  ({ living }: Writer, event: RelayEvent) =>
  (message: unknown): unknown =>
    living === undefined ? message : living.begin(message, { conversation: nameOf(event.id), event: nameOf(event.id) });

/** An exchange; a second one at once where the connection failed quickly. */
async function twice(exchange: () => Promise<Answer>, { clock }: Ports): Promise<Answer> {
  const began = clock.now();
  const answer = await exchange();
  const quick = clock.now() - began < QUICK_MILLISECONDS;
  return answer.kind === 'unanswered' && answer.reason === 'connection' && quick ? exchange() : answer;
}

/** An event that has waited. */
export interface Waited {
  readonly event: RelayEvent;
  readonly name: string;
  readonly owner: string;
  readonly more: How;
  /** What is told next. */
  readonly followed: readonly RelayEvent[];
}
