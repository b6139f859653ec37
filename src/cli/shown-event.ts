import { reasonText } from '../delivery/rules/reason-text.ts';
import type { EventOf, RelayEvent } from '../event/event.ts';
import { en } from '../locales/en/en.ts';
import { place } from '../locales/parts.ts';
import { readEvent } from '../message/reading.ts';
import { reason } from '../message/readings/drift.ts';
import type { ShownEvent } from './answers.ts';
import { COLOURS, dueText } from './deliveries-run.ts';
import { joinText } from './event-text.ts';
import { bodyText } from './reading-text.ts';
import type { Screen } from './shell.ts';
import { plural, safeLine, second, shortened } from './text.ts';

/** One event for people: what it says, what it is about, and what became of it at every receiver. */
export async function shownEvent(
  { short, event, joins, deliveries, reason, without }: ShownEvent,
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
    ...(joins === undefined ? [] : [joinText(joins)]),
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

type Remedy = Pick<EventOf<'drift'>, 'reasons' | 'advice' | 'command'>;

/** Why a set has drifted and what to do, or of each set that a digest names: lines for people, each line of a command whole on its own. */
function remedyText(event: RelayEvent): readonly string[] {
  if (event.kind === 'drift') return event.change === 'resolved' ? [] : treated(en.label.why, event);
  if (event.kind !== 'digest') return [];
  return (event.remedies ?? []).flatMap(({ subject, group, ...each }) => treated(subject + place(group), each));
}

function treated(about: string, { reasons, advice, command }: Remedy): readonly string[] {
  const why = reasons.map((each) => reason(each, en)).join('; ');
  const lines = command?.split('\n').map(safeLine) ?? [];
  return [
    ...(why === '' && command === undefined ? [] : [safeLine([about, why].filter(Boolean).join(': '))]),
    ...[...(advice && command !== undefined ? [en.drift.advice[advice]] : []), ...lines].map((line) => `  ${line}`),
  ];
}
