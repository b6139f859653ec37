import type { EventOf } from '../../event/event.ts';
import type { Messages, State } from '../../locales/messages.ts';
import type { Fact, Particulars, Tone } from '../slots.ts';
import { code, fact, linkOf, placeOf, properties } from './parts.ts';

type Scale = EventOf<'scale'>;

interface Look {
  readonly tone: Tone;
  readonly emoji: string;
  readonly state: State;
}

const OUT: Look = { tone: 'info', emoji: '📈', state: 'scaledOut' };
const IN: Look = { tone: 'neutral', emoji: '📉', state: 'scaledIn' };
const FAILED: Look = { tone: 'danger', emoji: '🚨', state: 'scalingFailed' };
const HELD: Look = { tone: 'warning', emoji: '✋', state: 'scalingHeld' };

const LOOK: Record<Scale['phase'], Record<Scale['direction'], Look>> = {
  started: { out: OUT, in: IN },
  succeeded: { out: OUT, in: IN },
  failed: { out: FAILED, in: FAILED },
  held: { out: HELD, in: HELD },
};

export function scaleReading(event: Scale, say: Messages): Particulars {
  const { tone, emoji, state } = LOOK[event.phase][event.direction];
  // Scaling in is good news that nobody needs to act on: a shorter message, on purpose.
  const quiet = tone === 'neutral';
  // Only Azure's senders speak for autoscale.
  const words = event.source === 'custom' ? say.label.message : say.label.reason;
  return {
    tone,
    emoji,
    state: say.state[state],
    subject: { text: event.resource.name, url: linkOf(event, 'resource') },
    figure: figure(event),
    facts: [
      ...instances(event, say),
      ...code(say.label.errorCode, event.errorCode),
      ...fact(say.label.setting, event.setting),
      ...(quiet ? [] : [...fact(say.label.group, event.resource.group), ...place(event, say)]),
      ...properties(event, ['environment', 'env']),
    ],
    body: quiet || !event.reason ? undefined : { label: words, text: event.reason },
    place: quiet ? placeOf(event) : undefined,
  };
}

/** "3 → 6" for what changed, "3 / 6" (have / wanted) for what did not: an arrow would claim a change. */
function figure({ from, to, phase }: Scale): string {
  if (from === undefined) return `${to}`;
  return phase === 'failed' || phase === 'held' ? `${from} / ${to}` : `${from} → ${to}`;
}

function instances(event: Scale, say: Messages): Fact[] {
  const { from, to, phase } = event;
  if (from === undefined) return fact(say.label.instances, `${to}`);
  if (phase === 'failed' || phase === 'held') {
    return [...fact(say.label.stillRunning, say.instances(from)), ...fact(say.label.wanted, say.instances(to))];
  }
  return fact(say.label.instances, `${from} → ${to} (${signed(to - from)})`);
}

// U+2212, the minus sign: a hyphen is narrower than the plus and may break the line.
const signed = (difference: number): string =>
  difference < 0 ? `\u2212${-difference}` : `${difference > 0 ? '+' : '±'}${difference}`;

const place = (event: Scale, say: Messages): Fact[] =>
  !event.environment ? fact(say.label.region, event.resource.region) : fact(say.label.environment, placeOf(event));
