import type { Config } from '../config/config.ts';
import { isLate } from '../delivery/rules/order.ts';
import { messages } from '../destinations/messages.ts';
import type { Receiver } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import type { RelayEvent } from '../event/event.ts';
import { iso } from '../event/time/units.ts';
import { type LocaleName, locales } from '../locales/registry.ts';
import { readEvent } from '../message/reading.ts';
import type { Telling, Voice } from '../message/slots.ts';
import { trim } from '../message/trim.ts';
import { routingOf } from '../relay/routed.ts';
import { environmentsGiven, leftOut, type Routed } from '../routing/choice.ts';
import { type DeferredNow, deferredNow, deferredText } from '../routing/deferred.ts';
import { joinGiven, joinsGiven } from '../routing/joins.ts';
import { mentionsFor } from '../routing/owners.ts';
import { whyLeftOut } from '../routing/tell.ts';
import { asSentTo, remindersGiven } from '../routing/terms.ts';
import { eventsOf } from './body.ts';
import { environmentText, givenTo, joinText, remindText } from './event-text.ts';
import { CommandFailure } from './failure.ts';
import { readingText } from './reading-text.ts';
import { receiverNamed, settingsHere, withBuiltIn } from './settings.ts';
import type { Work } from './shell.ts';

/** An event, which rule gave it its environment, and who would get it. */
interface Shown extends Pick<Routed, 'event' | 'environmentRule' | 'untold' | 'terms'> {
  readonly receivers: readonly Receiver[];
}

export interface PreviewOptions {
  readonly source?: string;
  readonly receiver?: string;
  readonly locale?: string;
}

export async function runPreview(file: string, options: PreviewOptions, work: Work): Promise<void> {
  const { screen, shell } = work;
  const locale = localeOf(options.locale);
  const config = spokenIn(locale, await settingsHere(shell.env));
  const only = options.receiver === undefined ? undefined : receiverNamed(options.receiver, config.receivers);
  const events = await eventsOf({ file, source: options.source }, config.sources, work);
  const shown = events.map((event) => shownTo(event, config, only));
  if (screen.json) return screen.document(payloadsOf(shown, config));
  for (const [index, each] of shown.entries()) screen.print(...(index > 0 ? [''] : []), ...textOf(each, config, work));
}

function localeOf(name: string | undefined): LocaleName | undefined {
  if (name === undefined || Object.hasOwn(locales, name)) return name as LocaleName | undefined;
  throw new CommandFailure(`There is no language ${name}.`, {
    status: 2,
    next: `There are ${Object.keys(locales).join(', ')}.`,
  });
}

/** The settings with every receiver in one language; without receivers, with those of a plain local run. */
function spokenIn(locale: LocaleName | undefined, config: Config): Config {
  const given = config.receivers.length > 0 ? config : withBuiltIn(config);
  return { ...given, receivers: given.receivers.map((each) => ({ ...each, locale: locale ?? each.locale })) };
}

function shownTo(given: RelayEvent, config: Config, only: Receiver | undefined): Shown {
  const { receivers, ...told } = routingOf(config)(given);
  return { ...told, receivers: only ? [only] : config.receivers.filter(({ name }) => receivers.includes(name)) };
}

/** How a receiver is spoken to about an event. */
const voiceFor = (
  event: RelayEvent,
  { name, locale, timeZone, buttons, charts }: Receiver,
  { owners }: Pick<Config, 'owners'>,
): Voice => ({ say: locales[locale], timeZone, mentions: mentionsFor(event, name, owners), buttons, charts });

/** As it would be told now. */
function tellingOf(event: RelayEvent): Telling {
  const now = Date.now();
  return { now: iso(now), late: isLate(event, now) };
}

/** As POST /api/preview answers. */
const payloadsOf = (shown: readonly Shown[], config: Config) => ({
  events: shown.map(({ event }) => event),
  messages: shown.flatMap((each) =>
    each.receivers.map((receiver) => {
      const event = asSentTo(receiver.name, each);
      return {
        receiver: receiver.name,
        destination: receiver.type,
        payload: messages[receiver.type].format(event, voiceFor(event, receiver, config), tellingOf(event)),
      };
    }),
  ),
  ...environmentsGiven(shown),
  ...remindersGiven(shown),
  ...some(shown.flatMap((each) => heldOf(each, config))),
  ...joinsGiven(shown, config.joins),
  ...leftOut(shown),
});

/** From whom a quiet window would keep it now. */
const heldOf = (shown: Shown, { quiet }: Config): readonly DeferredNow[] =>
  shown.receivers.flatMap(({ name }) => deferredNow(asSentTo(name, shown), [name], quiet, Date.now()));

const some = (held: readonly DeferredNow[]) => (held.length === 0 ? {} : { held });

/** Each message once, with everybody who gets it so. */
function textOf(shown: Shown, config: Config, { screen }: Work): readonly string[] {
  const { event, environmentRule, receivers, untold } = shown;
  const { environment } = givenTo({ event, environmentRule });
  const given = environment === undefined ? [] : [screen.paint('dim', environmentText(environment))];
  if (receivers.length === 0 && untold.length > 0) {
    const why = `Nobody is told. Of the route to ${untold.join(', ')}, ${whyLeftOut(event)}.`;
    return [screen.paint('yellow', why)];
  }
  if (receivers.length === 0) {
    const { kind, source } = event;
    return [...given, screen.paint('yellow', `No route takes this event (${kind}, from ${source}): nobody is told.`)];
  }
  const texts = receivers.map((receiver) => ({
    name: receiver.name,
    text: messageText(shown, receiver, config, screen),
  }));
  const messages = [...Map.groupBy(texts, ({ text }) => text)].flatMap(([text, group], index) => [
    ...(index > 0 ? [''] : []),
    screen.paint('cyan', `→ ${group.map(({ name }) => `${name}${remindedText(shown, name)}`).join(', ')}`),
    text,
  ]);
  const held = heldOf(shown, config).map((each) => screen.paint('yellow', `held now: ${deferredText(each)}`));
  const { joins } = joinGiven(event, config.joins);
  const joined = joins === undefined ? [] : [screen.paint('dim', joinText(joins))];
  return [...given, ...joined, ...held, ...messages];
}

function messageText(shown: Shown, receiver: Receiver, config: Config, screen: Work['screen']): string {
  if (destinations[receiver.type].readers === 'programs') return '  the event itself, as a CloudEvent: --json shows it';
  const event = asSentTo(receiver.name, shown);
  return readingText(trim(readEvent(event, voiceFor(event, receiver, config), tellingOf(event))), screen).join('\n');
}

function remindedText({ terms }: Shown, name: string): string {
  const pace = terms?.get(name)?.remind;
  return pace === undefined ? '' : ` (${remindText(pace)})`;
}
