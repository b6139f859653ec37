import { describe, expect, it } from 'vitest';
import { samples } from '../../src/cli/samples.ts';
import { asTest, testMessage } from '../../src/cli/try-out.ts';
import { bundle } from '../../src/delivery/rules/bundle.ts';
import { formatSlack } from '../../src/destinations/slack/message.ts';
import { formatTeams } from '../../src/destinations/teams/message.ts';
import { eventKinds, event as eventSchema } from '../../src/event/event.ts';
import { locales } from '../../src/locales/registry.ts';
import { readEvent } from '../../src/message/reading.ts';
import { examples } from '../support/examples.ts';

const AT = '2026-11-21T08:00:00.000Z';

it('there is one sample of every kind', () => {
  expect(samples.map(({ kind }) => kind).toSorted()).toStrictEqual([...eventKinds].toSorted());
});

it('the test message is an event', () => {
  expect(eventSchema.parse(testMessage(AT))).toStrictEqual(testMessage(AT));
});

describe.each(Object.entries(locales))('in %s', (locale, say) => {
  it.each(Object.values(examples))(
    'a test of $kind begins with it, in the first line and in the push text of every chat',
    (event) => {
      const test = asTest(event, AT);
      const slack = formatSlack(test, { say, timeZone: 'UTC' });
      const teams = JSON.stringify(formatTeams(test, { say, timeZone: 'UTC' }).attachments[0].content.body?.[0]);

      expect(slack.text.startsWith(`${say.test} · `), slack.text).toBe(true);
      expect(formatTeams(test, { say, timeZone: 'UTC' }).summary.startsWith(`${say.test} · `)).toBe(true);
      expect(JSON.stringify(slack.blocks)).toContain(`"🧪 "},{"type":"text","text":"${say.test} · `);
      expect(teams).toContain(`"🧪 ${say.test} · `);
      expect([slack.text, teams].join().split(say.test), `${locale}: said once in each`).toHaveLength(3);
    },
  );
});

it('the mark of a test is said, and no fact of its own', () => {
  const { facts } = readEvent(asTest(examples.alert, AT), { say: locales.en, timeZone: 'UTC' });

  expect(facts.map(({ label }) => label)).not.toContain('test');
});

it('a test among others is marked in their digest, comes last and makes it no worse', () => {
  const real = { ...examples.custom, severity: 'warning', title: 'Disk is nearly full' } as const;
  const test = asTest({ ...examples.alert, level: 'Sev0', severity: 'critical' }, AT);
  const { event } = bundle([{ event: test }, { event: real }], 'ops');
  const { sentence, list } = readEvent(event, { say: locales.en, timeZone: 'UTC' });

  expect(event.severity).toBe('warning');
  expect(sentence).toMatch(/^Warning: Disk is nearly full/);
  expect(list?.items.map(({ text }) => text)).toStrictEqual([
    expect.stringMatching(/^Disk is/),
    expect.stringMatching(/^TEST · CPU/),
  ]);
});

it('a digest of tests alone leads with the mark', () => {
  const tests = [examples.alert, examples.custom].map((event) => ({ event: asTest(event, AT) }));
  const { sentence, state } = readEvent(bundle(tests, 'ops').event, { say: locales.en, timeZone: 'UTC' });

  expect([sentence, state]).toStrictEqual([expect.stringMatching(/^TEST · /), expect.stringMatching(/^TEST · /)]);
});

it.each(Object.values(examples))('a test of $kind is neither the occurrence nor a part of its story', (event) => {
  const test = asTest(event, AT);

  expect(test.id).not.toBe(event.id);
  expect(test.id).not.toBe(asTest(event, '2026-11-21T08:00:01.000Z').id);
  if (event.story !== undefined) expect(test.story).toBe(`test/${event.story}`);
  expect(test.properties).toMatchObject({ test: 'yes' });
});
