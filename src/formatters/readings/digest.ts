import type { EventOf } from '../../event/event.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Fact, Look, Particulars, Tone, Voice } from '../slots.ts';
import { fact, linkOf, placeOf, time } from './parts.ts';

type Digest = EventOf<'digest'>;

const TONE: Record<Digest['severity'], Tone> = {
  info: 'neutral',
  warning: 'warning',
  error: 'danger',
  critical: 'danger',
};

const EMOJI: Record<Digest['cause'], Look['emoji']> = { rate: '📊', deployment: '🚀', baseline: '🔍', many: '🔍' };

export function digestReading(event: Digest, voice: Voice): Particulars {
  const { say } = voice;
  const { cause, total, stories, more, tally, unread } = event;
  const ofDrift = cause === 'baseline' || cause === 'many';
  return {
    tone: TONE[event.severity],
    emoji: EMOJI[cause],
    state: say.state.digest[cause],
    subject: { text: ofDrift ? say.scaleSets(total) : say.resources(event.resources), url: linkOf(event, 'resource') },
    figure: ofDrift ? undefined : say.events(total),
    facts: [
      ...tally.flatMap(({ kind, state, count }): Fact[] => fact(stateWord(kind, state, say), `${count}`)),
      ...fact(say.label.subscriptionsUnread, unread === undefined ? undefined : `${unread}`),
      ...time(say.label.firstAt, ofDrift ? undefined : event.since),
    ],
    list:
      stories.length === 0
        ? undefined
        : { label: say.label.mostRecent, items: stories.map((story) => told(story, say)), more },
    place: placeOf(event),
  };
}

/** "shop-web · Scaled out 3 → 9 · 6 events · out and in again: check cool-down and thresholds". */
function told({ kind, state, subject, figure, count, flapping }: Digest['stories'][number], say: Messages): string {
  const what = [stateWord(kind, state, say), figure && unbroken(figure)].filter(Boolean).join(' ');
  const often = count > 1 ? [say.digest.steps(count)] : [];
  return [subject, what, ...often, ...(flapping ? [say.digest.flapping] : [])].join(' · ');
}

/** "3 → 9", "3 ⇥ 6" and "6 / 10" stay on one line: a narrow card broke them. A version is left as its sender wrote it. */
const unbroken = (figure: string): string =>
  /^\d+ [→⇥/] \d+$/.test(figure) ? figure.replaceAll(' ', '\u00a0') : figure;

/** A state in the language's words; a state that a later release wrote is shown as it is. */
function stateWord(kind: string, state: string, say: Messages): string {
  const words = own(say.state, kind);
  return (words && own(words, state)) ?? state;
}

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
