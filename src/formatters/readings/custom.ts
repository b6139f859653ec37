import type { EventOf, Severity } from '../../event/event.ts';
import type { Messages, State } from '../../locales/messages.ts';
import type { Particulars, Tone } from '../slots.ts';
import { fact, linkOf, placeOf, properties } from './parts.ts';

const LOOK: Record<Severity, { readonly tone: Tone; readonly emoji: string; readonly state: State }> = {
  info: { tone: 'info', emoji: '🔵', state: 'notice' },
  warning: { tone: 'warning', emoji: '🟠', state: 'warning' },
  error: { tone: 'danger', emoji: '🔴', state: 'error' },
  critical: { tone: 'danger', emoji: '🚨', state: 'critical' },
};

export function customReading(event: EventOf<'custom'>, say: Messages): Particulars {
  const { tone, emoji, state } = LOOK[event.severity];
  const { name, group } = event.resource;
  return {
    tone,
    emoji,
    state: say.state[state],
    subject: { text: event.title, url: linkOf(event, 'resource') ?? event.links[0]?.url },
    facts: [
      ...fact(say.label.resource, name === event.title ? undefined : name),
      ...fact(say.label.group, group),
      ...fact(say.label.environment, placeOf(event)),
      ...properties(event, []),
    ],
    body: event.text ? { label: say.label.message, text: event.text } : undefined,
  };
}
