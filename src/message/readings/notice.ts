import type { EventOf } from '../../event/event.ts';
import { helpPages } from '../../event/help.ts';
import { outline, type States } from '../../event/outline.ts';
import { troubleBy } from '../../event/trouble.ts';
import { advised, waiting } from '../../locales/parts.ts';
import type { Particulars, Style, Voice } from '../slots.ts';
import { briefItem } from './brief-item.ts';
import { linkOf, properties } from './parts.ts';

const TROUBLE: Style = { tone: 'danger', emoji: '🚨' };
const CARE: Style = { tone: 'warning', emoji: '🟠' };
const GOOD: Style = { tone: 'good', emoji: '✅' };

const LOOK: Record<States['notice'], Style> = {
  receiverBroken: TROUBLE,
  receiverBack: GOOD,
  signIn: TROUBLE,
  deadLetters: CARE,
  storage: TROUBLE,
  configuration: CARE,
  driftUnreadable: CARE,
  driftReadable: GOOD,
  cut: CARE,
  tooLarge: CARE,
  silent: TROUBLE,
  heard: GOOD,
  drill: TROUBLE,
  test: { tone: 'info', emoji: '🔵' },
};

export function noticeReading(event: EventOf<'notice'>, voice: Voice): Particulars {
  const { say } = voice;
  const { state, subject } = outline(event);
  const { events = [], count = events.length, reason = '' } = event;
  const isBad = event.severity === 'error' || event.severity === 'critical';
  const advice = advised(event, { ...say, ...say.notice });
  return {
    ...(isBad ? TROUBLE : LOOK[state]),
    state: say.state.notice[state],
    subject: { text: subject, url: linkOf(event, 'resource') ?? event.links[0]?.url },
    figure: waiting(event, say),
    facts: properties(event, []),
    list:
      events.length === 0
        ? undefined
        : {
            label: say.label.waiting,
            items: events.map((each) => briefItem(each, voice)),
            more: Math.max(0, count - events.length),
          },
    // A code that is known is said in words; a sentence, such as what is wrong with a file, is shown.
    body: {
      label: say.label.next,
      text: [
        event.fallback && say.notice.instead(event.fallback),
        ...advice,
        isCode(reason) ? '' : reason,
        pageOf(event),
      ]
        .filter(Boolean)
        .join('\n'),
    },
  };
}

/** The page that helps, by its name where no link leads to it. */
const pageOf = (event: EventOf<'notice'>): string =>
  event.links.some(({ rel }) => rel === 'help') ? '' : `docs/${helpPages[event.topic]}`;

/** Whether it is of the words that programs use, one or several, and not for people: also one that is not known. */
const isCode = (reason: string): boolean =>
  reason.split(', ').every((each) => troubleBy(each) !== undefined || /^[\w-]+$/.test(each));
