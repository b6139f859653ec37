import type { EventKind, EventOf, RelayEvent } from '../event/event.ts';
import { shortId, shownId } from '../event/identity.ts';
import { isOver } from '../event/importance.ts';
import { outline } from '../event/outline.ts';
import { isTest } from '../event/test-mark.ts';
import { cutAtWord } from '../event/text.ts';
import type { Messages } from '../locales/messages.ts';
import { actionsOf } from './actions.ts';
import { actReading } from './readings/act.ts';
import { alertReading } from './readings/alert.ts';
import { artifactReading } from './readings/artifact.ts';
import { customReading } from './readings/custom.ts';
import { deploymentReading } from './readings/deployment.ts';
import { digestReading } from './readings/digest.ts';
import { driftReading } from './readings/drift.ts';
import { noticeReading } from './readings/notice.ts';
import { reviewReading } from './readings/review.ts';
import { scaleReading } from './readings/scale.ts';
import {
  type Fact,
  marked,
  OVER,
  type Particulars,
  type Reading,
  TEST_EMOJI,
  type Telling,
  type Voice,
} from './slots.ts';
import { trailFact } from './trail.ts';
import { BUDGET } from './trim.ts';
import { written, writtenAt } from './written.ts';

/** What each kind says of itself. A new kind does not compile until it has its own. */
const READINGS: { readonly [Kind in EventKind]: (event: EventOf<Kind>, voice: Voice) => Particulars } = {
  scale: scaleReading,
  deployment: deploymentReading,
  artifact: artifactReading,
  alert: alertReading,
  drift: driftReading,
  custom: customReading,
  notice: noticeReading,
  digest: digestReading,
  act: actReading,
  review: reviewReading,
};

/** An event in one language's words and one zone's time. Pure: the same in, the same out. */
export function readEvent(event: RelayEvent, voice: Voice, telling: Telling = {}): Reading {
  const { say, timeZone, mentions = [] } = voice;
  // The compiler does not see that an event's own kind picks the functions for it.
  const { place, ...particulars } = (READINGS[event.kind] as (event: RelayEvent, voice: Voice) => Particulars)(
    event,
    voice,
  );
  const sentence = (say.sentence[event.kind] as (event: RelayEvent) => string)(brief(event));
  const mark = markOf(event, voice, telling);
  return {
    ...particulars,
    facts: [...actsOf(event, voice, telling), ...trailFact(telling.trail ?? [], voice), ...particulars.facts],
    ...(telling.replayed?.over && OVER),
    ...(isTest(event) && { emoji: TEST_EMOJI }),
    subject: { where: outline(event).where, ...particulars.subject },
    locale: say.locale,
    id: shownId(event),
    occurrence: shortId(event.id),
    sentence: marked(mark, sentence),
    mark,
    more: 0,
    moreItems: say.more,
    actions: actionsOf(event, say, particulars.subject.text, offeredOf(event, voice, telling)),
    mentions,
    origin: {
      source: say.source[event.source] ?? event.source,
      place,
      occurredAt: event.occurredAt,
      written: written(event.occurredAt, say.locale, timeZone),
      marker: marker(event, voice, telling),
    },
  };
}

/** What somebody has acknowledged, nobody has to. */
function offeredOf(event: RelayEvent, { buttons }: Voice, { now = event.occurredAt, acts = [] }: Telling) {
  const isAcknowledged = acts.some(({ action }) => action === 'acknowledged');
  return buttons?.(event, now).filter(({ name }) => !(isAcknowledged && name === 'acknowledge'));
}

/** What says so before all else, in the first line and in the push text: what follows makes people run. */
function markOf(event: RelayEvent, { say, timeZone }: Voice, telling: Telling): string | undefined {
  const { occurredAt } = event;
  const { now = occurredAt, late, replayed, standsFor } = telling;
  const time = (instant: string) => writtenAt(now, instant, say.locale, timeZone);
  const over = replayed?.over && time(replayed.over);
  // To whoever has not got it before, it is late, and not told again.
  const isAgain = replayed !== undefined && !replayed.untold;
  const said = [
    ...(isTest(event) ? [say.test] : []),
    ...(isCritical(event) && !over ? [say.state.custom.critical] : []),
    ...(standsFor ? [say.origin.standsFor(namesIn(standsFor.receivers, say), standsFor.inPart)] : []),
    ...(isAgain ? [say.origin.replayed(time(occurredAt), over)] : []),
    ...(!isAgain && (late || over) ? [say.origin.late(time(occurredAt), over)] : []),
  ];
  return said.join(' · ') || undefined;
}

// These say it in their own place.
const SAY_HOW_BAD: ReadonlySet<EventKind> = new Set(['alert', 'custom', 'digest']);

const isCritical = (event: RelayEvent): boolean =>
  event.severity === 'critical' &&
  !SAY_HOW_BAD.has(event.kind) &&
  !isOver({ kind: event.kind, state: outline(event).state, test: isTest(event) });

const MOST_NAMES = 2;

/** "ops-slack, ops-teams and 3 more". */
function namesIn(receivers: readonly string[], say: Messages): string {
  const more = receivers.length - MOST_NAMES;
  if (more <= 0) return say.list(receivers);
  return `${receivers.slice(0, MOST_NAMES).join(', ')} ${say.digest.others(more)}`;
}

function marker({ occurredAt }: RelayEvent, { say, timeZone }: Voice, telling: Telling): string | undefined {
  const { now = occurredAt, repeated, inThread } = telling;
  const said = [
    ...(repeated ? [say.origin.repeated(repeated.count, writtenAt(now, repeated.since, say.locale, timeZone))] : []),
    ...(inThread ? [say.origin.inThread] : []),
  ];
  return said.join(', ') || undefined;
}

/** What people have done with it: "Acknowledged: Kim Min-ji, 13:02 UTC". */
function actsOf(
  { occurredAt }: RelayEvent,
  { say, timeZone }: Voice,
  { now = occurredAt, acts = [] }: Telling,
): Fact[] {
  const time = (instant: string) => writtenAt(now, instant, say.locale, timeZone);
  return acts.map(({ action, by, at, until }) => ({
    label: say.state.act[action],
    value: [by, time(at), ...(until === undefined ? [] : [say.act.until(time(until))])].join(', '),
  }));
}

const NAMES = ['subject', 'project', 'rule', 'title', 'name', 'about'];

/** With short names, so that the sentence keeps its place and its numbers. */
const brief = (event: RelayEvent): RelayEvent => ({
  ...event,
  ...shortened(event, NAMES, event.kind === 'custom' && !event.text ? BUDGET.titled : BUDGET.named),
  ...shortened(event, ['step', 'version', 'environment', 'metric'], BUDGET.short),
  resource: {
    ...event.resource,
    ...shortened(event.resource, ['name'], BUDGET.named),
    ...shortened(event.resource, ['group', 'region'], BUDGET.short),
  },
});

/** The sentence around a name has a full stop of its own. */
const undotted = (name: string): string => name.replace(/(?<=[^.])\.$/, '');

const shortened = (from: object, keys: readonly string[], max: number): Record<string, string> =>
  Object.fromEntries(
    Object.entries(from).flatMap(([key, text]) =>
      keys.includes(key) && typeof text === 'string' ? [[key, undotted(cutAtWord(text, max))]] : [],
    ),
  );
