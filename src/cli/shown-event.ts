import { reasonText } from '../delivery/rules/reason-text.ts';
import { en } from '../locales/en/en.ts';
import { readEvent } from '../message/reading.ts';
import type { ShownEvent } from './answers.ts';
import { COLOURS, dueText } from './delivery-table.ts';
import { bodyText } from './reading-text.ts';
import { remedyText } from './remedy-text.ts';
import { type Screen, safeLine } from './screen.ts';
import { plural, second, shortened } from './told.ts';

/** One event for people: what it says, what it is about, and what became of it at every receiver. */
export async function shownEvent(
  { short, event, deliveries, reason, without }: ShownEvent,
  screen: Screen,
): Promise<void> {
  const { sentence, body } = readEvent(event, { say: en, timeZone: 'UTC' });
  screen.print(screen.paint('bold', safeLine(sentence)));
  const { id, kind, source, severity, occurredAt, environment, resource, links } = event;
  const about = [resource.name, resource.group, environment].filter(Boolean).join(', ');
  for (const line of [
    `id ${short}${id.startsWith(short) ? '' : ` · event ${id}`} · ${kind} · ${severity} · ${source}`,
    `happened ${second(occurredAt)} UTC · ${about}`,
    ...links.slice(0, 1).map(({ url }) => url),
  ]) {
    screen.print(`  ${safeLine(line)}`);
  }
  for (const line of body === undefined || body.form === 'command' ? [] : bodyText(body, screen.paint))
    screen.print(line);
  for (const line of remedyText(event)) screen.print(`  ${line}`);
  screen.print('');
  await screen.table(
    ['RECEIVER', 'STATE', 'WHEN (UTC)', 'WHAT'],
    [
      ...deliveries.map((each) => [
        safeLine(each.receiver),
        screen.paint(COLOURS[each.state] ?? 'dim', safeLine(each.state)),
        second(each.updatedAt),
        safeLine(whatBecame(each)),
      ]),
      ...without.map((name) => [
        safeLine(name),
        screen.paint('dim', 'not sent'),
        '',
        reason === 'untold' ? 'its route does not tell such events' : 'no route led there when it came',
      ]),
    ],
    [3],
  );
  screen.print('');
}

type Delivery = ShownEvent['deliveries'][number];

/** "sent at the 2nd try, after 143 ms"; "kept back: window night"; "went to ops-teams: no_service". */
function whatBecame({ state, attempts, reason, digest, fallback, standsFor, dueAt, again }: Delivery): string {
  const last = attempts.at(-1);
  const tries =
    last && `${plural(attempts.length, 'try', 'tries')}, the last: ${last.outcome}, after ${last.milliseconds} ms`;
  const why = reason ?? (state === 'sent' ? undefined : last?.reason);
  return [
    why === undefined
      ? undefined
      : why === 'same-occurrence'
        ? reasonText(why)
        : `${WHY[state] ?? ''}${reasonText(why)}`,
    dueText(state, dueAt),
    tries,
    digest === undefined ? undefined : `in digest ${shortened(digest)}`,
    fallback === undefined ? undefined : `went to ${fallback}`,
    standsFor === undefined ? undefined : `in place of ${standsFor}`,
    again === undefined ? undefined : `came ${plural(again.count, 'time')} more, and was not sent again`,
  ]
    .filter(Boolean)
    .join('; ');
}

const WHY: Readonly<Record<string, string>> = {
  quiet: 'kept back: ',
  overtaken: 'not told: ',
  dead: 'given up: ',
};
