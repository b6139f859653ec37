import type { EventOf } from '../../event/event.ts';
import type { Messages } from '../../locales/messages.ts';
import type { Particulars, Tone } from '../slots.ts';
import { code, fact, linkOf, placeOf, properties } from './parts.ts';

type Artifact = EventOf<'artifact'>;

const LOOK: Record<Artifact['action'], { readonly tone: Tone; readonly emoji: string }> = {
  pushed: { tone: 'info', emoji: '📦' },
  deleted: { tone: 'neutral', emoji: '📭' },
  completed: { tone: 'good', emoji: '✅' },
  revoked: { tone: 'warning', emoji: '🚫' },
};

const FIGURE = 12;

export function artifactReading(event: Artifact, say: Messages): Particulars {
  const { tone, emoji } = LOOK[event.action];
  const { name, version, digest, actor, resource } = event;
  const short = !!version && version.length <= FIGURE;
  return {
    tone,
    emoji,
    state: say.artifact[event.action],
    subject: { text: name, url: linkOf(event, 'resource') ?? event.links[0]?.url },
    figure: short ? version : undefined,
    facts: [
      ...(short ? [] : fact(say.label.version, version)),
      ...fact(say.label.resource, resource.name === name ? undefined : resource.name),
      ...code(say.label.digest, digest),
      ...fact(say.label.startedBy, actor),
      ...properties(event, []),
    ],
    place: placeOf(event),
  };
}
