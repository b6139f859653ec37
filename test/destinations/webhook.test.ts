import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatWebhook, formatWebhookPlain, webhookLimits } from '../../src/destinations/webhook/payload.ts';
import { eventKinds, event as eventSchema, type RelayEvent } from '../../src/event/event.ts';
import { identity } from '../../src/event/identity.ts';
import { anyEvent } from '../support/any-event.ts';
import { examples } from '../support/examples.ts';
import { complete, plantAll } from '../support/hostile.ts';
import { localeNames, refusalOf, voiceIn } from '../support/payloads.ts';
import { share } from '../support/sweep.ts';

const VOICE = voiceIn();
const { scale } = examples;

describe('an event for programs', () => {
  it('is a CloudEvent around the event as it is', () => {
    expect(formatWebhook(scale, VOICE)).toStrictEqual({
      specversion: '1.0',
      id: scale.id,
      source: '/autoscale-relay/azure-autoscale',
      type: 'autoscale-relay.scale.scalingOut',
      subject: scale.resource.id,
      time: scale.occurredAt,
      datacontenttype: 'application/json',
      data: scale,
    });
  });

  it('is the same in every language and zone', () => {
    for (const locale of localeNames) {
      expect(formatWebhook(scale, voiceIn({ locale, timeZone: 'Asia/Seoul' }))).toStrictEqual(
        formatWebhook(scale, VOICE),
      );
    }
  });

  it.each([
    [{ ...scale, direction: 'in' }, 'autoscale-relay.scale.scalingIn'],
    [{ ...scale, phase: 'succeeded' }, 'autoscale-relay.scale.out'],
    [{ ...scale, phase: 'failed' }, 'autoscale-relay.scale.failed'],
    [{ ...scale, phase: 'held', direction: 'in' }, 'autoscale-relay.scale.held'],
    [{ ...examples.deployment, phase: 'waiting' }, 'autoscale-relay.deployment.waiting'],
    [examples.artifact, 'autoscale-relay.artifact.pushed'],
    [{ ...examples.alert, state: 'resolved' }, 'autoscale-relay.alert.resolved'],
    [examples.custom, 'autoscale-relay.custom.warning'],
  ] as const)('has a type that tells its kind and state (%#)', (event, type) => {
    expect(formatWebhook(event as RelayEvent, VOICE).type).toBe(type);
  });

  it.each(eventKinds)('has a type that routers can split by its dots (%s)', (kind) => {
    expect(formatWebhook(examples[kind], VOICE).type).toMatch(new RegExp(`^autoscale-relay\\.${kind}\\.[a-zA-Z]+$`));
  });

  it('is about the resource by its name where it has no id', () => {
    const { id: _, ...resource } = scale.resource;

    expect(formatWebhook({ ...scale, resource }, VOICE).subject).toBe('shop-web');
    expect(formatWebhook({ ...scale, resource: { ...resource, id: '' } }, VOICE).subject).toBe('shop-web');
    expect(formatWebhook({ ...scale, resource: { name: '\ufdd0' } }, VOICE)).not.toHaveProperty('subject');
  });

  it('has an id without dots, whatever its sender calls it', () => {
    const id = 'release 7.1795183511.{}';

    expect(formatWebhook({ ...scale, id }, VOICE)).toMatchObject({ id: identity(id), data: { id } });
  });

  it('says how many it stands for', () => {
    const repeated = { count: 4, since: '2026-11-20T13:40:00.000Z' };

    expect(formatWebhook(scale, VOICE, { late: true, repeated })).toMatchObject({ sampledrate: 4 });
    expect(formatWebhook(scale, VOICE, { late: true })).not.toHaveProperty('sampledrate');
  });
});

describe('the plain form for programs', () => {
  it('leaves out long texts and pairs, and nothing else', () => {
    const { reason: _, properties: __, ...rest } = scale;

    expect(formatWebhookPlain(scale, VOICE)).toStrictEqual({ ...formatWebhook(scale, VOICE), data: rest });
  });

  it.each(eventKinds)('holds an event of kind %s by its schema', (kind) => {
    const { data } = formatWebhookPlain(complete(examples[kind]), VOICE);

    expect(eventSchema.parse(data)).toStrictEqual(data);
    expect(data.id).toBe(examples[kind].id);
  });
});

describe('any event', () => {
  it('makes a CloudEvent of at most 48 KiB, with the whole of it or without its long texts', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const whole = formatWebhook(event, VOICE);

        expect(webhookLimits.size(whole)).toBeLessThanOrEqual(48 * 1024);
        expect([event, formatWebhookPlain(event, VOICE).data]).toContainEqual(whole.data);
        expect(refusalOf('webhook', whole)).toBeUndefined();
      }),
      { numRuns: share(300) },
    );
  });

  it.each(eventKinds)('of kind %s makes one at its largest', (kind) => {
    for (const fill of ['한'.repeat(10_000), '"\\'.repeat(5_000), '\ufdd0x'.repeat(5_000)]) {
      const event = eventSchema.parse(plantAll(complete(examples[kind]), fill));

      expect(webhookLimits.size(formatWebhook(event, VOICE))).toBeLessThanOrEqual(48 * 1024);
      expect(refusalOf('webhook', formatWebhook(event, VOICE))).toBeUndefined();
    }
  });

  it('that is larger than that goes without its long texts', () => {
    // No source makes such an event; a later kind might.
    const stories = Array.from({ length: 300 }, () => ({ ...examples.digest.stories[0], subject: '한'.repeat(50) }));
    const event = { ...examples.digest, stories, properties: { note: 'x'.repeat(200) } } as RelayEvent;

    expect(formatWebhook(event, VOICE).data).not.toHaveProperty('properties');
  });
});
