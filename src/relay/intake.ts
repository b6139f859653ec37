import type { Quiet } from '../delivery/quiet.ts';
import { isLate, placeInStory } from '../delivery/rules/order.ts';
import { type Receiver, voiceOf } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import type { RelayEvent } from '../event/event.ts';
import { iso } from '../event/time/units.ts';
import { budgeted, WEBHOOK_MILLISECONDS } from '../problems/budget.ts';
import { RequestError } from '../problems/errors.ts';
import { environmentsGiven, type Routed, untoldTo } from '../routing/choice.ts';
import { type HeldNow, heldNow, type SilencedNow, silencedNow } from '../routing/held.ts';
import { NO_QUIET, type QuietRules } from '../routing/quiet.ts';
import { lettersOf } from '../routing/terms.ts';
import { answered, type HttpAnswer, type HttpRequest, handshake } from './http.ts';
import type { RelayParts } from './parts.ts';
import { type AcceptedEvent, type Receipt, receiptOf } from './receipt.ts';
import { type Received, receive } from './receive.ts';
import { routedAll, routingOf } from './routed.ts';
import { store } from './store.ts';

/** Where events come in. */
export interface Intake {
  /** Reads a webhook and resolves once its events are stored. */
  accept(request: HttpRequest): Promise<Receipt>;
  /** The same reading, routing and formatting; nothing is stored or sent. */
  preview(request: HttpRequest): Promise<HttpAnswer>;
  /** Takes events that no webhook brought. Rejects with a StorageError. */
  take(events: readonly RelayEvent[]): Promise<void>;
}

/** What the intake shares with the dispatch. */
interface Shared {
  readonly quiet: Quiet;
  /** Runs what needs storage, and notices where that is away. */
  withStorage<T>(work: () => Promise<T>): Promise<T>;
}

export function createIntake(parts: RelayParts, { quiet, withStorage }: Shared): Intake {
  const { receivers, sources: settings = {}, quiet: rules = NO_QUIET, drift, notices = [], ports } = parts;
  const names = receivers.map(({ name }) => name);
  const routed = routingOf(parts);
  // Nobody waits for it: a sender in the middle of its body has to hear at once that it is too large.
  const tooLarge = async (request: HttpRequest) => {
    teller ??= import('./oversize.ts').then(({ tellerOfTooLarge }) => tellerOfTooLarge(notices, ports));
    await (await teller)(request);
  };
  let teller: Promise<(request: HttpRequest) => Promise<void>> | undefined;

  return {
    accept: (request) =>
      inTime(async () => {
        if (request.method === 'OPTIONS') return { outcome: 'answered', reply: {}, headers: handshake(request) };
        const { read, proven, ignored, cut } = await receive(request, {
          settings,
          own: parts.own,
          ports,
          keep: true,
          touched: drift?.touched,
        }).catch((error: unknown) => {
          if (error instanceof RequestError && error.code === 'body-too-large') void tooLarge(request);
          throw error;
        });
        if ('reply' in read) return { outcome: 'answered', reply: read.reply };
        const { events, keep } = await routedAll(ports, { given: read, proven }, routed);
        const silences = await withStorage(async () => {
          const [known] = await Promise.all([quiet.silences(), store(events, ports, proven), keep()]);
          await release(events, proven, { quiet, ports, names });
          if (cut !== undefined) await tellCut(cut, events, { notices, ports });
          return known;
        });
        const told = accepted({ ...rules, silences }, ports);
        return { outcome: 'accepted', events: events.map(told), ignored, ...(cut && { cut: cut.count }) };
      }),

    preview: (request) => answered(() => previewed(parts, request, routed)),

    take: (events) => store(events.map(routed), ports, true),
  };
}

/** Whoever is told of what was read of a body is told that some was not; where that is nobody, who looks after the relay. */
async function tellCut(
  { count, source }: NonNullable<Received['cut']>,
  events: readonly Routed[],
  { notices, ports }: { readonly notices: readonly string[] } & Pick<RelayParts, 'ports'>,
): Promise<void> {
  const wanted = [...new Set(events.flatMap(({ receivers }) => receivers))];
  const { tellOversize } = await import('./oversize.ts');
  await tellOversize({ topic: 'cut', about: source, count }, wanted.length > 0 ? wanted : notices, ports);
}

