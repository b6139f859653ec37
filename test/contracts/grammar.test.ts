import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { locales } from '../../src/locales/registry.ts';
import { slackNotification } from '../../src/message/text.ts';
import { complete, FLOOD, HOSTILE, plantAll } from '../support/hostile.ts';
import { once } from '../support/once.ts';
import { localeNames, objectsIn, slackPayload, stringsIn, teamsPayload } from '../support/payloads.ts';
import { part } from '../support/sweep.ts';
import { variantNames, variants } from '../support/variants.ts';

const MARKER = 'zxzxz';
const forms = ['format', 'plain'] as const;

const events = variantNames.map((name) => {
  const { event: plain, ...manner } = variants[name];
  const event = complete(plain);
  const planted = (text: string) => eventSchema.parse(plantAll(event, text));
  return {
    name,
    manner,
    event,
    marked: once(() => planted(MARKER)),
    hostile: once(() => [...HOSTILE, FLOOD].map(planted)),
  };
});
const everyCase = localeNames.flatMap((locale, turn) =>
  events.map(({ manner, hostile, ...rest }) => ({
    ...rest,
    locale,
    manner: { ...manner, locale },
    hostile: () => part(hostile(), turn),
  })),
);

const CALLED = { user: 'user_id', group: 'usergroup_id', all: 'range' } as const;

