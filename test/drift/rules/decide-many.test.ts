import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/drift/rules/decide.ts';
import type { SetReading } from '../../../src/drift/rules/reading.ts';
import { parseState } from '../../../src/drift/rules/state.ts';
import { chatNames, localeNames, payloadOf, refusalOf, visibleTexts, voiceIn } from '../../support/payloads.ts';
import { SUBSCRIPTION, scaleSet } from '../support/models.ts';
import {
  behind,
  brief,
  DAY,
  MINUTE,
  quiet,
  Report,
  runReading,
  SETTINGS,
  START,
  scope,
  setReading,
} from '../support/runs.ts';

const OTHER = '99999999-2222-4333-8444-555555555555';
const other = { subscriptionId: OTHER, name: 'Test', read: 'full' } as const;
const named = (name: string, drifted = behind(10), over: Partial<SetReading> = {}) =>
  setReading(drifted, { ...over, set: scaleSet({ name, modelCreatedAt: '2026-11-19T21:10:00.000Z', ...over.set }) });

const fleet = (count: number, drifted = behind(10)) =>
  Array.from({ length: count }, (_, index) => named(`set-${index}`, drifted));

describe('the first run', () => {
  it('tells 3,000 sets in one digest and one that names more of them, and nothing more of them later', () => {
    const report = new Report(undefined);
    report.state = undefined;
    const all = runReading(fleet(3_000));

    const events = report.run(0, all);

    expect(brief(events)).toStrictEqual(['digest baseline warning 3000', 'digest baseline warning 2960']);
    expect(report.run(30, all)).toStrictEqual([]);
  });

  it('tells what there is by verdict, worst first, with the sets behind for longest', () => {
    const sets = [
      named('pending-new'),
      named('held', behind(10, { held: true })),
      named('old', behind(10), { change: { at: '2026-10-01T00:00:00.000Z', paths: [] } }),
      named('failed', behind(4), { set: { mode: 'Automatic' } as never }),
      named('aks', behind(10), { set: { tags: { 'aks-managed-poolName': 'p' } } as never }),
      named('clean', []),
    ];
    const scopes = [scope, { subscriptionId: OTHER, read: 'none', why: '403' } as const];

    const { events } = decide(undefined, runReading(sets, { scopes }), START, SETTINGS);

    expect(events[0]).toMatchObject({
      kind: 'digest',
      cause: 'baseline',
      severity: 'error',
      resource: { name: `sub:${SUBSCRIPTION}` },
      total: 4,
      resources: 4,
      since: '2026-10-01T00:00:00.000Z',
      tally: [
        { kind: 'drift', state: 'autoFailed', count: 1 },
        { kind: 'drift', state: 'pending', count: 2 },
        { kind: 'drift', state: 'held', count: 1 },
        { kind: 'drift', state: 'managed', count: 1 },
      ],
      stories: [
        { state: 'autoFailed', subject: 'failed', figure: '4 / 10', count: 1 },
        { state: 'pending', subject: 'old', figure: '10 / 10' },
        { state: 'pending', subject: 'pending-new' },
        { state: 'held', subject: 'held' },
      ],
      more: 0,
      unread: 1,
    });
    expect(brief(events.slice(1))).toStrictEqual([`driftUnreadable ${OTHER}`]);
  });

  it('says of the sets that it names why, and what their own messages would say to do', () => {
    const report = new Report(undefined);
    report.state = undefined;
    const [digest] = report.run(0, runReading(fleet(3)));
    if (digest?.kind !== 'digest') throw new Error('expected a digest');

    expect(digest.remedies?.map(({ subject }) => subject)).toStrictEqual(['set-0', 'set-1', 'set-2']);
    for (const { subject, reasons, advice, command = '' } of digest.remedies ?? []) {
      expect(reasons.length).toBeGreaterThan(0);
      expect(advice).toBe('replace');
      expect(command).toMatch(/^az vmss update-instances /);
      expect(command).toContain(` ${subject}`.trim());
    }
  });

  it('leaves out the remedies for which a message of the queue has no room, and no set', () => {
    const long = Array.from({ length: 40 }, (_, index) => named(`${index}-${'x'.repeat(60)}`));
    const [digest] = decide(undefined, runReading(long), START, SETTINGS).events;

    expect(Buffer.byteLength(JSON.stringify(digest))).toBeLessThan(44 * 1024);
    expect(digest).toMatchObject({ total: 40, more: 0 });
  });

  it('is silent where there is nothing', () => {
    expect(decide(undefined, runReading([named('clean', [])]), START, SETTINGS).events).toStrictEqual([]);
  });

  it('comes again after a state that cannot be read', () => {
    const report = new Report(undefined);
    report.state = parseState('{"version":1,"sets":');

    expect(brief(report.run(0, runReading(fleet(2))))).toStrictEqual(['digest baseline warning 2']);
  });
});

