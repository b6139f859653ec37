import { type DayCount, dayCount } from '../../src/history/rules/day-count.ts';
import { reviewOf } from '../../src/history/rules/review.ts';

const DAY_MS = 86_400_000;

/** The day so many days before the first of June. */
export const dayBefore = (back: number): string =>
  new Date(Date.parse('2026-06-01T00:00:00Z') - back * DAY_MS).toISOString().slice(0, 10);

export const COUNTED_UNTIL = '2026-06-01T03:17:00.000Z';

const SETS = '/subscriptions/1/resourcegroups/shop/providers/microsoft.compute/virtualmachinescalesets/';

function setOn(back: number, name: string): DayCount {
  const day = dayBefore(back);
  const step = (hour: string, from: number, to: number) => ({ at: `${day}T${hour}:00:00.000Z`, from, to });
  const steps = [step('06', 3, 5), step('12', 5, 3 + (back % 4) * 2), step('20', 3 + (back % 4) * 2, 3)];
  const [minimum, maximum] = [3, Math.max(5, 3 + (back % 4) * 2)];
  const scale = { out: 2, in: 1, failed: 0, held: 0, steps, minimum, maximum };
  return dayCount.parse({ day, of: 'set', name, id: SETS + name, environment: 'prod', events: 3, scale });
}

/** Two weeks and more of one relay, which were a little different every day. `name` is that of its set and of its rule. */
export function someWeeks(name = 'shop-web'): DayCount[] {
  return Array.from({ length: 20 }, (_, at) => at).flatMap((back) => {
    const day = dayBefore(back);
    const spread = (seconds: number) => ({ count: 1, seconds, longest: seconds, each: [seconds] });
    const alerts = { fired: 4 + (back % 3), resolved: 4, flaps: 2, resolve: spread(900), acknowledge: spread(240) };
    const deployments = {
      succeeded: 2,
      failed: back % 5 === 0 || back === 12 ? 1 : 0,
      cancelled: 0,
      lead: spread(600 + back),
    };
    const messages = { sent: 10 + back, bundled: back % 2, dead: back === 3 ? 2 : 0 };
    const scale = { out: 2, in: 1 };
    const whole = { day, events: 12 + back, alerts, deployments, messages, scale };
    return [
      dayCount.parse({ ...whole, of: 'all', name: '' }),
      dayCount.parse({ ...whole, of: 'environment', name: 'prod', environment: 'prod' }),
      dayCount.parse({ day, of: 'rule', name, environment: 'prod', events: 8, alerts }),
      dayCount.parse({ day, of: 'deployment', name: 'shop-api', environment: 'prod', events: 3, deployments }),
      dayCount.parse({ day, of: 'receiver', name: 'ops-slack', events: 0, messages }),
      setOn(back, name),
    ];
  });
}

export const weekOf = (days: readonly DayCount[], environment: string): object => ({
  countedUntil: COUNTED_UNTIL,
  ...reviewOf(days, { until: dayBefore(0), environment: environment || undefined }),
});
