import { doubles } from '../../dev/host/inbox-message.ts';
import { messages } from '../../src/destinations/messages.ts';
import { type DestinationName, destinations } from '../../src/destinations/registry.ts';
import type { SlackMessage } from '../../src/destinations/slack/message.ts';
import type { TeamsMessage } from '../../src/destinations/teams/message.ts';
import type { RelayEvent } from '../../src/event/event.ts';
import { type LocaleName, locales } from '../../src/locales/registry.ts';
import type { Mention, Telling, Voice } from '../../src/message/slots.ts';

export const destinationNames = Object.keys(destinations) as DestinationName[];
/** The destinations that people read. */
export const chatNames = destinationNames.filter((name) => destinations[name].readers === 'people');
export const localeNames = Object.keys(locales) as LocaleName[];

/** How a message is to be made: in which language and zone, how it is told, whom it calls, and in which of its forms. */
export interface Manner {
  readonly locale?: LocaleName;
  readonly timeZone?: string;
  readonly telling?: Telling;
  readonly mention?: Mention;
  readonly charts?: boolean;
  readonly form?: 'format' | 'plain';
}

export const voiceIn = ({ locale = 'en', timeZone = 'UTC', mention, charts }: Manner = {}): Voice => ({
  say: locales[locale],
  timeZone,
  mentions: mention === undefined ? [] : [mention],
  charts,
});

export const slackPayload = (event: RelayEvent, { form = 'format', ...manner }: Manner = {}): SlackMessage =>
  messages.slack[form](event, voiceIn(manner), manner.telling);

export const teamsPayload = (event: RelayEvent, { form = 'format', ...manner }: Manner = {}): TeamsMessage =>
  messages.teams[form](event, voiceIn(manner), manner.telling);

export const payloadOf = (
  name: DestinationName,
  event: RelayEvent,
  { form = 'format', ...manner }: Manner = {},
): unknown => messages[name][form](event, voiceIn(manner), manner.telling);

/** What the double of a service says to a payload: undefined when it takes it, else why not. */
export function refusalOf(name: DestinationName, payload: unknown): string | undefined {
  const contentType = name === 'webhook' ? 'application/cloudevents+json' : 'application/json';
  // The key of a service is in what is sent, and in no message.
  const sent = name === 'pagerduty' ? { routing_key: '0'.repeat(32), ...(payload as object) } : payload;
  const { status, body, reason } = doubles[name]({ contentType, body: JSON.stringify(sent) });
  return status < 300 && reason === undefined ? undefined : `${body} ${reason}`;
}

export interface Found {
  readonly key: string;
  readonly text: string;
  /** The object that holds it. */
  readonly holder: Readonly<Record<string, unknown>>;
}

/** Every string in a payload, with where it stands. */
export function stringsIn(value: unknown): Found[] {
  const found: Found[] = [];
  collectStrings(value, {}, '', found);
  return found;
}

/** Into one list: laws look at some hundred thousand messages. */
function collectStrings(value: unknown, holder: object, key: string, found: Found[]): void {
  if (typeof value === 'string') found.push({ key, text: value, holder: holder as Found['holder'] });
  else if (Array.isArray(value)) for (const inner of value) collectStrings(inner, holder, key, found);
  else if (typeof value === 'object' && value !== null)
    for (const [name, inner] of Object.entries(value)) collectStrings(inner, value, name, found);
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
  ['&quot;', '"'],
  ['&#39;', "'"],
  ['&amp;', '&'],
] as const;

const decoded = (text: string): string => ENTITIES.reduce((so, [entity, sign]) => so.replaceAll(entity, sign), text);

/** What Mattermost makes of its Markdown: what is escaped, or in code, as it was written. */
const ofMarkdown = (text: string): string =>
  text.replace(
    /```\n([\s\S]*?)\n```|`([^`]*)`|\\([\p{P}\p{S}])|&(lt|amp|#36|#92);|\*\*/gu,
    (_, block, code, sign, entity) =>
      block ?? code ?? sign ?? { lt: '<', amp: '&', '#36': '$', '#92': '\\' }[String(entity)] ?? '',
  );

/** What a mail shows: the subject, the text without what sets a text within it off, and what stands between tags. */
function ofMail({ subject, text, html = '' }: { subject: string; text: string; html?: string }): string[] {
  const document = html.replace(/<style>.*?<\/style>/s, '').replaceAll('<br>', '\n');
  const between = document.split(/<[^>]*>/).filter((part) => part.trim() !== '');
  return [
    subject,
    ...text
      .trimEnd()
      .split(/\n(?! {2})/)
      .filter(Boolean)
      .map((part) => part.replaceAll('\n  ', '\n')),
    ...between.map(decoded),
  ].map((part) => part.replaceAll('\u200b', ''));
}

const isMail = (payload: unknown): payload is Parameters<typeof ofMail>[0] =>
  typeof payload === 'object' && payload !== null && 'subject' in payload && 'thread' in payload;

const isMattermost = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'props' in payload;

const isGoogleChat = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'cardsV2' in payload;

const OF_CARD = ['text', 'fallbackText', 'title', 'subtitle', 'topLabel', 'altText'];

/** What Google Chat makes of the HTML in a card: of what is beside a card, or on a button, the text as it is. */
const ofCard = ({ text, holder }: Found): string =>
  'cardsV2' in holder || 'onClick' in holder
    ? text
    : decoded(text.replaceAll('<br>', '\n').replace(/<[^\u200b][^>]*>/g, ''));

/** What people see or hear of a payload, each text by itself: entities decoded where they are read, no zero-width space. */
export function visibleTexts(payload: unknown): string[] {
  if (isMail(payload)) return ofMail(payload);
  if (isMattermost(payload)) {
    return stringsIn(payload)
      .filter(({ key }) => ['text', 'fallback', 'title', 'value', 'footer'].includes(key))
      .map(({ text }) => ofMarkdown(text).replaceAll('\u200b', ''));
  }
  if (isGoogleChat(payload)) {
    return stringsIn(payload)
      .filter(({ key }) => OF_CARD.includes(key))
      .map((found) => ofCard(found).replaceAll('\u200b', ''));
  }
  return stringsIn(payload)
    .filter(({ key }) =>
      ['text', 'fallback', 'accessibility_label', 'tooltip', 'summary', 'speak', 'fallbackText'].includes(key),
    )
    .map(({ key, text, holder }) => {
      const isParsed = key === 'fallback' || !('type' in holder) || holder['type'] === 'mrkdwn';
      return (isParsed && !('contentType' in holder) ? decoded(text) : text).replaceAll('\u200b', '');
    });
}

/** Without those whose messages another one writes: an app that posts what a webhook does. */
export const writtenAlone = destinationNames.filter((name, at) =>
  destinationNames.slice(0, at).every((other) => messages[other] !== messages[name]),
);
