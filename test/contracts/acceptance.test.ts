import { describe, expect, it } from 'vitest';
import { answerTeams } from '../../dev/emulators/teams.ts';
import { type SlackMessage, slackLimits } from '../../src/destinations/slack/message.ts';
import { teamsLimits } from '../../src/destinations/teams/message.ts';
import { eventKinds, event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { anyRelease } from '../../src/event/later.ts';
import { locales } from '../../src/locales/registry.ts';
import { readEvent } from '../../src/message/reading.ts';
import { examples } from '../support/examples.ts';
import { complete, FLOOD, HOSTILE, plantAll, textAt, textPaths } from '../support/hostile.ts';
import { largest } from '../support/largest.ts';
import {
  chatNames,
  localeNames,
  objectsIn,
  payloadOf,
  slackPayload,
  stringsIn,
  teamsPayload,
  visibleTexts,
  voiceIn,
} from '../support/payloads.ts';
import { inEveryState } from '../support/states.ts';
import { part } from '../support/sweep.ts';
import { variantNames, variants } from '../support/variants.ts';

// What a message must be, law by law. Laws 3 and the rest of 10 need a browser: test/browser/cards.test.ts.

// Each message in one of the languages; in every language, in a sweep.
const everyCase = localeNames.flatMap((locale, turn) =>
  part(variantNames, turn).map((name) => {
    const { event, ...manner } = variants[name];
    return { locale, name, event, manner: { ...manner, locale } };
  }),
);
const everyKind = localeNames.flatMap((locale) => eventKinds.map((kind) => ({ locale, kind })));

describe('law 1: the sentence alone tells the state, the subject and the number', () => {
  it.each(everyCase)('without emoji, markup or address ($name, $locale)', ({ event, manner }) => {
    const { sentence, subject, figure = '' } = readEvent(event, voiceIn(manner), manner.telling);
    const sign = event.kind === 'alert' && event.operator ? [event.operator] : [];
    // A sentence brings its own full stop.
    const said = [...textPaths(event).map((path) => textAt(event, path).replace(/\.$/, '')), ...sign];
    const ours = said.toSorted((a, b) => b.length - a.length).reduce((rest, text) => rest.replace(text, ''), sentence);

    expect(sentence.length).toBeLessThanOrEqual(300);
    expect(ours).toMatch(/^[^\n<>*_`\p{Extended_Pictographic}]+\.$/u);
    expect(sentence).not.toMatch(/https?:|undefined|null|NaN| {2}|\.\./);
    expect(sentence).toContain(event.kind === 'deployment' ? event.subject : subject.text);
    for (const number of figure.match(/\d+/g) ?? []) expect(sentence).toContain(number);
  });

  it.each(everyKind)('differently for each state of one and the same $kind ($locale)', ({ locale, kind }) => {
    const sentences = inEveryState(kind).map((event) => readEvent(event, voiceIn({ locale })).sentence);

    expect(sentences.length).toBeGreaterThan(1);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it.each(localeNames)('for out and in, done, failed and held back, and with both numbers (%s)', (locale) => {
    const sentences = (['succeeded', 'failed', 'held'] as const).flatMap((phase) =>
      (['out', 'in'] as const).map((direction) =>
        locales[locale].sentence.scale({ ...examples.scale, phase, direction, from: 37, to: 41 }),
      ),
    );

    expect(new Set(sentences).size).toBe(6);
    for (const sentence of sentences) expect(sentence).toMatch(/37.*41|41.*37/);
  });
});

describe('law 2: the state is readable without its colour', () => {
  // A digest begins with what leads it, and says its own state among its facts.
  it.each(everyKind.filter(({ kind }) => kind !== 'digest'))(
    'no two states of a $kind have the same words above ($locale)',
    ({ locale, kind }) => {
      const heads = inEveryState(kind).map((event) => {
        const [slack] = objectsIn(slackPayload(event, { locale }), 'rich_text');
        const [teams] = objectsIn(teamsPayload(event, { locale }), 'TextBlock');
        return [visibleTexts(slack)[1], String(teams?.['text']).replace(/^\P{L}+/u, '')];
      });

      expect(heads.map(([slack]) => slack)).toStrictEqual(heads.map(([, teams]) => teams));
      expect(new Set(heads.map(([slack]) => slack)).size).toBe(heads.length);
    },
  );

  it.each(everyCase)('a card leaves its colours to the theme ($name, $locale)', ({ event, manner }) => {
    const { content } = teamsPayload(event, manner).attachments[0];
    const coloured = stringsIn(content).filter(({ key }) => /colou?r/i.test(key));

    expect(coloured).toStrictEqual([]);
  });
});

describe('law 4: hostile text is shown as it was written', () => {
  it('all that the design lists is tried on every text of every event (hostile.test.ts, grammar.test.ts)', () => {
    const tried = [...HOSTILE, FLOOD].join('');
    const listed = ['<!channel>', '<@U1>', '<https://e.vil|bank>', '*b*', '_i_', '~s~', '`c`', '[x](https://e.vil)'];
    const more = ['<at>Bob</at>', '{{DATE(2026-01-01T00:00:00Z)}}', ':tada:', '@here', '\n> quote', '\u202e', '\u0000'];

    for (const text of [...listed, ...more, '한'.repeat(10_000)]) expect(tried).toContain(text);
    expect(tried.isWellFormed()).toBe(false);
  });
});

describe('law 5: vm_app_01 keeps its underscores', () => {
  it.each(everyCase)('wherever it stands ($name, $locale)', ({ event, manner }) => {
    const named = eventSchema.parse(plantAll(complete(event), 'vm_app_01'));
    for (const chat of chatNames) {
      const texts = visibleTexts(payloadOf(chat, named, manner)).filter((text) => /vm.?app/.test(text));

      // Mattermost says in one text of Markdown what the others say in several.
      expect(texts.length).toBeGreaterThan(chat === 'mattermost' ? 2 : 3);
      expect(texts.filter((text) => text.replaceAll('vm_app_01', '').includes('vm'))).toStrictEqual([]);
    }
  });
});

describe('law 6: every message is within its budgets', () => {
  it.each(everyKind)('the largest $kind as well ($locale)', ({ locale, kind }) => {
    for (const payload of [
      slackPayload(largest(kind), { locale }),
      slackPayload(largest(kind, 'https://e.x/'), { locale }),
    ]) {
      const blocks = objectsIn(payload, 'rich_text');
      const bold = blocks.flatMap((block) => visibleTexts(boldIn(block)));
      const body = blocks.filter(({ block_id }) => block_id === 'body').flatMap((block) => visibleTexts(block));
      const items = objectsIn(payload, 'rich_text_list').flatMap((list) => visibleTexts(list));
      const values = visibleTexts(blocks.find(({ block_id }) => block_id === 'facts') ?? {});

      expect(slackLimits.size(payload)).toBeLessThanOrEqual(12_000);
      expect(blocks.length + 2).toBeLessThanOrEqual(10);
      expect(lengthOf(payload)).toBeLessThanOrEqual(10_000);
      for (const word of bold) expect(word.trim().length).toBeLessThanOrEqual(40);
      for (const value of [...values, ...items])
        expect(value.replace(/^( · | +|\n)/, '').length).toBeLessThanOrEqual(120);
      for (const text of body) expect(text.length).toBeLessThanOrEqual(600);
      for (const text of body) expect(text.split('\n').length).toBeLessThanOrEqual(9);
      const lists = objectsIn(payload, 'rich_text_list').map(({ elements }) => elements as readonly unknown[]);
      for (const lines of lists)
        expect(lines.length).toBeLessThanOrEqual(kind === 'digest' ? 40 : kind === 'review' ? 9 : 5);
    }
    expect(teamsLimits.size(teamsPayload(largest(kind), { locale }))).toBeLessThanOrEqual(20_000);
  });

  it.each([
    [1, '1\u00a0instance'],
    [3, '3\u00a0instance'],
    [5, '5\u00a0instancí'],
    [1.5, '1,5\u00a0instance'],
  ])('and in Czech %d has the plural that it asks for', (count, text) => {
    expect(locales.cs.instances(count)).toBe(text);
  });

  it.each(localeNames)('no number of a headline is ever cut (%s)', (locale) => {
    const most = 1_000_000;
    const events: RelayEvent[] = [
      { ...examples.scale, from: most, to: most - 1 },
      { ...examples.drift, behind: most, total: most },
      { ...examples.digest, total: most, resources: most },
      { ...examples.digest, cause: 'many', total: most },
      { ...examples.notice, count: most },
    ];
    for (const event of events) {
      const { figure = '' } = readEvent(event, voiceIn({ locale }));
      const [head] = objectsIn(slackPayload(event, { locale }), 'rich_text');

      expect(visibleTexts(head).join('')).toContain(figure);
    }
  });
});

describe('law 7: a card is read from top to bottom', () => {
  it.each(everyCase)('in the order of its slots, without images ($name, $locale)', (each) => {
    const { event, manner } = each;
    const { facts, list, body, ...reading } = readEvent(event, voiceIn(manner), manner.telling);
    const card = teamsPayload(event, manner);
    const slots = [
      reading.state,
      reading.subject.text,
      reading.figure,
      // A time and what is said with it are parted in a card.
      ...facts.slice(0, 8).flatMap(({ label, value, instant }) => [label, ...(instant ? value.split(' · ') : [value])]),
      list?.label,
      list?.items[0]?.text,
      body?.label,
      body?.text,
      `id ${reading.id}`,
    ].filter((text) => text !== undefined);

    expect(objectsIn(card, 'Image')).toStrictEqual([]);
    expect(inOrder(visibleTexts(card.attachments[0].content.body), slots)).toBe(true);
    const { blocks = [], attachments = [] } = slackPayload(event, manner);
    const ofSlack = slots.slice(0, -1);
    expect(inOrder(visibleTexts([...blocks, ...attachments.map((one) => one.blocks)]), ofSlack)).toBe(true);
  });

  it.each(everyCase)('and every button has a name that says of what it is ($name, $locale)', ({ event, manner }) => {
    const { actions } = readEvent(event, voiceIn(manner));
    const hints = actions.map(({ hint }) => hint);

    expect(objectsIn(slackPayload(event, manner), 'button').map((each) => each['accessibility_label'])).toStrictEqual(
      hints.slice(0, 3),
    );
    for (const { title, hint } of actions) expect(hint.length).toBeGreaterThan(title.length);
  });
});

describe('law 8: the time in UTC is always there', () => {
  const cases = everyCase.filter(({ name }) => ['deployment-waiting', 'drift-pending', 'digest-rate'].includes(name));

  it.each(cases)('beside every time in the zone of the reader or of the receiver ($name, $locale)', (each) => {
    for (const timeZone of ['UTC', 'Asia/Seoul', 'America/St_Johns']) {
      const manner = { ...each.manner, timeZone };
      const slack = JSON.stringify(slackPayload(each.event, manner));
      const teams = JSON.stringify(teamsPayload(each.event, manner).attachments[0].content.body);

      const ownTimes = [...slack.matchAll(/"timestamp":(\d+)|<!date\^(\d+)/g)].map(([, one, other]) => one ?? other);
      expect(ownTimes).toHaveLength(2);
      for (const seconds of ownTimes) expect(slack).toContain(utc(Number(seconds) * 1000));
      for (const { timestamp, fallback } of objectsIn(slackPayload(each.event, manner), 'date')) {
        expect(fallback).toBe(utc(Number(timestamp) * 1000));
      }
      const dates = [...teams.matchAll(/\{\{DATE\(([^,]+),SHORT\)\}\} \{\{TIME\(\1\)\}\}/g)].map(
        ([, date = '']) => date,
      );
      expect(dates).toHaveLength(2);
      for (const date of dates) expect(teams).toContain(utc(Date.parse(date)));
    }
  });
});

describe('law 9: a message asks for nothing but to be read', () => {
  it.each(everyCase)('block ids differ, buttons only lead somewhere, nothing unfurls ($name, $locale)', (each) => {
    const payload = slackPayload(each.event, each.manner);
    const ids = stringsIn(payload).flatMap(({ key, text }) => (key === 'block_id' ? [text] : []));

    expect(new Set(ids).size).toBe(ids.length);
    expect(payload).toMatchObject({ unfurl_links: false, unfurl_media: false });
    expect(payload).not.toHaveProperty('link_names');
    for (const { url, value, confirm } of objectsIn(payload, 'button')) {
      expect([value, confirm]).toStrictEqual([undefined, undefined]);
      expect(url).toMatch(/^https:/);
    }
  });

  it('a name that is markup calls nobody else', () => {
    for (const name of HOSTILE) {
      const mention = { type: 'user', id: '29:1', name: name.slice(0, 80) } as const;
      const card = teamsPayload(examples.alert, { mention });
      const [entity, ...others] = objectsIn(card, 'mention');
      const parsed = objectsIn(card, 'TextBlock').map(({ text }) => String(text));

      expect(others).toStrictEqual([]);
      expect(parsed.filter((text) => text.includes('<at>'))).toStrictEqual([entity?.['text']]);
      expect(entity?.['text']).toMatch(/^<at>[\p{L}\p{N} .'-]*<\/at>$/u);
      expect(objectsIn(slackPayload(examples.alert, { mention }), 'user')).toStrictEqual([
        { type: 'user', user_id: '29:1' },
      ]);
    }
  });
});

describe('law 10: an element that old clients do not know brings its fallback', () => {
  // All of Adaptive Cards 1.4 or older: https://adaptivecards.io/explorer/
  const CLASSIC = [
    'AdaptiveCard',
    'Container',
    'ColumnSet',
    'Column',
    'TextBlock',
    'RichTextBlock',
    'TextRun',
    'Action.OpenUrl',
  ];

  it.each(everyCase)('so far a card has none ($name, $locale)', ({ event, manner }) => {
    const { content } = teamsPayload(event, manner).attachments[0];
    const { body, actions } = content;
    const young = stringsIn([body, actions ?? []])
      .filter(({ key, text, holder }) => key === 'type' && !CLASSIC.includes(text) && !('fallback' in holder))
      .map(({ text }) => text);

    expect(content.version).toBe('1.4');
    expect(young).toStrictEqual([]);
  });
});

describe('law 11: a message is measured as its service measures it', () => {
  it.each(everyCase)('Slack: the bytes on the wire ($name, $locale)', ({ event, manner }) => {
    const payload: SlackMessage = slackPayload(event, manner);

    expect(slackLimits.size(payload)).toBe(Buffer.from(JSON.stringify(payload)).length);
  });

  it.each(everyCase)('Teams: the bytes that the flow counts ($name, $locale)', ({ event, manner }) => {
    const message = teamsPayload(event, manner);
    const [attachment] = message.attachments;
    const content = { ...attachment.content, speak: '한"'.repeat(8_000) };
    const huge = { ...message, attachments: [{ ...attachment, content }] as const };
    const { reason = '' } = answerTeams({ contentType: 'application/json', body: JSON.stringify(huge) });

    expect(reason).toContain(`Actual message properties size: ${teamsLimits.size(huge)} bytes`);
  });
});

describe('law 12: an event of a kind that nobody here knows is told all the same', () => {
  const { title: _, text: __, ...known } = examples.custom;
  const event = anyRelease.parse({ ...known, severity: 'info', kind: 'forecast', peak: 9 });

  it.each(localeNames)('neutrally, and by the same grammar (%s)', (locale) => {
    const reading = readEvent(event, voiceIn({ locale }));

    expect(reading).toMatchObject({
      state: locales[locale].state.custom.info,
      subject: { text: 'shop-web · forecast' },
    });
    expect(reading.sentence).toContain('shop-web · forecast');
    for (const chat of chatNames) {
      expect(visibleTexts(payloadOf(chat, event, { locale })).join('\n')).toContain('shop-web · forecast');
    }
  });
});

const boldIn = (value: unknown): readonly unknown[] => {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'style' in value && (value.style as { bold?: boolean }).bold === true ? [value] : [];
  return [...own, ...Object.values(value).flatMap(boldIn)];
};

const lengthOf = (payload: unknown): number =>
  stringsIn(payload).reduce((sum, { key, text }) => sum + (key === 'text' ? text.length : 0), 0);

/** Whether each of the slots stands in one of the texts, none before the one that precedes it. */
function inOrder(texts: readonly string[], slots: readonly string[]): boolean {
  let from = 0;
  return slots.every((slot) => {
    const at = texts.findIndex((text, index) => index >= from && text.includes(slot));
    from = at;
    return at >= 0;
  });
}

const utc = (milliseconds: number): string =>
  `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
