import { describe, expect, it } from 'vitest';
import { carried, opened } from '../../../src/history/rules/carried.ts';
import { countDay } from '../../../src/history/rules/count-day.ts';
import { Facts } from '../../../src/history/rules/facts.ts';
import { examples } from '../../support/examples.ts';

const DAY = '2026-11-20';
const acceptedAt = `${DAY}T14:20:00.000Z`;

/** What a look at the machines of a scaling to 6 makes of its day, told to two receivers. */
function counted(limit: 'maximum' | 'minimum' | 'quota' | undefined) {
  const facts = new Facts(() => true);
  const machines = { named: [], count: 3, ...(limit && { limit }) };
  const event = { ...examples.scale, id: 'look', phase: 'succeeded' as const, machines };
  for (const receiver of ['ops', 'team']) {
    const more = { attempt: 0, owner: 'm', leaseUntil: acceptedAt, updatedAt: acceptedAt, attempts: [] };
    facts.add({ event, receiver, state: 'sent', acceptedAt, ...more });
  }
  const now = Date.parse(`${DAY}T23:00:00.000Z`);
  return countDay(DAY, { facts, events: facts.inOrder(), episodes: [], now }, opened(carried.parse({}))).find(
    ({ of }) => of === 'set',
  );
}

describe('the most that a setting allows', () => {
  it('is counted of a set that was seen to reach it, and is no scaling of its own', () => {
    expect(counted('maximum')).toMatchObject({ name: 'shop-web', events: 0, scale: { out: 0, limit: 6 } });
  });

  it.each(['minimum', 'quota', undefined] as const)('is not counted where something else ended it: %s', (limit) => {
    expect(counted(limit)?.scale?.limit).toBeUndefined();
  });
});
