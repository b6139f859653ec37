import type { EventOf } from '../../event/event.ts';
import { outline, type States } from '../../event/outline.ts';
import { withoutIds } from '../../event/text.ts';
import { whichOf } from '../../locales/machines.ts';
import type { Messages } from '../../locales/messages.ts';
import { figured } from '../../locales/parts.ts';
import type { Fact, Particulars, Style, Voice } from '../slots.ts';
import { code, fact, linkOf, placeFacts, placeOf, properties } from './parts.ts';

type Scale = EventOf<'scale'>;

const FAILED: Style = { tone: 'danger', emoji: '🚨' };
const HELD: Style = { tone: 'warning', emoji: '✋' };
const LATE: Style = { tone: 'warning', emoji: '⏳' };
const UNKNOWN: Style = { tone: 'warning', emoji: '❓' };

const LOOK: Record<States['scale'], Style> = {
  scalingOut: { tone: 'info', emoji: '📈' },
  scalingIn: { tone: 'neutral', emoji: '📉' },
  out: { tone: 'info', emoji: '📈' },
  in: { tone: 'neutral', emoji: '📉' },
  failedOut: FAILED,
  failedIn: FAILED,
  heldOut: HELD,
  heldIn: HELD,
  unknownOut: UNKNOWN,
  unknownIn: UNKNOWN,
  added: { tone: 'info', emoji: '📈' },
  removed: { tone: 'neutral', emoji: '📉' },
  notAdded: LATE,
  notRemoved: LATE,
  partOut: FAILED,
  failed: FAILED,
  held: HELD,
};

// What autoscale says where it has nothing to add to the numbers above it.
const REPEATS =
  /^Autoscale successfully (?:started|completed) scale operation for resource '[^']{0,300}' from capacity '\d{1,7}' to capacity '\d{1,7}'\.?$/i;

export function scaleReading(event: Scale, { say }: Voice): Particulars {
  const { state, subject, figure } = outline(event);
  const { tone, emoji } = event.machines?.unmoved ? HELD : LOOK[state];
  // Scaling in is good news that nobody needs to act on: a shorter message, on purpose.
  const quiet = tone === 'neutral';
  const isPlain = event.phase === 'started' || event.phase === 'succeeded';
  // Only Azure's senders speak for autoscale.
  const words = event.source === 'custom' ? say.label.message : say.label.reason;
  return {
    tone,
    emoji,
    state: say.state.scale[state],
    subject: { text: subject, url: linkOf(event, 'resource') },
    figure: figured(figure, say),
    facts: [
      ...fact(say.label.outcome, event.word),
      ...instances(event, say),
      ...machines(event, say),
      ...lastDay(event, say),
      ...fact(say.label.duration, event.duration === undefined ? undefined : say.duration(event.duration)),
      ...code(say.label.errorCode, event.errorCode),
      ...fact(say.label.setting, event.setting),
      ...(quiet ? [] : [...fact(say.label.group, event.resource.group), ...placeFacts(event, say)]),
      ...properties(event, ['environment', 'env']),
    ],
    body:
      quiet || !event.reason || (isPlain && REPEATS.test(event.reason))
        ? undefined
        : { label: words, text: withoutIds(event.reason) },
    place: quiet ? placeOf(event) : undefined,
  };
}

function instances(event: Scale, say: Messages): Fact[] {
  const { from, to, phase } = event;
  if (from === undefined) return fact(say.label.instances, `${to}`);
  if (phase === 'unknown') return fact(say.label.wanted, say.instances(to));
  if (phase === 'failed' || phase === 'held') {
    return [...fact(say.label.stillRunning, say.instances(from)), ...fact(say.label.wanted, say.instances(to))];
  }
  return fact(say.label.instances, `${from} → ${to} (${signed(to - from)})`);
}

function machines({ machines, direction }: Scale, say: Messages): Fact[] {
  if (machines === undefined) return [];
  const { count, seconds, waiting, failed, codes = [], limit, capacity, unmoved } = machines;
  const { label, machines: words } = say;
  const [moved, missing] =
    direction === 'out' ? [label.instancesAdded, label.notRunning] : [label.instancesRemoved, label.notRemoved];
  const failure = [...(failed ? [say.instances(failed)] : []), ...codes].join(' · ');
  return [
    ...fact(moved, count === 0 ? undefined : whichOf(machines, words)),
    ...fact(label.runningAfter, seconds === undefined ? undefined : say.duration(seconds)),
    ...fact(missing, waiting === undefined ? undefined : words.overdue(waiting)),
    ...fact(label.failedToStart, failure),
    ...fact(label.limit, limit && words.limit[limit]),
    ...fact(
      unmoved ? label.outcome : label.wantedNow,
      capacity === undefined ? undefined : unmoved ? words.unmoved[direction](capacity) : say.instances(capacity),
    ),
  ];
}

const BLOCKS = '▁▂▃▄▅▆▇█';

/**
 * "▁▁▃▅█ 3–8". Not in a fixed-width font: the blocks are as wide as one another in every font, and what screen readers are to hear
 * stands in the sentence.
 */
function lastDay({ day, machines }: Scale, say: Messages): Fact[] {
  if (day === undefined || machines !== undefined) return [];
  const { steps, minimum, maximum } = day;
  const range = Math.max(1, maximum - minimum);
  const drawn = steps.map((each) => BLOCKS.at(Math.round((Math.min(Math.max(each - minimum, 0), range) / range) * 7)));
  return fact(say.label.lastDay, `${drawn.join('')} ${minimum}–${maximum}`);
}

// U+2212, the minus sign: a hyphen is narrower than the plus and may break the line.
const signed = (difference: number): string =>
  difference < 0 ? `\u2212${-difference}` : `${difference > 0 ? '+' : '±'}${difference}`;
