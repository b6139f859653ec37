import { describe, expect, it } from 'vitest';
import { delivery } from '../../src/delivery/rules/delivery.ts';
import type { Brief } from '../../src/event/brief.ts';
import { type EventOf, eventKinds, type RelayEvent } from '../../src/event/event.ts';
import { withHelp } from '../../src/event/help.ts';
import { shortId } from '../../src/event/identity.ts';
import { noticeTopics } from '../../src/event/notice.ts';
import { en } from '../../src/locales/en/en.ts';
import { PRODUCTS } from '../../src/locales/parts.ts';
import { locales } from '../../src/locales/registry.ts';
import { readEvent } from '../../src/message/reading.ts';
import type { Voice } from '../../src/message/slots.ts';
import { BUDGET } from '../../src/message/trim.ts';
import { examples } from '../support/examples.ts';
import { storedBefore } from '../support/fixtures.ts';
import { chatNames, localeNames, payloadOf, visibleTexts } from '../support/payloads.ts';
import { ANSWER_REASONS } from '../support/reasons.ts';

const COUNTS = 'The autoscale engine attempting to scale resource from 3 instances count to 6 instances count.';

const voice: Voice = { say: en, timeZone: 'UTC' };

const scale = (change: Partial<EventOf<'scale'>>) => readEvent({ ...examples.scale, ...change }, voice);
const custom = (change: Partial<EventOf<'custom'>>) => readEvent({ ...examples.custom, ...change }, voice);
const factOf = ({ facts }: ReturnType<typeof scale>, label: string) =>
  facts.find((fact) => fact.label === label)?.value;

describe('a push text', () => {
  const title =
    'Certificate of shop.example.com and of twelve more hosts in the front door profile expires in seven days';

  it('is cut at the end of a word, and shows that it was', () => {
    expect(custom({ title, text: 'Renew it.' }).sentence).toMatch(/in the front door… /);
    expect(custom({ title, text: undefined }).sentence).toContain('expires in seven days');
  });
});

describe('what is critical', () => {
  const kinds = eventKinds.filter((kind) => kind !== 'digest');
  const ways = localeNames.flatMap((locale) => kinds.map((kind) => [locale, kind] as const));

  it.each(ways)('says so first in words, in %s of %s', (locale, kind) => {
    const say = locales[locale];
    const { level: _, ...event } = { ...examples[kind], level: undefined, severity: 'critical' as const };
    const { sentence, ...reading } = readEvent(event as RelayEvent, { say, timeZone: 'UTC' });

    expect(sentence.slice(0, 60)).toContain(say.state.custom.critical);
    expect([reading.mark, reading.state, reading.figure].join()).toContain(say.state.custom.critical);
  });

  it.each([
    ['an end', { ...examples.deployment, phase: 'succeeded' as const }, {}],
    ['a test', { ...examples.scale, properties: { test: 'yes' } }, {}],
    ['what is over', examples.scale, { replayed: { over: examples.scale.occurredAt } }],
    ['a level', { ...examples.alert, level: 'Sev0' as const }, {}],
  ])('is not said of %s', (_, event, telling) => {
    expect(readEvent({ ...event, severity: 'critical' }, voice, telling).sentence).not.toContain('Critical');
  });
});

describe('an alert in a word that nobody knows', () => {
  it.each(localeNames)('says so before all else, in %s', (locale) => {
    const say = locales[locale];
    const event = { ...examples.alert, word: 'Acknowledged' };
    const { sentence, state } = readEvent(event, { say, timeZone: 'UTC' });

    expect(state).toBe(say.state.alert.unknown);
    expect(sentence.slice(0, 60)).toMatch(/Acknowledged.*Sev/);
    expect(sentence).not.toContain(say.state.alert.fired);
  });
});

