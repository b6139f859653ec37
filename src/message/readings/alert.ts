import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import { withoutIds } from '../../event/text.ts';
import { alertState, isOverruled } from '../../locales/alerts.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Particulars, Style, Voice } from '../slots.ts';
import { code, fact, linkOf, placeFacts, placeOf, properties } from './parts.ts';

type Alert = EventOf<'alert'>;

// By how bad it is, which a sender's level or its words have become.
const FIRED: Record<Alert['severity'], Style> = {
  info: { tone: 'info', emoji: '🔵' },
  warning: { tone: 'warning', emoji: '🟠' },
  error: { tone: 'danger', emoji: '🔴' },
  critical: { tone: 'danger', emoji: '🔴' },
};

const RESOLVED: Style = { tone: 'good', emoji: '✅' };

// Nobody measures it any more: whether it is well, nobody knows.
const VANISHED: Style = { tone: 'neutral', emoji: '⚪' };

export function alertReading(event: Alert, { say }: Voice): Particulars {
  const fired = event.state === 'fired';
  const { tone, emoji } = lookOf(event);
  const { level, rule, resource, description } = event;
  const { subject, figure } = outline(event);
  const dimensions = Object.entries(event.dimensions ?? {}).flatMap(([key, value]) => fact(key, value));
  const several = dimensions.length > 1;
  return {
    tone,
    emoji,
    state: alertState(event, say.state, say.still),
    subject: { text: subject, url: linkOf(event, 'alert') ?? linkOf(event, 'resource') ?? event.links[0]?.url },
    // Where its sender has no level of its own, only a colour would say it.
    figure: figure ?? (fired && event.severity === 'critical' ? say.state.custom.critical : undefined),
    facts: [
      ...(fired ? [] : fact(say.label.lasted, lasted(event, say))),
      ...fact(say.label.severity, fired && level !== undefined ? leveled(event, level, say) : undefined),
      ...fact(say.label.outcome, event.word),
      ...fact(say.label.metric, event.metric),
      ...fact(say.label.value, say.measured(event)),
      ...code(say.label.resource, resource.name === rule ? undefined : resource.name),
      ...(fired ? [...fact(say.label.group, resource.group), ...placeFacts(event, say)] : []),
      ...(several ? [] : dimensions),
      ...properties(event, []),
    ],
    list: several
      ? {
          label: say.label.dimensions,
          items: dimensions.map(({ label, value }) => ({ text: `${label}: ${value}` })),
          more: 0,
        }
      : undefined,
    // Whoever reads that it is over need not read again what it was.
    body: fired && description ? { label: say.label.description, text: withoutIds(description) } : undefined,
    place: fired ? undefined : placeOf(event),
  };
}

/** "Sev3 · Informational", and what the configuration makes of it. */
const leveled = (event: Alert, level: NonNullable<Alert['level']>, say: Messages): string =>
  [say.level[level], ...(isOverruled(event) ? [say.treated(say.state.custom[event.severity])] : [])].join(', ');

function lookOf({ state, severity, lack, still }: Alert): Style {
  if (still?.closed) return VANISHED;
  if (state === 'fired') return FIRED[severity];
  return lack === undefined ? RESOLVED : VANISHED;
}

function lasted({ firedAt, occurredAt }: Alert, say: Messages): string | undefined {
  if (firedAt === undefined) return undefined;
  const seconds = (Date.parse(occurredAt) - Date.parse(firedAt)) / 1000;
  return seconds > 0 ? say.duration(seconds) : undefined;
}