/** What waited for a deployment is told once that has ended. `names` are the receivers'. */
async function release(
  events: readonly Routed[],
  proven: boolean,
  { quiet, ports, names }: Pick<Shared, 'quiet'> & Pick<RelayParts, 'ports'> & { readonly names: readonly string[] },
): Promise<void> {
  for (const { event } of events) {
    for (const key of await quiet.advance(event, proven)) {
      await ports.deliveries.send({ version: 1, release: key, receivers: [...names] });
    }
  }
}

async function previewed(
  { receivers, sources: settings = {}, own, quiet = NO_QUIET, ports }: RelayParts,
  request: HttpRequest,
  routed: (event: RelayEvent) => Routed,
): Promise<HttpAnswer> {
  const { read, ignored } = await receive(request, { settings, own, ports, keep: false });
  const events = 'reply' in read ? [] : read.map(routed);
  const messages = events
    .flatMap(lettersOf)
    .flatMap(({ event, receivers: wanted }) =>
      receivers
        .filter(({ name }) => wanted.includes(name))
        .map((receiver) => messageFor(event, receiver, ports.clock.now())),
    );
  const notes = {
    ...environmentsGiven(events),
    ...heldFrom(events, quiet, ports),
    ...untoldTo(events),
    ...(ignored.length > 0 && { ignored }),
  };
  return { status: 200, jsonBody: { events: events.map(({ event }) => event), messages, ...notes } };
}

/** A receipt, at the latest when the time of a webhook is over. */
const inTime = (work: () => Promise<Receipt>): Promise<Receipt> =>
  receiptOf(() => budgeted(WEBHOOK_MILLISECONDS, work));

/** From whom quiet windows keep events, and until when; left out where that is nobody. */
function heldFrom(
  events: readonly Routed[],
  rules: QuietRules,
  { clock }: RelayParts['ports'],
): { readonly held?: readonly HeldNow[] } {
  const held = events
    .flatMap(lettersOf)
    .flatMap(({ event, receivers }) => heldNow(event, receivers, rules, clock.now()));
  return held.length === 0 ? {} : { held };
}

/** From whom silences keep an event; an end is left out, because that of what was told passes them. */
function silencedFrom(
  routed: Routed,
  rules: Silenced,
  { clock }: RelayParts['ports'],
): { readonly silenced?: readonly SilencedNow[] } {
  const silenced = lettersOf(routed)
    .filter(({ event }) => placeInStory(event)?.final !== true)
    .flatMap(({ event, receivers }) => silencedNow(event, receivers, rules, clock.now()));
  return silenced.length === 0 ? {} : { silenced };
}

type Silenced = Parameters<typeof silencedNow>[2];

const accepted =
  (rules: Silenced, ports: RelayParts['ports']) =>
  (routed: Routed): AcceptedEvent => {
    const { event, receivers, untold, unknown } = routed;
    return {
      id: event.id,
      source: event.source,
      kind: event.kind,
      receivers,
      ...heldFrom([routed], rules, ports),
      ...silencedFrom(routed, rules, ports),
      ...(untold.length > 0 && { untold }),
      ...(unknown.length > 0 && { unknownReceivers: unknown }),
      ...unknownWord(event),
    };
  };

/** How it stands by its sender's word, where the relay does not know that. */
function unknownWord(event: RelayEvent): { readonly unknownWord?: string } {
  const word = 'word' in event ? event.word : undefined;
  const isUnknown = word !== undefined || ('phase' in event && event.phase === 'unknown');
  return isUnknown ? { unknownWord: word ?? '' } : {};
}

// Without who would be called: whoever may post need not know them.
const messageFor = (event: RelayEvent, receiver: Receiver, now: number) => ({
  receiver: receiver.name,
  destination: receiver.type,
  payload: destinations[receiver.type].format(event, voiceOf(receiver, []), {
    now: iso(now),
    late: isLate(event, now),
  }),
});