describe('a reading of scaling', () => {
  it.each([
    ['started', 'out', 'info', '📈', 'Scaling out', '3 → 6'],
    ['succeeded', 'out', 'info', '📈', 'Scaled out', '3 → 6'],
    ['started', 'in', 'neutral', '📉', 'Scaling in', '3 → 6'],
    ['succeeded', 'in', 'neutral', '📉', 'Scaled in', '3 → 6'],
    ['failed', 'out', 'danger', '🚨', 'Scaling out failed', '3, not 6'],
    ['failed', 'in', 'danger', '🚨', 'Scaling in failed', '3, not 6'],
    ['held', 'out', 'warning', '✋', 'Scaling out held back', '3, not 6'],
    ['held', 'in', 'warning', '✋', 'Scaling in held back', '3, not 6'],
  ] as const)('that has %s, %s, is %s %s', (phase, direction, tone, emoji, state, figure) => {
    expect(scale({ phase, direction })).toMatchObject({ tone, emoji, state, figure });
  });

  it.each([
    [3, 6, '3 → 6 (+3)'],
    [6, 3, '6 → 3 (−3)'],
    [3, 3, '3 → 3 (±0)'],
    [0, 1, '0 → 1 (+1)'],
  ])('tells the change from %i to %i', (from, to, value) => {
    expect(factOf(scale({ from, to }), 'Instances')).toBe(value);
  });

  it('tells the new number alone where the old one is not known', () => {
    const { from: _, ...event } = examples.scale;
    const reading = readEvent(event, voice);

    expect(reading.figure).toBe('6');
    expect(factOf(reading, 'Instances')).toBe('6');
    expect(reading.sentence).toBe('Scaling out: shop-web (prod, Korea Central) to 6\u00a0instances.');
  });

  it.each(localeNames)('says of what stopped where it stays and where it should have gone, in words (%s)', (name) => {
    const stopped = (['failed', 'held'] as const).map((phase) =>
      readEvent({ ...examples.scale, phase, from: 1_000, to: 900 }, { ...voice, say: locales[name] }),
    );

    for (const { figure = '', sentence, facts } of stopped) {
      const wanted = facts.find(({ label }) => label === locales[name].label.wanted);

      expect(figure).toMatch(/1000.*900/);
      expect(figure).toMatch(/\p{L}{2,}/u);
      expect(figure.length).toBeLessThanOrEqual(18);
      // One word for what was wanted, above and below.
      expect(sentence.toLowerCase()).toContain(wanted?.label.toLowerCase());
    }
  });

  it('says a count once where nothing was to change', () => {
    expect(scale({ phase: 'held', from: 3, to: 3 }).figure).toBe('3');
  });

  it.each([
    ['a short reason', { reason: 'Quota exceeded for standardDSv5Family.' }, 'Quota exceeded for standardDSv5Family.'],
    [
      'the first sentence of a long one, without ids',
      { reason: `Cannot scale down due to flapping of '${examples.scale.resource.id}'. Current instance count: '2'` },
      "Cannot scale down due to flapping of 'shop-web'.",
    ],
    ['the code in place of one that only counts', { reason: COUNTS, errorCode: 'QuotaExceeded' }, 'QuotaExceeded.'],
    ['the code alone', { reason: undefined, errorCode: 'QuotaExceeded' }, 'QuotaExceeded.'],
  ])('says why it stopped, in the push text: %s', (_what, change, why) => {
    for (const phase of ['failed', 'held'] as const) {
      expect(scale({ phase, ...change }).sentence.endsWith(`6 wanted; ${why}`)).toBe(true);
    }
  });

  it('says nothing more where nobody says why', () => {
    expect(scale({ phase: 'failed', reason: COUNTS }).sentence.endsWith('6 wanted.')).toBe(true);
  });

  it('names resources by their names in the text below, and leaves addresses whole', () => {
    const link = `https://portal.azure.com/#resource${examples.scale.resource.id}`;
    const text = (reason: string) => scale({ phase: 'failed', reason }).body?.text;

    expect(text(`Cannot scale '${examples.scale.resource.id}': quota.`)).toBe("Cannot scale 'shop-web': quota.");
    expect(text(`See ${link}`)).toBe(`See ${link}`);
  });

  it('tells what still runs and what was wanted when it failed, and claims no change', () => {
    const reading = scale({ phase: 'failed', from: 1, to: 6 });

    expect(factOf(reading, 'Still running')).toBe('1\u00a0instance');
    expect(factOf(reading, 'Wanted')).toBe('6\u00a0instances');
    expect(factOf(reading, 'Instances')).toBeUndefined();
    expect(JSON.stringify(reading)).not.toContain('→');
  });

  it('tells how long it took once it is done, where that is known', () => {
    expect(factOf(scale({ phase: 'succeeded', duration: 240 }), 'Duration')).toBe('4\u00a0min');
    expect(factOf(scale({ phase: 'succeeded' }), 'Duration')).toBeUndefined();
  });

  it('is shorter when it is scaling in: no body, and the place in the origin', () => {
    const reading = scale({ direction: 'in' });

    expect(reading.body).toBeUndefined();
    expect(reading.origin.place).toBe('prod · Korea Central');
    expect(reading.facts.map(({ label }) => label)).toStrictEqual(['Instances', en.label.setting, 'team']);
  });

  it('does not say the environment twice', () => {
    const { facts } = scale({ properties: { environment: 'prod', env: 'prod', team: 'shop' } });

    expect(facts.map(({ label }) => label)).toStrictEqual([
      'Instances',
      en.label.setting,
      'Resource group',
      'Environment',
      'team',
    ]);
  });

  it('names the region by itself where there is no environment', () => {
    const { environment: _, ...event } = examples.scale;

    expect(factOf(readEvent(event, voice), 'Region')).toBe('Korea Central');
  });
});

