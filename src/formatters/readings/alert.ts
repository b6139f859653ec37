import type { EventOf } from '../../event/event.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Particulars, Tone } from '../slots.ts';
import { code, fact, linkOf, placeOf, properties } from './parts.ts';

type Alert = EventOf<'alert'>;

interface Look {
  readonly tone: Tone;
  readonly emoji: string;
}

// By how bad it is, which a sender's level or its words have become.
const FIRED: Record<Alert['severity'], Look> = {
  info: { tone: 'info', emoji: '🔵' },
  warning: { tone: 'warning', emoji: '🟠' },
  error: { tone: 'danger', emoji: '🔴' },
  critical: { tone: 'danger', emoji: '🔴' },
};

const RESOLVED: Look = { tone: 'good', emoji: '✅' };

export function alertReading(event: Alert, say: Messages): Particulars {
  const fired = event.state === 'fired';
  const { tone, emoji } = fired ? FIRED[event.severity] : RESOLVED;
  const { level, rule, resource, description } = event;
  return {
    tone,
    emoji,
    state: fired ? say.state.alertFired : say.state.alertResolved,
    subject: { text: rule, url: linkOf(event, 'alert') ?? linkOf(event, 'resource') ?? event.links[0]?.url },
    figure: level,
    facts: [
      ...fact(say.label.lasted, lasted(event, say)),
      ...fact(say.label.severity, fired && level !== undefined ? say.level[level] : undefined),
      ...fact(say.label.metric, event.metric),
      ...fact(say.label.value, say.measured(event)),
      ...code(say.label.resource, resource.name === rule ? undefined : resource.name),
      ...(fired ? fact(say.label.environment, placeOf(event)) : []),
      ...Object.entries(event.dimensions ?? {}).flatMap(([key, value]) => fact(key, value)),
      ...properties(event, []),
    ],
    // Whoever reads that it is over need not read again what it was.
    body: fired && description ? { label: say.label.description, text: description } : undefined,
    place: fired ? undefined : placeOf(event),
  };
}

function lasted({ state, firedAt, occurredAt }: Alert, say: Messages): string | undefined {
  if (state !== 'resolved' || firedAt === undefined) return undefined;
  const seconds = (Date.parse(occurredAt) - Date.parse(firedAt)) / 1000;
  return seconds > 0 ? say.duration(seconds) : undefined;
}
