import { counted, numberIn } from '../formats.ts';
import type { ReviewWords } from '../review.ts';

const number = numberIn('cs');
const onDays = counted('cs', { one: 'dne', few: 'dnů', many: 'dne', other: 'dnů' });

export const review: ReviewWords = {
  number,
  deployments: counted('cs', { one: 'nasazení', few: 'nasazení', many: 'nasazení', other: 'nasazení' }),
  alerts: counted('cs', { one: 'výstraha', few: 'výstrahy', many: 'výstrahy', other: 'výstrah' }),
  perDay: (count) => `${count} denně`,
  failed: (share) => `selhalo ${share}`,
  noisiest: (name) => `nejhlučnější: ${name}`,
  before: (value) => `týden předtím ${value}`,
  times: (count) => `${number(count)}krát`,
  flaps: (perDay, between) =>
    `kolísá ${perDay}× denně${between ? ` mezi ${number(between[0])} a ${number(between[1])}` : ''}`,
  advice: {
    widen: 'zvětšete rozestup mezi jejími prahy',
    steady: 'zvyšte práh nebo dobu, než se spustí',
    unattended: 'nikdo ji nepotvrzuje: je potřebná?',
    many: 'zvyšte její práh, nebo odstraňte příčinu',
  },
  drifted: (duration) => `mimo model: ${duration}`,
  took: (duration) => `trvalo ${duration}`,
  atMaximum: (capacity, days, isLimit) =>
    `na ${isLimit ? 'maximu' : 'nejvyšším počtu'} ${number(capacity)} během ${onDays(days)}`,
  series: {
    alerts: 'Výstrahy',
    deployments: 'Nasazení',
    failed: 'Neúspěšná nasazení',
    highest: 'Nejvíce instancí',
    lowest: 'Nejméně instancí',
  },
  chart: { days: 'Den po dni', capacity: 'instance' },
};