describe('a reading of an event posted by hand', () => {
  it.each([
    ['info', 'info', '🔵', 'Information'],
    ['warning', 'warning', '🟠', 'Warning'],
    ['error', 'danger', '🔴', 'Error'],
    ['critical', 'danger', '🚨', 'Critical'],
  ] as const)('of severity %s is %s %s', (severity, tone, emoji, state) => {
    expect(custom({ severity })).toMatchObject({ tone, emoji, state });
  });

  it('has no figure, and its own text for a body', () => {
    const reading = custom({ text: 'Renew it.' });

    expect(reading.figure).toBeUndefined();
    expect(reading.body).toStrictEqual({ label: 'Message', text: 'Renew it.' });
  });

  it('does not name a resource that is only its title again', () => {
    expect(factOf(custom({ title: 'shop-web' }), 'Resource')).toBeUndefined();
    expect(factOf(custom({}), 'Resource')).toBe('shop-web');
  });

  it('leads to its resource, or else to its first link', () => {
    const links = [
      { rel: 'run', url: 'https://a.example/' },
      { rel: 'resource', url: 'https://b.example/' },
    ];

    expect(custom({ links }).subject.url).toBe('https://b.example/');
    expect(custom({ links: links.slice(0, 1) }).subject.url).toBe('https://a.example/');
    expect(custom({ links: [] }).subject.url).toBeUndefined();
  });
});

describe('the reading of a failed scaling', () => {
  const failed = { ...examples.scale, phase: 'failed', errorCode: 'QuotaExceeded' } as const;

  it('names the error code, to be copied', () => {
    const { facts } = readEvent(failed, voice);

    expect(facts).toContainEqual({ label: 'Error code', value: 'QuotaExceeded', code: true });
  });

  it('has the words of autoscale only where autoscale said them', () => {
    expect(readEvent(failed, voice).body?.label).toBe('Autoscale says');
    expect(readEvent({ ...failed, source: 'custom' }, voice).body?.label).toBe('Message');
  });
});

describe('the buttons of a reading', () => {
  it.each([
    ['resource', 'Open resource'],
    ['scale-history', 'Scale history'],
    ['run', 'View run'],
    ['logs', 'View logs'],
    ['dashboard', 'Dashboard'],
    ['runbook', 'Runbook'],
    ['anything', 'View details'],
  ])('are titled by what they lead to (%s)', (rel, title) => {
    expect(custom({ links: [{ rel, url: 'https://a.example/' }] }).actions).toStrictEqual([
      { title, hint: `${title}: ${examples.custom.title}`, url: 'https://a.example/' },
    ]);
  });
});

describe('the buttons of a reading', () => {
  it('have the runbook second, where a narrow card still shows it', () => {
    const links = ['resource', 'scale-history', 'runbook'].map((rel) => ({ rel, url: `https://example.com/${rel}` }));

    expect(readEvent({ ...examples.scale, links }, voice).actions.map(({ title }) => title)).toStrictEqual([
      'Open resource',
      'Runbook',
      'Scale history',
    ]);
  });
});

describe('the origin of a reading', () => {
  it('names the source as people know it, and by its own name where nobody does', () => {
    expect(scale({}).origin.source).toBe('Azure autoscale');
    expect(scale({ source: 'somebody' }).origin.source).toBe('somebody');
  });

  it('has the time of the event, as it was and in the zone of the receiver', () => {
    expect(readEvent(examples.scale, { ...voice, timeZone: 'Asia/Seoul' }).origin).toMatchObject({
      occurredAt: '2026-11-20T14:05:09.962Z',
      written: 'Nov 20, 2026, 11:05 PM GMT+9 (2026-11-20 14:05 UTC)',
    });
  });
});