describe('many at once', () => {
  it('come as events up to twenty, and as one digest above', () => {
    const [few, many] = [new Report(), new Report()];
    few.read(0, ...fleet(20));
    many.read(0, ...fleet(21));

    expect(few.read(30, ...fleet(20))).toHaveLength(20);
    expect(brief(many.read(30, ...fleet(21)))).toStrictEqual(['digest many warning 21']);
    expect(many.read(60, ...fleet(21))).toStrictEqual([]);
    expect(brief(many.read(90, ...fleet(21, [])))).toStrictEqual(['digest many info 21']);
  });

  it('of one set twice count once', () => {
    const report = new Report();
    report.read(0, named('a'), named('A'));

    expect(report.read(30, named('a'), named('A'))).toHaveLength(1);
  });
});

describe('a subscription', () => {
  const both = (report: Report, minutes: number, read: 'full' | 'none' | 'part', ...sets: readonly SetReading[]) =>
    report.run(
      minutes,
      runReading(sets, { scopes: [scope, { ...other, read, ...(read === 'none' ? { why: '403' } : {}) }] }),
    );

  it('that cannot be read is told once, and once that it can be read again', () => {
    const report = new Report();
    both(report, 0, 'full');

    expect(both(report, 30, 'none')).toMatchObject([
      {
        kind: 'notice',
        topic: 'driftUnreadable',
        severity: 'warning',
        about: 'Test',
        reason: '403',
        source: 'drift',
        resource: { id: `/subscriptions/${OTHER}`, name: 'Test', subscriptionId: OTHER },
      },
    ]);
    expect(both(report, 60, 'none')).toStrictEqual([]);
    expect(both(report, 90, 'part')).toStrictEqual([]);
    expect(brief(both(report, 120, 'full'))).toStrictEqual(['driftReadable Test']);
    expect(both(report, 150, 'full')).toStrictEqual([]);
  });

  it('that was read in part is no news', () => {
    const report = new Report();

    expect(both(report, 0, 'part')).toStrictEqual([]);
    expect(both(report, 30, 'full')).toStrictEqual([]);
  });

  it('that vanished from the answers is told, and nothing in it is called resolved', () => {
    const report = new Report();
    const theirs = {
      set: scaleSet({ id: `/subscriptions/${OTHER}/x`, subscriptionId: OTHER }),
      total: 10,
      drifted: behind(10),
      unknown: 0,
    };
    both(report, 0, 'full', theirs);
    expect(brief(both(report, 30, 'full', theirs))).toStrictEqual(['opened pending warning 10/10']);

    expect(report.read(60)).toMatchObject([{ topic: 'driftUnreadable', about: OTHER, reason: 'not listed' }]);
    expect(report.read(90)).toStrictEqual([]);
    expect(Object.keys(report.state?.sets ?? {})).toStrictEqual([`/subscriptions/${OTHER}/x`]);
    expect(brief(both(report, 120, 'full', theirs))).toStrictEqual(['driftReadable Test']);
    expect(brief(both(report, 150, 'full', { ...theirs, drifted: [] }))).toStrictEqual([
      'resolved pending warning 0/10',
    ]);
  });

  it('that is gone for a month takes what was known of it along', () => {
    const report = new Report();
    const theirs = setReading(behind(10), {
      set: scaleSet({ id: `/subscriptions/${OTHER}/x`, subscriptionId: OTHER }),
    });
    both(report, 0, 'full', theirs);
    report.read(30);

    report.read(29 * 24 * 60);
    expect(Object.keys(report.state?.sets ?? {})).toHaveLength(1);
    report.read(31 * 24 * 60);
    expect(report.state?.sets).toStrictEqual({});
  });

  it('of a tenant that shows none is told by the word for it, and has no address', () => {
    const tenant = { subscriptionId: 'tenant', read: 'none', why: 'NoSubscription' } as const;
    const [notice] = decide(quiet(), runReading([], { scopes: [scope, tenant] }), START, SETTINGS).events;

    expect(notice).toMatchObject({ topic: 'driftUnreadable', about: 'tenant' });
    expect(notice?.resource).toStrictEqual({ name: 'tenant', type: 'Microsoft.Resources/subscriptions' });
  });

  it('among many that cannot be read shares one notice with them', () => {
    const scopes = ['a', 'b', 'c'].map((subscriptionId) => ({ subscriptionId, read: 'none', why: '403' }) as const);
    const { events } = decide(quiet(), runReading([], { scopes: [scope, ...scopes] }), START, SETTINGS);

    expect(events).toMatchObject([{ topic: 'driftUnreadable', about: 'a, b, c', count: 3, reason: '403' }]);
  });
});

