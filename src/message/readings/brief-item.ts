import type { Brief } from '../../event/brief.ts';
import type { EventOf } from '../../event/event.ts';
import { figured, named, stateWord } from '../../locales/parts.ts';
import type { Item, Voice } from '../slots.ts';
import { writtenAt } from '../written.ts';

type Story = EventOf<'digest'>['stories'][number];

/** `now` (ISO): for its age, where it has one. "shop-web (prod) · Scaled out 3 → 9 · 6 events · out and in again: check cool-down and thresholds". */
export function briefItem(
  story: Brief & Partial<Pick<Story, 'count' | 'flapping' | 'since'>>,
  { say, timeZone }: Voice,
  now?: string,
): Item {
  const { kind, state, figure, count = 1, flapping, since = now, short, over } = story;
  const seconds = (Date.parse(now ?? '') - Date.parse(since ?? '')) / 1000;
  const age = seconds > 0 ? [say.duration(seconds)] : [];
  const number = figured(figure, say);
  const what = [stateWord(kind, state, say.state), number && unbroken(number)].filter(Boolean).join(' ');
  const ended = over === undefined ? [] : [say.origin.over(writtenAt(now ?? over, over, say.locale, timeZone))];
  const often = count > 1 ? [say.digest.steps(count)] : [];
  return {
    text: (story.test ? `${say.test} · ` : '') + named(story),
    url: story.url,
    said: [
      what,
      ...ended,
      ...age,
      ...often,
      ...(flapping ? [say.digest.flapping] : []),
      ...(short ? [`id ${short}`] : []),
    ].join(' · '),
  };
}

/** "3 → 9" and "6 / 10" stay on one line: a narrow card broke them. A version is left as its sender wrote it. */
const unbroken = (figure: string): string =>
  /^\d+ [→/] \d+$/.test(figure) ? figure.replaceAll(' ', '\u00a0') : figure;
