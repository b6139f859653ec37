import { describe, expect, it } from 'vitest';
import { answerPagerDuty } from '../../dev/emulators/pagerduty.ts';
import { judge } from '../../src/destinations/answer.ts';
import { actionOf, dedupKeyOf } from '../../src/destinations/pagerduty/action.ts';
import { pagerDutyAnswers } from '../../src/destinations/pagerduty/answers.ts';
import { formatPagerDuty } from '../../src/destinations/pagerduty/message.ts';
import { severities } from '../../src/event/fields.ts';
import { transportsWithin } from '../../src/outbound/http/transports.ts';
import { examples } from '../support/examples.ts';
import { payloadOf, refusalOf, voiceIn } from '../support/payloads.ts';
import { listen } from '../support/server.ts';

const KEY = '0123456789abcdefABCDEF0123456789';

const { alert, deployment, scale, drift, custom, notice, digest, artifact } = examples;
const fired = { ...alert, story: 'cpu', severity: 'error' } as const;
const resolved = { ...fired, id: 'its-end', state: 'resolved' } as const;

describe('an event', () => {
  it.each([
    ['an alert that fires', fired, 'trigger'],
    ['an alert that only informs', { ...fired, severity: 'info' } as const, 'trigger'],
    ['its end', resolved, 'resolve'],
    ['its end, as its series has vanished', { ...resolved, lack: 'series' } as const, 'resolve'],
    ['one that somebody has in hand', { ...fired, word: 'Acknowledged' }, 'acknowledge'],
    [
      'one that was given up',
      { ...fired, still: { at: fired.occurredAt, since: fired.occurredAt, closed: true } },
      'change',
    ],
    ['a test of an alert', { ...fired, properties: { test: 'yes' } }, 'change'],
    ['a deployment that failed', { ...deployment, phase: 'failed', severity: 'error' } as const, 'trigger'],
    ['a check that failed', { ...deployment, phase: 'failed', check: true, severity: 'warning' } as const, 'change'],
    ['a deployment that succeeded', { ...deployment, phase: 'succeeded', severity: 'info' } as const, 'change'],
    ['a scaling', { ...scale, phase: 'succeeded', severity: 'info' } as const, 'change'],
    ['a scaling that failed', { ...scale, phase: 'failed', severity: 'error' } as const, 'trigger'],
    ['an artifact', { ...artifact, severity: 'info' } as const, 'change'],
    ['drift', { ...drift, change: 'opened', severity: 'warning' } as const, 'trigger'],
    ['drift that is over', { ...drift, change: 'resolved', severity: 'info' } as const, 'resolve'],
    ['drift that is over as far as Azure shows', { ...drift, change: 'resolved', unseen: true } as const, 'resolve'],
    ['a receiver that does not work', { ...notice, topic: 'receiverBroken', severity: 'error' } as const, 'trigger'],
    ['one that works again', { ...notice, topic: 'receiverBack', severity: 'info' } as const, 'resolve'],
    ['what people post to know', { ...custom, severity: 'info' } as const, 'change'],
    ['what people post to warn', { ...custom, severity: 'warning' } as const, 'trigger'],
    ['a digest of trouble', { ...digest, severity: 'critical' } as const, 'trigger'],
  ] as const)('%s: %s', (_what, event, action) => {
    const { event_action: said = 'change' } = formatPagerDuty(event, voiceIn()) as {
      event_action?: string;
    };

    expect(actionOf(event)).toBe(action);
    expect(said).toBe(action);
    expect(refusalOf('pagerduty', formatPagerDuty(event, voiceIn()))).toBeUndefined();
  });

  it('that had ended when it is sent again calls nobody', () => {
    expect(actionOf(fired, '2026-11-20T15:00:00.000Z')).toBe('resolve');
    expect(actionOf({ ...custom, severity: 'error' }, '2026-11-20T15:00:00.000Z')).toBe('change');
  });

  it.each(severities)('has the severity that the relay has for it: %s', (severity) => {
    expect(formatPagerDuty({ ...fired, severity }, voiceIn())).toMatchObject({ payload: { severity } });
  });
});

describe('the key by which PagerDuty joins events', () => {
  it('is that of the story, by source, and fits whatever the story is called', () => {
    expect(dedupKeyOf(resolved)).toBe(dedupKeyOf(fired));
    expect(dedupKeyOf({ ...fired, source: 'grafana' })).not.toBe(dedupKeyOf(fired));
    expect(dedupKeyOf({ ...fired, story: 'other' })).not.toBe(dedupKeyOf(fired));
    expect(dedupKeyOf({ ...fired, story: 'x'.repeat(1_000) })).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is that of the event where it has no story', () => {
    const { story: _, ...alone } = fired;

    expect(dedupKeyOf(alone)).not.toBe(dedupKeyOf({ ...alone, id: 'other' }));
  });

  it('joins a notice and what ends it, and drift and its end', () => {
    const broken = { ...notice, topic: 'receiverBroken' } as const;

    expect(dedupKeyOf({ ...broken, id: 'x', topic: 'receiverBack' })).toBe(dedupKeyOf(broken));
    expect(dedupKeyOf({ ...broken, about: 'other' })).not.toBe(dedupKeyOf(broken));
    expect(dedupKeyOf({ ...drift, id: 'x', change: 'resolved' })).toBe(dedupKeyOf(drift));
  });
});