describe('hidden drift', () => {
  const latest = (newest: string, inUse: Readonly<Record<string, number>>, drifted = behind(0)) =>
    setReading(drifted, {
      newestImages: { key: 'westeurope/canonical:ubuntu:server', versions: [{ version: newest }] },
      inUse: Object.entries(inUse).map(([version, count]) => ({ version, count })),
    });
  const days = (count: number) => (count * DAY) / MINUTE;

  it('is told when a newer image has been there for two weeks, and more loudly after two months', () => {
    const report = new Report();
    report.read(0, latest('1.0.9', { '1.0.9': 10 }));
    report.read(days(1), latest('1.0.10', { '1.0.9': 10 }));

    expect(report.read(days(14), latest('1.0.11', { '1.0.9': 8, '1.0.10': 2 }))).toStrictEqual([]);
    const events = report.read(days(15), latest('1.0.11', { '1.0.9': 8, '1.0.10': 2 }));

    expect(events).toMatchObject([
      {
        verdict: 'hidden',
        severity: 'info',
        behind: 8,
        since: new Date(START + DAY).toISOString(),
        reasons: [{ reason: 'imageVersion', from: '1.0.9', to: '1.0.11', count: 8 }],
        advice: 'monitor',
      },
    ]);
    expect(report.read(days(16), latest('1.0.11', { '1.0.9': 8 }))).toStrictEqual([]);
    const reminded = [22, 29, 36, 43, 50, 57].flatMap((day) =>
      report.read(days(day), latest('1.0.11', { '1.0.9': 8 })),
    );
    expect(brief(reminded)).toStrictEqual(reminded.map(() => 'reminder hidden info 8/10'));
    expect(brief(report.read(days(61), latest('1.0.11', { '1.0.9': 8 })))).toStrictEqual([
      'changed hidden warning 8/10',
    ]);
  });

  it('stands while nobody looks at images, and is over when they are new', () => {
    const report = new Report();
    report.read(0, latest('1.0.10', { '1.0.9': 10 }));
    expect(brief(report.read(days(15), latest('1.0.10', { '1.0.9': 10 })))).toStrictEqual(['opened hidden info 10/10']);

    expect(report.read(days(15) + 30, setReading([]))).toStrictEqual([]);
    expect(brief(report.read(days(16), latest('1.0.10', { '1.0.10': 10 })))).toStrictEqual([
      'resolved hidden info 0/10',
    ]);
  });

  it('is a story of its own: drift that ends is resolved first', () => {
    const report = new Report();
    report.read(0, latest('1.0.10', { '1.0.9': 10 }));
    report.read(days(15), setReading(behind(10)));
    expect(brief(report.read(days(15) + 30, setReading(behind(10))))).toStrictEqual(['opened pending warning 10/10']);

    expect(brief(report.read(days(16), latest('1.0.10', { '1.0.9': 10 })))).toStrictEqual([
      'resolved pending warning 0/10',
    ]);
    expect(report.read(days(16), latest('1.0.10', { '1.0.9': 10 }))).toStrictEqual([]);
    expect(brief(report.read(days(17), latest('1.0.10', { '1.0.9': 10 })))).toStrictEqual(['opened hidden info 10/10']);
  });
});

describe('a digest of drift', () => {
  it('names forty sets with their age, and those beyond in one more for each environment', () => {
    const all = Array.from({ length: 60 }, (_, index) => {
      const environment = index % 2 === 0 ? 'prod' : 'dev';
      const set = scaleSet({ name: `set-${`${index}`.padStart(2, '0')}`, tags: { environment } });
      return setReading(behind(10), { set });
    });
    const events = decide(undefined, runReading(all), START, SETTINGS).events.filter(({ kind }) => kind === 'digest');

    const named = events.flatMap((event) =>
      event.kind === 'digest' ? [...event.stories, ...(event.named ?? [])] : [],
    );
    expect(new Set(named.map(({ subject }) => subject)).size).toBe(60);
    expect(events.map((event) => [event.environment, event.kind === 'digest' && event.total])).toStrictEqual([
      [undefined, 60],
      ['prod', 10],
      ['dev', 10],
    ]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
    expect(named[0]).toMatchObject({ state: 'pending', figure: '10 / 10', since: expect.stringMatching(/^2026-/) });
  });

  describe.each(localeNames)('in %s', (locale) => {
    const names = Array.from({ length: 40 }, (_, index) => `vmss-checkout-api-weu-prod-${`${index}`.padStart(2, '0')}`);
    const told = (all: readonly string[]) => {
      const sets = all.map((name) =>
        setReading(behind(10), { set: scaleSet({ name, tags: { environment: 'production' } }) }),
      );
      const [digest] = decide(undefined, runReading(sets), START, SETTINGS).events;
      if (digest === undefined) throw new Error('there is no digest');
      return digest;
    };

    it.each(chatNames)('is a message with forty names in %s, within what it takes', (chat) => {
      const payload = payloadOf(chat, told(names), { locale });
      const text = visibleTexts(payload).join('\n');

      expect(names.filter((name) => !text.includes(name))).toStrictEqual([]);
      expect(refusalOf(chat, payload)).toBeUndefined();
    });

    it.each(chatNames)('counts in %s what there is no room for', (chat) => {
      const long = names.map((name) => `${name}${'가'.repeat(40)}`.slice(0, 64));
      const payload = payloadOf(chat, told(long), { locale });
      const text = visibleTexts(payload).join('\n');
      const shown = names.filter((name) => text.includes(name)).length;

      expect(shown).toBeGreaterThanOrEqual(10);
      expect(text.includes(voiceIn({ locale }).say.more(40 - shown))).toBe(shown < 40);
      expect(refusalOf(chat, payload)).toBeUndefined();
    });
  });
});
