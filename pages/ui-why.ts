import { signal } from '@preact/signals';
import type { Fate, Silence, Story } from './ui-data.ts';
import { reasonText, timeText, words } from './ui-words.ts';

/** Those that are in force, to say whose one is. */
export const silencesNow = signal<readonly Silence[]>([]);

function silenceText(id: string): string {
  const { author, reason } = silencesNow.value.find((each) => each.id === id) ?? {};
  const who = [author && words.value.mute.by(author), reason].filter(Boolean).join(', ');
  return `${words.value.mute.one} ${id}${who && ` (${who})`}`;
}

/** Who kept an event back, as the relay writes it: "silence 9f3c1ab2", "window nights", "deployment of shop". */
function mutedText({ receiver, reason = '' }: Fate): string {
  const { why } = words.value;
  const [, by, name = ''] = /^(silence|window|deployment of) (.+)$/s.exec(reason) ?? [];
  if (by === 'silence') return why.silenced(receiver, silenceText(name));
  if (by === 'window') return why.window(receiver, name);
  if (by === 'deployment of') return why.deployment(receiver, name);
  return why.muted(receiver, reasonText(reason));
}

function stateWhy(fate: Fate): string {
  const { why } = words.value;
  const { receiver, state, updatedAt, dueAt, fallback } = fate;
  const reason = reasonText(fate.reason ?? fate.attempts.at(-1)?.reason ?? '?');
  const due = dueAt === undefined ? why.unknownTime : timeText(dueAt);
  switch (state) {
    case 'sent':
      return why.sentOne(receiver, timeText(updatedAt));
    case 'quiet':
      return mutedText(fate);
    case 'overtaken':
      return why.overtaken(receiver, reason);
    case 'parked':
      return why.parked(receiver, due);
    case 'waiting':
      return why.waiting(receiver, due);
    case 'dead':
      return fallback === undefined ? why.dead(receiver, reason) : why.fallback(receiver, fallback, reason);
    default:
      return why.sending(receiver, due);
  }
}

/** What became of an event for one receiver, in a sentence or two. */
export function fateWhy(fate: Fate): string {
  const { why } = words.value;
  const { digest, standsFor } = fate;
  return [stateWhy(fate), digest && why.digest(digest.slice(0, 8)), standsFor && why.standsFor(standsFor)]
    .filter(Boolean)
    .join(' ');
}

/** Who was told of an event, or why nobody was: what a reader asks first. */
export function storyWhy({ deliveries, reason }: Pick<Story, 'deliveries' | 'reason'>): string {
  const { why } = words.value;
  const sent = deliveries.filter(({ state }) => state === 'sent');
  if (sent.length > 0) return why.sent(sent.map(({ receiver }) => receiver).join(', '));
  if (deliveries.length > 0) return deliveries.map(stateWhy).join(' ');
  return reason === undefined ? why.none : why.unrouted;
}
