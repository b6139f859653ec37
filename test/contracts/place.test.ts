import { describe, expect, it } from 'vitest';
import { type EventKind, eventKinds, event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { sources } from '../../src/sources/registry.ts';
import { examples } from '../support/examples.ts';
import { fixturesOf, receive } from '../support/fixtures.ts';
import { read } from '../support/normalize.ts';
import { localeNames, type Manner, slackPayload, stringsIn, teamsPayload } from '../support/payloads.ts';
import { inEveryState } from '../support/states.ts';

const GROUP = 'rg-tide-works';
const PLACE = 'env-of-tides';

const { resource } = examples.scale;
const held = (event: RelayEvent): RelayEvent => eventSchema.parse(event);

/** A digest is named after what leads it, what somebody did after what they did it with; each is where that is. */
const ofStories = (event: RelayEvent, place: string) =>
  event.kind === 'digest'
    ? { stories: event.stories.map((story) => ({ ...story, place })) }
    : event.kind === 'act'
      ? { of: { ...event.of, place } }
      : {};

/** An event in an environment, one that only has a resource group, and one whose names are as long as they may be. */
const placed = (event: RelayEvent): readonly (readonly [where: string, event: RelayEvent])[] => {
  const { environment: _, ...rest } = event;
  const long = { rule: LONG, subject: LONG, step: LONG, title: LONG, about: LONG, version: LONG, reason: LONG };
  const own = Object.fromEntries(Object.entries(long).filter(([key]) => key in event));
  return [
    [PLACE, held({ ...event, environment: PLACE, ...ofStories(event, PLACE) } as RelayEvent)],
    [GROUP, held({ ...rest, resource: { ...resource, group: GROUP }, ...ofStories(event, GROUP) } as RelayEvent)],
    [
      PLACE,
      held({
        ...event,
        ...own,
        ...ofStories(event, PLACE),
        environment: PLACE,
        resource: { ...resource, name: LONG },
      } as RelayEvent),
    ],
  ];
};

const LONG = 'A rule with the longest of all names '.repeat(8).trim();

const all = (value: unknown): string =>
  stringsIn(value)
    .filter(({ key }) => key === 'text')
    .map(({ text }) => text)
    .join(' ');

/** What each chat shows first, and what a phone is sent. */
const firsts = (event: RelayEvent, manner: Manner): Readonly<Record<string, string>> => {
  const [slack, teams] = [slackPayload(event, manner), teamsPayload(event, manner)];
  const plain: Manner = { ...manner, form: 'plain' };
  const { content } = teams.attachments[0];
  return {
    'heading in Slack': all(slack.blocks?.[0]),
    'push text of Slack': slack.text,
    'fallback of Slack': slack.attachments?.[0]?.fallback ?? '',
    'plain in Slack': slackPayload(event, plain).text,
    'heading in Teams': all(content.body?.[0]),
    'push text of Teams': teams.summary,
    'spoken by Teams': content.speak ?? '',
    'plain in Teams': all(teamsPayload(event, plain).attachments[0].content.body),
  };
};

const cases = eventKinds.flatMap((kind) => localeNames.map((locale) => [kind, locale] as const));

describe.each(cases)('%s in %s', (kind: EventKind, locale) => {
  it('says where, in the first line and in the push text, in every state', () => {
    const silent = inEveryState(kind)
      .flatMap(placed)
      .flatMap(([where, event]) =>
        Object.entries(firsts(event, { locale })).filter(([, text]) => !text.includes(where)),
      );

    expect(silent).toStrictEqual([]);
  });

  it('shows no seam where nobody knows where', () => {
    const { environment: _, ...event } = examples[kind];
    const nowhere = held({ ...event, resource: { name: 'shop-web' } } as RelayEvent);

    expect(Object.values(firsts(nowhere, { locale })).filter((text) => /\(\)|→ *$|undefined/.test(text))).toStrictEqual(
      [],
    );
  });
});

const words = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

describe.each(sources.map(({ name }) => name))('a deployment from %s', (source) => {
  const deployments = fixturesOf(source).flatMap(({ body, headers }) => {
    const events = read(receive(body, undefined, headers), source);
    return 'reply' in events ? [] : events.flatMap((event) => (event.kind === 'deployment' ? [event] : []));
  });

  it('names its repository, project or application, whatever its workflow is called', () => {
    const silent = deployments
      .map((event) => ({ ...event, subject: 'CI' }))
      .flatMap((event) =>
        Object.values(firsts(event, {})).filter((text) => {
          const said = words(text);
          return !words(event.project ?? event.resource.name).every((word) => said.includes(word));
        }),
      );

    expect(silent).toStrictEqual([]);
  });
});