describe('the reading of a drift', () => {
  const drift = (change: Partial<EventOf<'drift'>>) => readEvent({ ...examples.drift, ...change }, voice);

  it('says how many, for how long, why, and what to do', () => {
    const reading = drift({});

    expect(reading).toMatchObject({ tone: 'warning', emoji: '🔍', state: 'Drift found', figure: '6 / 10' });
    expect(factOf(reading, 'Instances')).toBe('6 of 10');
    expect(factOf(reading, 'Behind for')).toBe('at least 1\u00a0day 2\u00a0hr');
    expect(reading.list?.items).toStrictEqual([
      { text: 'image version: shop_web 1.4.2 → 1.5.0 (6)' },
      { text: 'extension settings differ: CustomScript (6)' },
      { text: 'VM size: Standard_D2s_v5 → Standard_D4s_v5 (1)' },
    ]);
    expect(reading.body).toStrictEqual({
      label: 'Update (wipes OS disks)',
      text: examples.drift.command,
      form: 'command',
    });
  });

  it('never claims an age that nobody measured', () => {
    const { since: _, ...unseen } = examples.drift;

    expect(factOf(readEvent(unseen, voice), 'Behind for')).toBeUndefined();
    expect(factOf(drift({ since: examples.drift.occurredAt }), 'Behind for')).toBeUndefined();
  });

  it.each([
    [2, undefined],
    [3, 'at least 3 (limit 10)'],
    [7, 'at least 7 (limit 10)'],
  ])('tells of the models in use from three on (%i)', (modelsAtLeast, value) => {
    expect(factOf(drift({ modelsAtLeast }), 'Models in use')).toBe(value);
  });

  it('looks worse than its verdict where it is', () => {
    expect(drift({ severity: 'error' }).tone).toBe('danger');
    expect(drift({ verdict: 'canary', severity: 'info' })).toMatchObject({ tone: 'info', emoji: '🐤' });
  });

  it('that is over says how long it lasted, and no more', () => {
    const reading = drift({ change: 'resolved', behind: 0 });
    const unseen = drift({ change: 'resolved', behind: 0, unseen: true });

    expect(reading).toMatchObject({ tone: 'good', emoji: '✅', state: 'Drift resolved' });
    expect(unseen).toMatchObject({ tone: 'info', emoji: '🔍', state: 'No drift visible any more' });
    expect(unseen.body?.text).toContain('custom data and passwords');
    expect(reading.facts.map(({ label }) => label)).toStrictEqual(['Lasted']);
    expect([reading.figure, reading.list, reading.body]).toStrictEqual([undefined, undefined, undefined]);
  });

  it('that is over says nothing of how long it lasted where nobody knows', () => {
    const { since: _, ...unseen } = examples.drift;

    expect(factOf(readEvent({ ...unseen, change: 'resolved', behind: 0 }, voice), 'Lasted')).toBeUndefined();
  });

  it('names who changed the model as the settings allow', () => {
    expect(factOf(drift({ modelChangedBy: 'App' }), 'Model changed')).toBe('(2026-11-19 21:10 UTC) · an app');
    expect(factOf(drift({ modelChangedBy: 'kim.minji' }), 'Model changed')).toBe('(2026-11-19 21:10 UTC) · kim.minji');
  });
});

