import type { EventOf } from '../../event/event.ts';
import { outline, type States } from '../../event/outline.ts';
import type { Look, Particulars, Voice } from '../slots.ts';
import { fact, linkOf, properties } from './parts.ts';

const TROUBLE: Look = { tone: 'danger', emoji: '🚨' };
const CARE: Look = { tone: 'warning', emoji: '🟠' };
const GOOD: Look = { tone: 'good', emoji: '✅' };

const LOOK: Record<States['notice'], Look> = {
  receiverBroken: TROUBLE,
  receiverBack: GOOD,
  deadLetters: CARE,
  storage: TROUBLE,
  configuration: CARE,
  driftUnreadable: CARE,
  driftReadable: GOOD,
  drill: TROUBLE,
  test: { tone: 'info', emoji: '🔵' },
};

export function noticeReading(event: EventOf<'notice'>, { say }: Voice): Particulars {
  const { state, subject, figure } = outline(event);
  return {
    ...LOOK[state],
    state: say.state.notice[state],
    subject: { text: subject, url: linkOf(event, 'resource') ?? event.links[0]?.url },
    figure,
    facts: [...fact(say.label.waiting, event.count ? say.events(event.count) : undefined), ...properties(event, [])],
    body: event.reason ? { label: say.label.message, text: event.reason } : undefined,
  };
}
