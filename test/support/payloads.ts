import { destinations } from '../../src/destinations.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { readEvent } from '../../src/formatters/reading.ts';
import type { SlackMessage } from '../../src/formatters/slack.ts';
import type { TeamsMessage } from '../../src/formatters/teams.ts';
import { answerSlack } from '../../src/local/doubles/slack.ts';
import { answerTeams } from '../../src/local/doubles/teams.ts';
import { type LocaleName, locales } from '../../src/locales/registry.ts';

/** The strict doubles of the services, by destination. A new destination does not compile until it has one. */
const doubles = { slack: answerSlack, teams: answerTeams } as const satisfies Record<
  keyof typeof destinations,
  unknown
>;

export type DestinationName = keyof typeof doubles;
export const destinationNames = Object.keys(destinations) as DestinationName[];
export const localeNames = Object.keys(locales) as LocaleName[];

interface Look {
  readonly locale?: LocaleName;
  readonly timeZone?: string;
  readonly form?: 'format' | 'plain';
}

export function slackPayload(event: RelayEvent, { locale = 'en', timeZone = 'UTC', form = 'format' }: Look = {}) {
  return destinations.slack[form](readEvent(event, locales[locale], timeZone)) satisfies SlackMessage;
}

export function teamsPayload(event: RelayEvent, { locale = 'en', timeZone = 'UTC', form = 'format' }: Look = {}) {
  return destinations.teams[form](readEvent(event, locales[locale], timeZone)) satisfies TeamsMessage;
}

export function payloadOf(name: DestinationName, event: RelayEvent, look: Look = {}): unknown {
  const { locale = 'en', timeZone = 'UTC', form = 'format' } = look;
  return destinations[name][form](readEvent(event, locales[locale], timeZone));
}

/** What the double of a service says to a payload: undefined when it takes it, else why not. */
export function refusalOf(name: DestinationName, payload: unknown): string | undefined {
  const { status, body, reason } = doubles[name]({ contentType: 'application/json', body: JSON.stringify(payload) });
  return status < 300 ? undefined : `${body} ${reason}`;
}

export interface Found {
  readonly key: string;
  readonly text: string;
  /** The object that holds it. */
  readonly holder: Readonly<Record<string, unknown>>;
}

/** Every string in a payload, with where it stands. */
export function stringsIn(value: unknown, holder: object = {}, key = ''): Found[] {
  if (typeof value === 'string') return [{ key, text: value, holder: holder as Found['holder'] }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    stringsIn(inner, Array.isArray(value) ? holder : value, Array.isArray(value) ? key : name),
  );
}

/** Every object of a type in a payload. */
export function objectsIn(value: unknown, type: string): Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value && value.type === type ? [value as Readonly<Record<string, unknown>>] : [];
  return [...own, ...Object.values(value).flatMap((inner) => objectsIn(inner, type))];
}

const ENTITIES = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
] as const;

const decoded = (text: string): string => ENTITIES.reduce((so, [entity, sign]) => so.replaceAll(entity, sign), text);

/** What people see or hear of a payload, each text by itself: entities decoded where they are read, no zero-width space. */
export function visibleTexts(payload: unknown): string[] {
  return stringsIn(payload)
    .filter(({ key }) =>
      ['text', 'fallback', 'accessibility_label', 'tooltip', 'summary', 'speak', 'fallbackText'].includes(key),
    )
    .map(({ key, text, holder }) => {
      const isParsed = key === 'fallback' || !('type' in holder) || holder['type'] === 'mrkdwn';
      return (isParsed && !('contentType' in holder) ? decoded(text) : text).replaceAll('\u200b', '');
    });
}
