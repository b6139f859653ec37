import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import type { Particulars, Style, Voice } from '../slots.ts';
import { code, fact, linkOf, placeOf, properties } from './parts.ts';

type Artifact = EventOf<'artifact'>;

const LOOK: Record<Artifact['action'], Style> = {
  pushed: { tone: 'info', emoji: '📦' },
  deleted: { tone: 'neutral', emoji: '📭' },
  completed: { tone: 'good', emoji: '✅' },
  revoked: { tone: 'warning', emoji: '🚫' },
  unknown: { tone: 'warning', emoji: '❓' },
};

export function artifactReading(event: Artifact, { say }: Voice): Particulars {
  const { tone, emoji } = LOOK[event.action];
  const { name, version, digest, actor, resource } = event;
  const { state, subject, figure } = outline(event);
  return {
    tone,
    emoji,
    state: say.state.artifact[state],
    subject: { text: subject, url: linkOf(event, 'resource') ?? event.links[0]?.url },
    figure,
    facts: [
      ...fact(say.label.outcome, event.word),
      ...(figure === undefined ? fact(say.label.version, version) : []),
      ...fact(say.label.resource, resource.name === name ? undefined : resource.name),
      ...code(say.label.digest, digest),
      ...fact(say.label.startedBy, actor),
      ...properties(event, []),
    ],
    place: placeOf(event),
  };
}