describe('the reading of a digest', () => {
  const { named: _, ...unnamed } = examples.digest;
  const digest = (change: Partial<EventOf<'digest'>>) => readEvent({ ...unnamed, ...change }, voice);

  describe.each(localeNames)('in %s', (locale) => {
    const say = locales[locale];
    const led = (first: Partial<Brief>) =>
      readEvent(
        { ...unnamed, stories: [{ ...unnamed.stories[0], ...first } as Brief & { count: number }] },
        { say, timeZone: 'UTC' },
      );

    it.each([
      ['alert', 'fired', 'critical'],
      ['alert', 'fired', 'warning'],
      ['deployment', 'failed', 'error'],
      ['scale', 'failedOut', 'critical'],
      ['custom', 'critical', 'critical'],
    ] as const)('names how bad %s %s of severity %s is, first', (kind, state, severity) => {
      const { figure: _, ...reading } = led({ kind, state, severity, figure: undefined });

      expect(reading.state).toContain(say.state.custom[severity]);
      expect(reading.sentence.startsWith(reading.state)).toBe(true);
      expect(reading.state.length).toBeLessThanOrEqual(BUDGET.state + say.state.custom[severity].length + 3);
    });

    it('names a level by itself, and how it is treated where that is otherwise', () => {
      const level = { kind: 'alert', state: 'fired', figure: 'Sev3' } as const;

      expect(led({ ...level, severity: 'info' }).state).toBe('Sev3');
      expect(led({ ...level, severity: 'critical' }).state).toBe(`Sev3 (${say.treated(say.state.custom.critical)})`);
    });
  });

  it('begins with what leads it, and counts the rest', () => {
    const reading = digest({});

    expect(reading).toMatchObject({
      ...{ tone: 'danger', emoji: '🚨', state: 'Sev1', figure: 'and 8 more' },
      subject: { text: 'CPU > 90 % on vm_app_01', where: ' (prod)', url: 'https://portal.azure.com/#alert/cpu' },
    });
    expect(reading.sentence).toMatch(/^Sev1 CPU > 90 % on vm_app_01 \(prod\), and 8\smore, 1\sof them as severe\. /);
  });

  it('names what leads without a level by its state, and alone where nothing else is in it', () => {
    const stories = examples.digest.stories.filter(({ kind }) => kind === 'deployment');

    expect(digest({ stories, more: 0, severity: 'info' })).toMatchObject({
      ...{ state: 'Deployment succeeded', subject: { text: 'shop → production' }, figure: undefined, emoji: '✅' },
      sentence: expect.stringMatching(/^Deployment succeeded: shop → production\. /),
    });
  });

  it('of the release before is led by the worst that is not over as well', () => {
    const { event } = delivery.parse(storedBefore('digest-0.1.0'));
    const reading = readEvent(event, voice);

    expect(reading.sentence).toMatch(/^Deployment failed: acme\/checkout → production, and 2\smore\. /);
    expect(reading.list?.items.map(({ text }) => text)).toStrictEqual([
      ...['acme/checkout → production', 'db-disk', 'web-cpu'],
    ]);
  });

  it('counts states, and lists the newest of each story with its place and its page', () => {
    const reading = digest({});

    expect(factOf(reading, 'Many events at once')).toBe('48\u00a0events · 9\u00a0resources');
    expect(factOf(reading, 'Scaled out')).toBe('23');
    expect(reading.list).toMatchObject({ more: 4 });
    expect(reading.list?.items[2]).toStrictEqual({
      text: 'shop-web (prod)',
      url: 'https://portal.azure.com/#resource/shop-web',
      said: 'Scaled out 3\u00a0→\u00a09 · 24\u00a0events · out and in again: check cool-down and thresholds',
    });
  });

  it('of drift counts scale sets, and says what could not be read', () => {
    const reading = digest({ cause: 'baseline', total: 37 });

    expect(factOf(reading, 'First drift check')).toBe('37\u00a0scale sets');
    expect(factOf(reading, 'Subscriptions not read')).toBe('2');
    expect(factOf(reading, 'First event')).toBeUndefined();
  });

  it('shows a state that only a later release has words for by its own name', () => {
    const stories = [{ kind: 'forecast', state: 'constructor', subject: 'shop-web', count: 1 }];
    const tally = [{ kind: '__proto__', state: 'toString', count: 3 }];
    const reading = digest({ stories, tally });

    expect(reading.list?.items).toStrictEqual([{ text: 'shop-web', url: undefined, said: 'constructor' }]);
    expect(factOf(reading, 'toString')).toBe('3');
  });

  it('without stories has no list', () => {
    expect(digest({ stories: [] })).toMatchObject({
      ...{ list: undefined, state: 'Many events at once', subject: { text: '9\u00a0resources' } },
      ...{ figure: '48\u00a0events', sentence: 'Many events at once (prod): 48\u00a0events, 9\u00a0resources.' },
    });
  });
});

const REASONS = [
  ...ANSWER_REASONS,
  ...['AuthorizationFailed', '403', 'not listed', 'NoToken', 'NoAnswer', 'not tried'],
  ...['Conflict', '409', 'NotUnderstood'],
  ...[301, 400, 401, 403, 404, 405, 408, 410, 413, 422, 500, 503].map((status) => `status-${status}`),
];

