import type { Brief, Delivery, OpenStory, Story } from '../../pages/ui-data.ts';

const idOf = (at: number): string => `${at}`.padStart(8, '0').padEnd(32, 'f');

/** A delivery of a made-up alert, so many milliseconds ago. */
export function deliveryOf(
  at: number,
  part: Partial<Delivery> = {},
  agoMs = at * 1_000,
  event: Partial<Brief> = {},
): Delivery {
  const updatedAt = new Date(Date.now() - agoMs - 1_000).toISOString();
  return {
    receiver: 'ops-slack',
    state: 'sent',
    updatedAt,
    acceptedAt: updatedAt,
    attempts: [{ at: updatedAt, milliseconds: 120, outcome: 'sent' }],
    ...part,
    event: {
      id: idOf(at),
      short: idOf(at).slice(0, 8),
      kind: 'alert',
      source: 'alertmanager',
      severity: at % 3 === 0 ? 'error' : 'warning',
      occurredAt: updatedAt,
      resource: `shop-web-${at % 7}`,
      environment: 'prod',
      told: 'fired',
      subject: `rule-${at}`,
      ...event,
    },
  };
}

export const openStoryOf = (subject: string, part: Partial<OpenStory> = {}): OpenStory => {
  const { event, updatedAt } = deliveryOf(1, {}, 60_000, { subject, resource: subject });
  return { event, since: updatedAt, receivers: [{ receiver: 'ops-slack', state: 'sent', updatedAt }], ...part };
};

/** The same as it is shown whole. */
export function storyOf({ event, ...fate }: Delivery): Story {
  const { resource, told: _, subject, figure: __, ...rest } = event;
  const whole = { ...rest, rule: subject, resource: { name: resource }, receivedAt: event.occurredAt };
  return { short: event.short ?? '', event: whole, deliveries: [fate], without: [] };
}
