import { describe, expect, it } from 'vitest';
import { event as eventSchema } from '../../src/event/event.ts';
import { readEvent } from '../../src/formatters/reading.ts';
import { slackNotification } from '../../src/formatters/text.ts';
import { locales } from '../../src/locales/registry.ts';
import { examples } from '../support/examples.ts';
import { complete, FLOOD, HOSTILE, plantAll, textPaths } from '../support/hostile.ts';
import { localeNames, objectsIn, slackPayload, stringsIn, teamsPayload } from '../support/payloads.ts';
import { variantNames, variants } from '../support/variants.ts';

const MARKER = 'zxzxz';
const everyCase = localeNames.flatMap((locale) =>
  variantNames.map((name) => ({ locale, name, event: complete(variants[name]) })),
);
const forms = ['format', 'plain'] as const;

describe.each(everyCase)('a Slack message in $locale about $name', ({ locale, event }) => {
  const marked = eventSchema.parse(plantAll(event, MARKER));
  const hostile = [...HOSTILE, FLOOD].map((text) => eventSchema.parse(plantAll(event, text)));

  it('has text from outside only where Slack does not parse it', () => {
    const found = stringsIn(slackPayload(marked, { locale })).filter(({ text }) => text.includes(MARKER));
    const places = found.map(({ key, holder }) => (key === 'text' ? `${key} of ${holder['type'] ?? 'message'}` : key));

    const literal = ['text of text', 'text of link', 'text of plain_text', 'accessibility_label'];
    expect(places).toContain('text of text');
    expect(places.filter((place) => !literal.includes(place))).toStrictEqual(['text of message', 'fallback']);
  });

  it('escapes it where Slack does', () => {
    for (const each of hostile) {
      for (const form of forms) {
        const { text, attachments = [] } = slackPayload(each, { locale, form });
        for (const parsed of [text, ...attachments.map(({ fallback = '' }) => fallback)]) {
          expect(parsed).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|:[a-z0-9_+'-]+:/i);
        }
      }
    }
  });

  it('parses only what we wrote: the source, the date and the id', () => {
    for (const each of hostile) {
      const parsed = objectsIn(slackPayload(each, { locale }), 'mrkdwn').map(({ text }) => text);

      expect(parsed).toStrictEqual([
        expect.stringMatching(
          /^[\p{L} ]+ · <!date\^1795183509\^\{date_short_pretty\} \{time\}\|2026-11-20 14:05 UTC> · id `[0-9a-f]{6}`$/u,
        ),
      ]);
    }
  });

  it.each(forms)('mentions nobody and unfurls nothing (%s)', (form) => {
    for (const each of hostile) {
      const payload = slackPayload(each, { locale, form });

      expect(payload).toMatchObject({ mrkdwn: false, unfurl_links: false, unfurl_media: false });
      expect(Object.keys(payload)).not.toContain('link_names');
      expect(
        ['user', 'usergroup', 'broadcast', 'channel', 'emoji'].flatMap((type) => objectsIn(payload, type)),
      ).toEqual([]);
    }
  });

  it('has block ids that differ', () => {
    const ids = stringsIn(slackPayload(event, { locale })).flatMap(({ key, text }) =>
      key === 'block_id' ? [text] : [],
    );

    expect(ids.length).toBeGreaterThan(2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has up to three buttons that lead somewhere, with a short title and a name for screen readers', () => {
    const buttons = objectsIn(slackPayload(event, { locale }), 'button');

    expect(buttons).toHaveLength(3);
    for (const { text, url, accessibility_label: label, ...rest } of buttons) {
      expect((text as { text: string }).text.length).toBeLessThanOrEqual(16);
      expect(url).toMatch(/^https:/);
      expect(label).toMatch(/^.{1,75}$/s);
      expect(Object.keys(rest)).toStrictEqual(['type', 'action_id']);
    }
  });
});

describe.each(everyCase)('a Teams card in $locale about $name', ({ locale, event }) => {
  const marked = eventSchema.parse(plantAll(event, MARKER));
  const hostile = [...HOSTILE, FLOOD].map((text) => eventSchema.parse(plantAll(event, text)));

  it('has text from outside only where Teams runs no Markdown over it', () => {
    const found = stringsIn(teamsPayload(marked, { locale })).filter(({ text }) => text.includes(MARKER));
    const places = found.map(({ key, holder }) => (key === 'text' ? `${key} of ${holder['type']}` : key));

    expect(new Set(places)).toStrictEqual(new Set(['summary', 'fallbackText', 'speak', 'text of TextRun', 'tooltip']));
  });

  it.each(forms)('has dates of its own only, with seconds, a Z and no milliseconds (%s)', (form) => {
    const own = '{{DATE(2026-11-20T14:05:09Z,SHORT)}} {{TIME(2026-11-20T14:05:09Z)}}';
    for (const each of hostile) {
      // A tooltip is the one text of a card in which a client replaces nothing.
      const texts = stringsIn(teamsPayload(each, { locale, form })).filter(
        ({ key }) => key !== 'tooltip' && key !== 'url',
      );

      expect(texts.filter(({ text }) => text.includes('{{')).map(({ text }) => text)).toStrictEqual(
        form === 'format' ? [own] : [],
      );
    }
  });

  it.each(forms)('mentions nobody (%s)', (form) => {
    for (const each of hostile) {
      const { content } = teamsPayload(each, { locale, form }).attachments[0];

      expect(content.msteams).toStrictEqual({ width: 'full' });
      expect(objectsIn(content, 'FactSet')).toStrictEqual([]);
    }
  });

  it('has exactly one heading, and no images', () => {
    const card = teamsPayload(event, { locale });

    expect(objectsIn(card, 'TextBlock').filter(({ style }) => style === 'heading')).toHaveLength(1);
    expect(objectsIn(card, 'Image')).toStrictEqual([]);
  });

  it('has two buttons that lead somewhere, with a short title and a tooltip', () => {
    const buttons = objectsIn(teamsPayload(event, { locale }), 'Action.OpenUrl');

    expect(buttons).toHaveLength(2);
    for (const { title, url, tooltip } of buttons) {
      expect(title).toMatch(/^.{1,16}$/);
      expect(url).toMatch(/^https:/);
      expect(tooltip).toMatch(/^.{1,75}$/s);
    }
  });

  it('says in which language it is', () => {
    expect(teamsPayload(event, { locale }).attachments[0].content.lang).toBe(locales[locale].locale);
  });
});

describe.each(everyCase)('the sentence in $locale about $name', ({ locale, event }) => {
  it('is one plain sentence with the subject, everywhere the same', () => {
    const { sentence, subject } = readEvent(event, locales[locale], 'UTC');
    const card = teamsPayload(event, { locale });

    const said = textPaths(event).map((path) => String(path.reduce<unknown>((at, key) => (at as never)[key], event)));
    const ours = said.toSorted((a, b) => b.length - a.length).reduce((rest, text) => rest.replace(text, ''), sentence);

    expect(sentence.length).toBeLessThanOrEqual(300);
    expect(ours).toMatch(/^[^\n<>*_`\p{Extended_Pictographic}]+\.$/u);
    expect(sentence).toContain(event.kind === 'deployment' ? event.subject : subject.text);
    expect([
      slackPayload(event, { locale }).text,
      card.summary,
      card.attachments[0].content.fallbackText,
    ]).toStrictEqual([slackNotification(sentence), sentence, sentence]);
  });
});

describe.each(localeNames)('the sentence in %s about scaling', (locale) => {
  const phases = ['succeeded', 'failed', 'held'] as const;

  it('tells out from in, done from failed from held back, and has the numbers', () => {
    const sentences = phases.flatMap((phase) =>
      (['out', 'in'] as const).map((direction) =>
        locales[locale].sentence.scale({ ...examples.scale, phase, direction, from: 37, to: 41 }),
      ),
    );

    expect(new Set(sentences).size).toBe(6);
    for (const sentence of sentences) expect(sentence).toMatch(/37.*41|41.*37/);
  });
});