describe('what is posted', () => {
  it.each([
    ['/v2/enqueue', fired],
    ['/v2/change/enqueue', { ...scale, phase: 'succeeded', severity: 'info' } as const],
  ])('to %s has the key, which no message has', async (path, event) => {
    await using server = await listen({ status: 202, body: '{}' });
    const payload = payloadOf('pagerduty', event);
    const post = transportsWithin('local')['pagerduty-events'];

    await post({ url: server.url, secrets: [KEY] }, payload, 'event-1');
    await post({ url: `${server.url}/v2/enqueue`, secrets: [KEY] }, payload, 'event-1');

    expect(JSON.stringify(payload)).not.toContain('routing_key');
    expect(server.received.map((each) => each.path)).toStrictEqual([path, path]);
    expect(JSON.parse(server.received[0]?.body ?? '')).toStrictEqual({ routing_key: KEY, ...(payload as object) });
    expect(server.received[0]?.headers['content-type']).toContain('application/json');
  });
});

describe('the double refuses', () => {
  const payload = { summary: 'x', source: 'x', severity: 'error' };
  const event = { routing_key: KEY, event_action: 'trigger', dedup_key: 'x', payload };
  const refused = (given: object, path?: string) =>
    answerPagerDuty({ contentType: 'application/json', body: JSON.stringify(given), ...(path && { path }) });

  it.each([
    [{ ...event, routing_key: 'short' }, /routing_key/],
    [{ ...event, routing_key: '-'.repeat(32) }, /non-alphanumeric/],
    [{ ...event, event_action: 'open' }, /event_action/],
    [{ ...event, dedup_key: 'x'.repeat(256) }, /dedup_key/],
    [{ ...event, payload: undefined }, /payload/],
    [{ ...event, event_action: 'resolve', dedup_key: undefined }, /dedup_key/],
    [{ ...event, payload: { ...payload, summary: 'x'.repeat(1_025) } }, /summary/],
    [{ ...event, payload: { ...payload, severity: 'Sev1' } }, /severity/],
    [{ ...event, payload: { ...payload, timestamp: 'yesterday' } }, /timestamp/],
    [{ ...event, links: [{ href: 'ftp://x' }] }, /href/],
    [{ ...event, blocks: [] }, /blocks/],
    [{ ...event, payload: { ...payload, custom_details: { x: 'x'.repeat(512 * 1024) } } }, /may have 524288/],
    [{ routing_key: KEY, payload: { ...payload } }, /severity/],
  ])('%#', (given, reason) => {
    const answer = refused(given);

    expect(answer).toMatchObject({ status: 400, reason: expect.stringMatching(reason) });
    expect(JSON.parse(answer.body)).toMatchObject({ status: 'invalid event', errors: [expect.any(String)] });
  });

  it('an alert at the address of changes, and a change at that of alerts', () => {
    expect(refused(event, '/v2/change/enqueue').status).toBe(400);
    expect(refused({ routing_key: KEY, payload: { summary: 'x' } }, '/v2/enqueue').status).toBe(400);
    expect(refused(event, '/v2/enqueue').status).toBe(202);
  });
});

describe('an answer of PagerDuty', () => {
  const answered = (status: number, body: object | string) =>
    judge({ kind: 'answered', status, body: typeof body === 'string' ? body : JSON.stringify(body) }, pagerDutyAnswers);
  const invalid = (...errors: readonly string[]) => ({
    status: 'invalid event',
    message: 'Event object is invalid',
    errors,
  });

  it.each([
    [202, { status: 'success', message: 'Event processed', dedup_key: 'x' }, 'sent', undefined],
    [202, { status: 'success', message: 'Event processed', errors: [] }, 'sent', undefined],
    [202, { status: 'success', errors: ['x'] }, 'retry', 'unexpected-answer'],
    [202, invalid('x'), 'refused', 'invalid event'],
    [202, '', 'retry', 'unknown-success'],
    [200, { status: 'success' }, 'retry', 'unknown-success'],
    [400, invalid("'payload.summary' is missing or blank"), 'refused', 'invalid event'],
    [400, invalid("Length of 'routing_key' is incorrect (should be 32 characters)"), 'broken', "'routing_key'"],
    [400, invalid('x', 'Invalid routing key'), 'broken', 'Invalid routing key'],
    [400, 'Invalid routing key', 'broken', 'Invalid routing key'],
    [413, '', 'refused', 'status-413'],
    [429, { status: 'throttle exceeded', message: 'x' }, 'retry', 'rate-limited'],
    [403, '', 'broken', 'status-403'],
    [404, '', 'broken', 'status-404'],
    [500, '', 'retry', 'status-500'],
  ])('of %i with %j means %s', (status, body, kind, reason) => {
    expect(answered(status, body)).toMatchObject({ kind, ...(reason !== undefined && { reason }) });
  });
});