describe('the reading of a notice', () => {
  const notice = (change: Partial<EventOf<'notice'>>) => readEvent({ ...examples.notice, ...change }, voice);
  const events = [
    { kind: 'custom', state: 'critical', subject: 'Disk full on db-1', severity: 'critical', place: 'prod' },
  ] as const;

  it.each([
    ['receiverBroken', 'danger', '🚨'],
    ['receiverBack', 'good', '✅'],
    ['deadLetters', 'warning', '🟠'],
  ] as const)('about %s is %s %s', (topic, tone, emoji) => {
    const severity = topic === 'receiverBroken' ? 'error' : 'warning';

    expect(notice({ topic, severity })).toMatchObject({ tone, emoji, figure: '12\u00a0events' });
  });

  it('of bad events looks as bad as they are, names them, and counts the rest', () => {
    const reading = notice({
      topic: 'deadLetters',
      severity: 'critical',
      reason: 'status-404',
      events: [...events],
      count: 3,
    });

    expect(reading).toMatchObject({ tone: 'danger', emoji: '🚨', figure: '3\u00a0events', list: { more: 2 } });
    expect(reading.sentence).toBe(
      'Critical · Undelivered messages waiting: ops-slack (prod), 3\u00a0events: Disk full on db-1 (prod) and 2 more; ops-teams gets them instead; there is nothing at its URL any more: make a new webhook and put its URL into the configuration.',
    );
    expect(reading.list?.items).toMatchObject([{ text: 'Disk full on db-1 (prod)', said: 'Critical' }]);
  });

  it('shows what is wrong with a file in its own words, and a code never', () => {
    const problem = 'relay.yaml:3:5  receivers.ops: expected a type';

    expect(notice({ topic: 'configuration', reason: problem }).body?.text).toContain(problem);
    expect(notice({ topic: 'driftUnreadable', reason: 'AuthorizationFailed, 403' }).body?.text).toContain(
      en.notice.advice.noRole,
    );
  });

  it('counts subscriptions, or scale sets, where it speaks of them', () => {
    const many = { name: 'Prod, Test, Dev', type: 'Microsoft.Resources/subscriptions' };
    expect(notice({ topic: 'driftUnreadable', count: 3, resource: many }).figure).toBe('3\u00a0subscriptions');
    const resource = { name: 'web, api', type: 'Microsoft.Compute/virtualMachineScaleSets' };
    const ofSets = notice({ topic: 'driftUnreadable', count: 2, about: 'web, api', resource });
    expect(ofSets.figure).toBe('2\u00a0scale sets');
    expect(ofSets.sentence).toMatch(/: web, api \(prod\), 2\u00a0scale sets[:;]/);
  });

  it('says of each trouble of scale sets what to do, and of how many, what somebody has to do first', () => {
    const event: Partial<EventOf<'notice'>> = {
      ...{
        topic: 'driftUnreadable' as const,
        about: 'web, api, db',
        count: 3,
        reason: 'Conflict, AuthorizationFailed',
      },
      reasons: [
        { reason: 'Conflict', status: 409, count: 2 },
        { reason: 'AuthorizationFailed', status: 403, count: 1 },
      ],
      resource: { name: 'web, api, db', type: 'Microsoft.Compute/virtualMachineScaleSets' },
    };
    const { azureBusy, noRole } = en.notice.advice;
    const lines = [`1\u00a0scale set: ${noRole}`, `2\u00a0scale sets: ${azureBusy}`];

    expect(notice(event).body?.text.split('\n').slice(-3, -1)).toStrictEqual(lines);
    expect(notice(event).sentence).toContain(lines.join('; '));
    const alone = notice({ ...event, reasons: [{ reason: 'OperationNotAllowed', status: 409, count: 3 }] });
    expect(alone.sentence).toMatch(new RegExp(`; ${azureBusy}\\.$`));
  });

  it('of the release before is read, and says what to do', () => {
    const { event } = delivery.parse(storedBefore('notice-0.1.0'));

    expect(readEvent(event, voice).sentence).toBe(
      'Receiver not working: ops-slack; there is nothing at its URL any more: make a new webhook and put its URL into the configuration.',
    );
  });

  describe.each(localeNames)('in %s', (locale) => {
    const say = locales[locale];
    const reasons = [...REASONS, 'a_word_of_tomorrow', undefined, 'something that nobody knows'];
    const every = noticeTopics.flatMap((topic) => reasons.map((reason) => ({ topic, ...(reason && { reason }) })));

    it.each(every)('about $topic for $reason says what to do, and never a code', ({ topic, reason }) => {
      const { reason: _, events: __, ...rest } = examples.notice;
      const event = withHelp(
        { ...rest, topic, ...(reason && { reason }), links: [] },
        'https://git.example.com/relay/docs/',
      );
      const reading = readEvent(event, { say, timeZone: 'UTC' });
      const told = JSON.stringify([reading.sentence, reading.body, reading.facts, reading.subject, reading.state]);

      expect(reading.body?.label).toBe(say.label.next);
      expect(reading.sentence).toContain(reading.body?.text.split('\n')[0]);
      expect(reading.sentence.length).toBeLessThanOrEqual(300);
      expect(told).not.toMatch(/status-\d|[a-z]_[a-z]|\b[1-5]\d\d\b|not tried/);
      expect(reading.actions[0]).toMatchObject({
        title: say.action.help,
        url: expect.stringMatching(/^https:\/\/git\.example\.com\/relay\/docs\/operations\.md#.+/),
      });
    });

    it.each(noticeTopics)('about %s names the page that helps where nobody said where the documents are', (topic) => {
      const event = withHelp({ ...examples.notice, topic, links: [] }, undefined);

      expect(readEvent(event, { say, timeZone: 'UTC' }).body?.text).toMatch(/\ndocs\/operations\.md#[a-z-]+$/);
    });
  });
});

describe('how an event comes to be told', () => {
  const since = '2026-11-20T13:40:00.000Z';
  const now = '2026-11-20T15:30:00.000Z';
  const over = '2026-11-20T14:20:00.000Z';

  it('is said in the origin where it stands for several', () => {
    const { mark, origin } = readEvent(examples.scale, voice, { repeated: { count: 4, since } });

    expect([mark, origin.marker]).toStrictEqual([undefined, 'repeated ×4 since 13:40 UTC']);
    expect(readEvent(examples.scale, voice, {}).origin.marker).toBeUndefined();
  });

  const people = [
    ...eventKinds.map((kind) => [kind, examples[kind]] as const),
    ['test', { ...examples.alert, properties: { test: 'yes' } }] as const,
  ];

  describe.each(people)('of %s', (kind, event) => {
    it.each([
      ['late', { late: true }, /Late, 14:05 UTC/],
      ['in place of another receiver', { standsFor: { receivers: ['ops'], inPart: false } }, /In place of ops/],
      [
        'in place of many',
        { standsFor: { receivers: ['a', 'b', 'c', 'd'], inPart: true } },
        /Partly in place of a, b and 2 more/,
      ],
      ['sent again', { replayed: {} }, /Replayed, 14:05 UTC/],
      ['sent again and late', { late: true, replayed: {} }, /Replayed, 14:05 UTC/],
      ['sent again after it ended', { replayed: { over } }, /Replayed, 14:05 UTC, over since 14:20 UTC/],
      ['sent again, late and got by nobody', { late: true, replayed: { untold: true as const } }, /Late, 14:05 UTC/],
      [
        'sent again after it ended, and got by nobody',
        { replayed: { over, untold: true as const } },
        /Late, 14:05 UTC, over since 14:20 UTC/,
      ],
    ])('stands first in the message and in the push text where it is %s', (_how, telling, mark) => {
      const first = new RegExp(`^${kind === 'test' ? 'TEST · ' : ''}${mark.source} · `);
      const texts = chatNames.map((chat) => visibleTexts(payloadOf(chat, event, { telling: { now, ...telling } })));

      expect(readEvent(event, voice, { now, ...telling }).sentence).toMatch(first);
      for (const all of texts) {
        const heading = all.filter((text) => first.test(text.replace(/^\p{Extended_Pictographic} /u, '')));
        // The push text, and the first line of the message.
        expect(heading.length).toBeGreaterThanOrEqual(2);
      }
    });
  });

  it('is news to whoever has not got it, soon after it happened', () => {
    expect(readEvent(examples.alert, voice, { now, replayed: { untold: true } }).mark).toBeUndefined();
  });

  it('is no alarm where it is over', () => {
    const reading = readEvent(examples.alert, voice, { replayed: { over } });

    expect(readEvent(examples.alert, voice, { replayed: {} })).toMatchObject({ tone: 'danger', emoji: '🔴' });
    expect(reading).toMatchObject({ tone: 'neutral', emoji: '⏪' });
  });
});

describe('the time of what is told late', () => {
  const said = (now: string, timeZone: string, say = locales.en) =>
    readEvent(examples.scale, { say, timeZone }, { now, late: true }).mark;

  it.each([
    ['2026-11-20T23:59:59.000Z', 'UTC', 'Late, 14:05 UTC'],
    ['2026-11-21T00:00:00.000Z', 'UTC', 'Late, 2026-11-20 14:05 UTC'],
    ['2027-11-20T14:05:00.000Z', 'UTC', 'Late, 2026-11-20 14:05 UTC'],
    ['2026-11-20T14:59:59.000Z', 'Asia/Seoul', 'Late, 11:05 PM GMT+9'],
    ['2026-11-20T15:00:00.000Z', 'Asia/Seoul', 'Late, Nov 20, 2026, 11:05 PM GMT+9'],
  ])('at %s has its day where that is another one in %s', (now, timeZone, mark) => {
    expect(said(now, timeZone)).toBe(mark);
  });

  it('is written as the language does, in the zone of the footer', () => {
    const reading = readEvent(
      examples.scale,
      { say: locales.ko, timeZone: 'Asia/Seoul' },
      { now: '2026-11-20T14:30:00.000Z', late: true, repeated: { count: 4, since: '2026-11-19T13:40:00.000Z' } },
    );

    expect(reading.mark).toBe('늦게 도착, 오후 11:05 GMT+9');
    expect(reading.origin.marker).toBe('2026. 11. 19. 오후 10:40 GMT+9 이후 4회 반복됨');
    expect(reading.origin.written).toContain('GMT+9');
  });
});

describe('the reading of an alert', () => {
  const alert = (change: Partial<EventOf<'alert'>>) => readEvent({ ...examples.alert, ...change }, voice);
  const resolved = { ...examples.alert, id: '0123456789abcdef', state: 'resolved' } as const;

  it('has the same short id when it is over, so that a search joins the two', () => {
    const [fired, over] = [alert({}), readEvent(resolved, voice)];

    expect(over.id).toBe(fired.id);
    expect(over.occurrence).not.toBe(fired.occurrence);
    expect(over.occurrence).toBe(shortId(resolved.id));
  });

  it('has the short id of another where it is another, and its own where it has no story', () => {
    const { story: _, ...alone } = resolved;

    expect(alert({ story: 'another' }).id).not.toBe(alert({}).id);
    expect(readEvent(alone, voice).id).toBe(shortId(resolved.id));
  });

  it('says how long it lasted', () => {
    expect(factOf(readEvent(resolved, voice), 'Lasted')).toBe('18\u00a0min 1\u00a0sec');
  });

  it.each(localeNames)('says nothing of it where nobody knows how long it lasted (%s)', (locale) => {
    const say = locales[locale];
    const { firedAt: _, ...unseen } = resolved;
    for (const event of [unseen, { ...resolved, firedAt: '2026-11-20T15:00:00.000Z' }]) {
      expect(factOf(readEvent(event, { ...voice, say }), say.label.lasted)).toBeUndefined();
    }
    expect(factOf(readEvent({ ...unseen, state: 'fired' }, { ...voice, say }), say.label.lasted)).toBeUndefined();
  });

  it('has one dimension as a fact, and several as a list', () => {
    expect(factOf(alert({}), 'instance')).toBe('vm_app_01');
    expect(alert({}).list).toBeUndefined();

    const several = alert({ dimensions: { instance: 'vm_app_01', disk: 'C:', empty: '' } });

    expect(factOf(several, 'instance')).toBeUndefined();
    expect(several.list).toStrictEqual({
      label: 'Dimensions',
      items: [{ text: 'instance: vm_app_01' }, { text: 'disk: C:' }],
      more: 0,
    });
  });
});

describe('the button that leads to a review', () => {
  const titleOf = (source: string, locale: (typeof localeNames)[number] = 'en') => {
    const links = [{ rel: 'review', url: 'https://a.example/' }];
    return readEvent({ ...examples.deployment, source, links }, { ...voice, say: locales[locale] }).actions[0]?.title;
  };

  it.each([
    ['github', 'Review in GitHub'],
    ['gitlab', 'Review in GitLab'],
    ['azure-devops', 'Review'],
    ['custom', 'Review'],
    ['toString', 'Review'],
  ])('says where that is, if it is known and there is room (%s)', (source, title) => {
    expect(titleOf(source)).toBe(title);
  });

  it.each([
    ['ko', 'GitHub에서 검토'],
    ['cs', 'Posoudit: GitHub'],
    ['vi', 'Duyệt ở GitHub'],
  ] as const)('says so in every language (%s)', (locale, title) => {
    expect(titleOf('github', locale)).toBe(title);
  });

  it.each(localeNames)('has at most 16 characters wherever it leads (%s)', (locale) => {
    for (const source of Object.keys(PRODUCTS)) expect(titleOf(source, locale)).toMatch(/^.{4,16}$/u);
  });
});
