import { typedHere } from '../../event/command.ts';
import type { EventOf } from '../../event/event.ts';
import { shownId } from '../../event/identity.ts';
import { inOrder, isOver } from '../../event/importance.ts';
import type { Messages } from '../../locales/messages.ts';
import { besides, leadState, place, stateWord } from '../../locales/parts.ts';
import type { Fact, Particulars, Style, Tone, Voice } from '../slots.ts';
import { TEST_EMOJI } from '../slots.ts';
import { briefItem } from './brief-item.ts';
import { code, fact, linkOf, placeOf, time } from './parts.ts';

type Digest = EventOf<'digest'>;

const TONE: Record<Digest['severity'], Tone> = {
  info: 'neutral',
  warning: 'warning',
  error: 'danger',
  critical: 'danger',
};

const EMOJI: Record<Digest['cause'], Style['emoji']> = { rate: '📊', deployment: '🚀', baseline: '🔍', many: '🔍' };

export function digestReading(event: Digest, voice: Voice): Particulars {
  const { say } = voice;
  const { tally, unread, more } = event;
  const ofDrift = isOfDrift(event);
  const stories = [...inOrder(event.stories), ...(event.others ?? [])];
  const others = (event.named ?? []).map(({ behind, total, ...each }) => ({
    ...{ ...each, kind: 'drift', figure: `${behind} / ${total}` },
  }));
  return {
    ...headline(event, say),
    facts: [
      ...(stories.length === 0 ? [] : fact(gathered(event, say), amount(event, say))),
      ...severity(event, say),
      ...time(say.label.firstAt, ofDrift ? undefined : event.since),
      ...where(event, say),
      ...fact(say.label.subscriptionsUnread, unread === undefined ? undefined : `${unread}`),
      ...tally.flatMap(({ kind, state, count }): Fact[] => fact(stateWord(kind, state, say.state), `${count}`)),
    ],
    list:
      stories.length === 0
        ? undefined
        : {
            label: say.label.mostRecent,
            items: [...stories, ...others].map((each) => briefItem(each, voice, event.occurredAt)),
            more,
            // Those of drift name every set, one after the other.
            most: stories.length + others.length,
          },
    place: placeOf(event),
  };
}

/** What leads it, and how much else there is. */
function headline(event: Digest, say: Messages): Pick<Particulars, 'tone' | 'emoji' | 'state' | 'subject' | 'figure'> {
  const { cause, severity } = event;
  const look = { tone: TONE[severity], emoji: EMOJI[cause] };
  const [first] = inOrder(event.stories);
  if (first === undefined) {
    const [text, figure] = isOfDrift(event)
      ? [say.scaleSets(event.total)]
      : [say.resources(event.resources), say.events(event.total)];
    return { ...look, state: gathered(event, say), subject: { text, url: linkOf(event, 'resource') }, figure };
  }
  const others = besides(event);
  // A chat may read markup where it stands: a word from elsewhere is not put there.
  const state = leadState(first, say) ?? gathered(event, say);
  return {
    tone: isOver(first) ? 'good' : look.tone,
    emoji: emojiOf(first, event),
    state: first.test ? `${say.test} · ${state}` : state,
    subject: { text: first.subject, where: place(first.place), url: first.url ?? linkOf(event, 'resource') },
    figure: others === 0 ? undefined : say.digest.others(others),
  };
}

function emojiOf(first: Digest['stories'][number], { cause, severity }: Digest): Style['emoji'] {
  if (first.test) return TEST_EMOJI;
  if (isOver(first)) return '✅';
  return severity === 'error' || severity === 'critical' ? '🚨' : EMOJI[cause];
}

/** "Sev2 and 7 more, 3 of them as severe": somebody who is woken has to know whether it is one thing or many. */
function severity(event: Digest, say: Messages): Fact[] {
  const [first] = inOrder(event.stories);
  if (first === undefined || event.asSevere === undefined) return [];
  const level = first.kind === 'alert' ? first.figure : undefined;
  const worst = level ?? say.state.custom[first.severity ?? event.severity];
  return fact(
    say.label.severity,
    `${worst} ${say.digest.others(besides(event))}, ${say.digest.asSevere(event.asSevere, besides(event))}`,
  );
}

/** Of drift, where why and the commands are: a digest has no room for them. */
function where(event: Digest, say: Messages): Fact[] {
  const isTold =
    (event.remedies ?? []).length > 0 || event.stories.some((each) => each.kind === 'drift' && !isOver(each));
  return isTold ? code(say.label.next, `${typedHere.relay} show ${shownId(event)}`) : [];
}

/** Why they come together. */
const gathered = ({ cause, window }: Digest, say: Messages): string =>
  window === undefined ? say.state.digest[cause] : say.digest.held(window);

/** "48 events · 9 resources"; of drift, "37 scale sets". */
const amount = (event: Digest, say: Messages): string =>
  isOfDrift(event)
    ? say.scaleSets(event.total)
    : [say.events(event.total), ...(event.resources === 0 ? [] : [say.resources(event.resources)])].join(' · ');

const isOfDrift = ({ cause }: Digest): boolean => cause === 'baseline' || cause === 'many';
