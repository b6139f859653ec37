import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import { figured, stateWord } from '../../locales/parts.ts';
import type { Particulars, Style, Voice } from '../slots.ts';
import { fact, placeFacts, properties, time } from './parts.ts';

type Act = EventOf<'act'>;

const LOOK: Record<Act['action'], Style> = {
  acknowledged: { tone: 'info', emoji: '🙋' },
  silenced: { tone: 'neutral', emoji: '🔕' },
  replayed: { tone: 'info', emoji: '🔁' },
  meant: { tone: 'info', emoji: '🐤' },
};

export function actReading(event: Act, { say }: Voice): Particulars {
  const { action, by, until, note, of, resource } = event;
  const { subject } = outline(event);
  const what = [stateWord(of.kind, of.state, say.state), figured(of.figure, say)].filter(Boolean).join(' ');
  return {
    ...LOOK[action],
    state: say.state.act[action],
    subject: { text: subject, url: of.url },
    facts: [
      ...fact(say.label.actedBy, by),
      ...time(say.label.until, until),
      ...fact(say.label.note, note),
      ...fact(say.label.change, what),
      ...fact(say.label.resource, resource.name === subject ? undefined : resource.name),
      ...placeFacts(event, say),
      ...properties(event, []),
    ],
  };
}
