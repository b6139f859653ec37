import type { EventOf } from '../../event/event.ts';
import type { Messages, State } from '../../locales/messages.ts';
import type { Particulars, Tone } from '../slots.ts';
import { code, fact, linkOf, placeOf, properties } from './parts.ts';

type Artifact = EventOf<'artifact'>;

const LOOK: Record<Artifact['action'], { readonly tone: Tone; readonly emoji: string; readonly state: State }> = {
  pushed: { tone: 'info', emoji: '📦', state: 'artifactPushed' },
  deleted: { tone: 'neutral', emoji: '📭', state: 'artifactDeleted' },
  completed: { tone: 'good', emoji: '✅', state: 'artifactCompleted' },
  revoked: { tone: 'warning', emoji: '🚫', state: 'artifactRevoked' },
};

const FIGURE = 12;

export function artifactReading(event: Artifact, say: Messages): Particulars {
  const { tone, emoji, state } = LOOK[event.action];
  const { name, version, digest, actor, resource } = event;
  const short = !!version && version.length <= FIGURE;
  return {
    tone,
    emoji,
    state: say.state[state],
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