describe.each(everyCase)('a Slack message in $locale about $name', ({ event, marked, hostile, manner }) => {
  const messages = {
    format: once(() => hostile().map((each) => slackPayload(each, manner))),
    plain: once(() => hostile().map((each) => slackPayload(each, { ...manner, form: 'plain' }))),
  };

  it('has text from outside only where Slack does not parse it', () => {
    const found = stringsIn(slackPayload(marked(), manner)).filter(({ text }) => text.includes(MARKER));
    const places = found.map(({ key, holder }) => (key === 'text' ? `${key} of ${holder['type'] ?? 'message'}` : key));

    // Of a chart, nobody says how it is read: no sign that could mean something is in it.
    const titles = objectsIn(slackPayload(marked(), manner), 'data_visualization').map(({ title }) => title);
    for (const title of titles) expect(title).toMatch(/^[\p{L}\p{N} .·_-]+$/u);
    const literal = [
      ...(titles.length > 0 ? ['title'] : []),
      'text of text',
      'text of link',
      'text of plain_text',
      'accessibility_label',
    ];
    expect(places).toContain('text of text');
    expect(places.filter((place) => !literal.includes(place))).toStrictEqual(['text of message', 'fallback']);
  });

  it('escapes it where Slack does', () => {
    for (const form of forms) {
      for (const { text, attachments = [] } of messages[form]()) {
        for (const parsed of [text, ...attachments.map(({ fallback = '' }) => fallback)]) {
          expect(parsed).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|:[a-z0-9_+'-]+:/i);
        }
      }
    }
  });

  it('parses only what we wrote: the source, the date and the id', () => {
    for (const message of messages.format()) {
      const parsed = objectsIn(message, 'mrkdwn').map(({ text }) => text);

      expect(parsed).toStrictEqual([
        expect.stringMatching(
          /^[\p{L} -]+ · <!date\^1795183509\^\{date_short_pretty\} \{time\}\|2026-11-20 14:05 UTC> \(2026-11-20 14:05 UTC\) · id `[0-9a-f]{8}`$/u,
        ),
      ]);
    }
  });

  it.each(forms)('mentions whom the configuration names and nobody else, and unfurls nothing (%s)', (form) => {
    const { mention } = manner;
    const called = mention === undefined || form === 'plain' ? [] : [{ [CALLED[mention.type]]: mention.id }];
    for (const payload of messages[form]()) {
      const mentions = ['user', 'usergroup', 'broadcast', 'channel', 'emoji', 'team', 'color'];

      expect(payload).toMatchObject({ mrkdwn: false, unfurl_links: false, unfurl_media: false });
      expect(Object.keys(payload)).not.toContain('link_names');
      expect(mentions.flatMap((type) => objectsIn(payload, type)).map(({ type: _, ...rest }) => rest)).toStrictEqual(
        called,
      );
    }
  });

  it('has block ids that differ', () => {
    const ids = stringsIn(slackPayload(event, manner)).flatMap(({ key, text }) => (key === 'block_id' ? [text] : []));

    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has up to three buttons that lead somewhere, with a short title and a name for screen readers', () => {
    const buttons = objectsIn(slackPayload(event, manner), 'button');

    expect(buttons).toHaveLength(3);
    for (const { text, url, accessibility_label: label, ...rest } of buttons) {
      expect((text as { text: string }).text.length).toBeLessThanOrEqual(16);
      expect(url).toMatch(/^https:/);
      expect(label).toMatch(/^.{1,75}$/s);
      expect(Object.keys(rest)).toStrictEqual(['type', 'action_id']);
    }
  });
});

describe.each(everyCase)('a Teams card in $locale about $name', ({ locale, event, marked, hostile, manner }) => {
  const cards = {
    format: once(() => hostile().map((each) => teamsPayload(each, manner))),
    plain: once(() => hostile().map((each) => teamsPayload(each, { ...manner, form: 'plain' }))),
  };

  it('has text from outside only where Teams runs no Markdown over it', () => {
    const found = stringsIn(teamsPayload(marked(), manner)).filter(({ text }) => text.includes(MARKER));
    const places = found.map(({ key, holder }) => (key === 'text' ? `${key} of ${holder['type']}` : key));

    const sentences = ['summary', 'fallbackText', 'speak'];
    const charts = objectsIn(teamsPayload(marked(), manner), 'Chart.Line');
    for (const { title } of charts) expect(title).toMatch(/^[\p{L}\p{N} .·_-]+$/u);
    const literal = [...sentences, 'text of TextRun', ...(charts.length > 0 ? ['title'] : [])];
    expect(new Set(places)).toStrictEqual(new Set(literal));
  });

  it.each(forms)('has dates of its own only, with seconds, a Z and no milliseconds (%s)', (form) => {
    const usual = datesIn(teamsPayload(event, { ...manner, form }));
    const instant =
      /^(?:\{\{DATE\(\d{4}(?:-\d\d){2}T\d\d:\d\d:\d\dZ,SHORT\)\}\}|\{\{TIME\(\d{4}(?:-\d\d){2}T\d\d:\d\d:\d\dZ\)\}\})$/;

    expect(usual.filter((each) => !instant.test(each))).toStrictEqual([]);
    // On iOS, a card that mentions somebody shows them as they are.
    expect(usual.slice(-2)).toStrictEqual(
      form === 'plain' || manner.mention
        ? []
        : ['{{DATE(2026-11-20T14:05:09Z,SHORT)}}', '{{TIME(2026-11-20T14:05:09Z)}}'],
    );
    for (const card of cards[form]()) expect(usual).toEqual(expect.arrayContaining(datesIn(card)));
  });

  it('has them in TextBlocks only, beside the time in UTC and nothing from outside', () => {
    const withDates = (card: unknown) => objectsIn(card, 'TextBlock').filter(({ text }) => /\{\{/.test(String(text)));
    const usual = withDates(teamsPayload(event, manner)).map(({ text }) => text);

    expect(usual.length > 0).toBe(manner.mention === undefined);
    for (const text of usual) expect(text).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d UTC.*\{\{DATE\(/);
    expect(stringsIn(teamsPayload(event, manner)).filter(({ text }) => text.includes('{{'))).toHaveLength(usual.length);
    for (const card of cards.format()) {
      expect(usual).toEqual(expect.arrayContaining(withDates(card).map(({ text }) => text)));
      expect(stringsIn(card).filter(({ text }) => text.includes('{{'))).toHaveLength(withDates(card).length);
    }
  });

  it.each(forms)('mentions whom the configuration names, and nobody else (%s)', (form) => {
    const { mention } = manner;
    const called = mention !== undefined && form === 'format';
    for (const card of cards[form]()) {
      const entities = objectsIn(card, 'mention');
      const parsed = objectsIn(card, 'TextBlock').filter(({ text }) => /<at>/.test(String(text)));

      expect(entities).toMatchObject(called ? [{ mentioned: { id: mention.id, name: mention.name } }] : []);
      expect(parsed.map(({ text }) => text)).toStrictEqual(entities.map(({ text }) => text));
      expect(objectsIn(card, 'FactSet')).toStrictEqual([]);
    }
  });

  it('has two buttons that lead somewhere, with a short title', () => {
    const buttons = teamsPayload(event, manner).attachments[0].content.actions ?? [];

    expect(buttons.length).toBe(Math.min(2, event.links.length));
    for (const { title, url } of buttons.map((each) => ({ url: '', ...each }))) {
      expect(title).toMatch(/^.{1,16}$/);
      expect(url).toMatch(/^https:/);
    }
  });

  it('says in which language it is', () => {
    expect(teamsPayload(event, manner).attachments[0].content.lang).toBe(locales[locale].locale);
  });
});

/** The dates in the texts in which a client writes them out. */
const datesIn = (card: unknown): string[] =>
  stringsIn(card)
    .filter(({ key }) => key !== 'url')
    .flatMap(({ text }) => text.match(/\{\{.*?\}\}/gs) ?? []);

describe.each(everyCase)('the sentence in $locale about $name', ({ event, manner }) => {
  it('is everywhere the same', () => {
    const card = teamsPayload(event, manner);
    const { fallbackText, speak } = card.attachments[0].content;
    const { text, attachments = [] } = slackPayload(event, manner);

    expect([fallbackText, speak]).toStrictEqual([card.summary, card.summary]);
    expect([text, ...attachments.map(({ fallback }) => fallback)]).toStrictEqual([
      slackNotification(card.summary),
      slackNotification(card.summary),
    ]);
  });
});
