import type { EventOf } from '../../event/event.ts';
import type { Severity } from '../../event/fields.ts';
import type { Particulars, Style, Voice } from '../slots.ts';
import { fact, linkOf, placeFacts, properties } from './parts.ts';

const LOOK: Record<Severity, Style> = {
  info: { tone: 'info', emoji: '🔵' },
  warning: { tone: 'warning', emoji: '🟠' },
  error: { tone: 'danger', emoji: '🔴' },
  critical: { tone: 'danger', emoji: '🚨' },
};

export function customReading(event: EventOf<'custom'>, { say }: Voice): Particulars {
  const { tone, emoji } = LOOK[event.severity];
  const { name, group } = event.resource;
  return {
    tone,
    emoji,
    state: say.state.custom[event.severity],
    subject: { text: event.title, url: linkOf(event, 'resource') ?? event.links[0]?.url },
    facts: [
      ...fact(say.label.resource, name === event.title ? undefined : name),
      ...fact(say.label.group, group),
      ...placeFacts(event, say),
      ...properties(event, []),
    ],
    body: event.text ? { label: say.label.message, text: event.text } : undefined,
  };
}
