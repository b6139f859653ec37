import { counted, numberIn } from '../formats.ts';
import type { ReviewWords } from '../review.ts';

const number = numberIn('en');
const days = counted('en', { one: 'day', other: 'days' });

export const review: ReviewWords = {
  number,
  deployments: counted('en', { one: 'deployment', other: 'deployments' }),
  alerts: counted('en', { one: 'alert', other: 'alerts' }),
  perDay: (count) => `${count} a day`,
  failed: (share) => `${share} failed`,
  noisiest: (name) => `noisiest: ${name}`,
  before: (value) => `${value} the week before`,
  times: counted('en', { one: 'time', other: 'times' }),
  flaps: (perDay, between) =>
    `flaps ${perDay}× a day${between ? ` between ${number(between[0])} and ${number(between[1])}` : ''}`,
  advice: {
    widen: 'widen the gap between its thresholds',
    steady: 'let it fire later, or raise its threshold',
    unattended: 'nobody acknowledges it: is it needed?',
    many: 'raise its threshold, or mend the cause',
  },
  drifted: (duration) => `off its model for ${duration}`,
  took: (duration) => `took ${duration}`,
  atMaximum: (capacity, count, isLimit) =>
    `at its ${isLimit ? 'maximum' : 'highest'} of ${number(capacity)} on ${days(count)}`,
  series: {
    alerts: 'Alerts',
    deployments: 'Deployments',
    failed: 'Failed deployments',
    highest: 'Most instances',
    lowest: 'Fewest instances',
  },
  chart: { days: 'Day by day', capacity: 'instances' },
};
