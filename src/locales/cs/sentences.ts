import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import { durationIn } from '../duration.ts';
import { measuredIn, numberIn } from '../measured.ts';
import type { Messages } from '../messages.ts';
import { change, deployed, given, next, place, unended, watched } from '../parts.ts';
import { counted } from '../plural.ts';
import { state } from './words.ts';

// Names and numbers stand where the nominative is right, after a colon or a comma: they are not declined.

export const number = numberIn('cs');
export const instances = counted('cs', { one: 'instance', few: 'instance', many: 'instance', other: 'instancí' });
export const scaleSets = counted('cs', {
  one: 'škálovací sada',
  few: 'škálovací sady',
  many: 'škálovací sady',
  other: 'škálovacích sad',
});
export const resources = counted('cs', {
  one: 'prostředek',
  few: 'prostředky',
  many: 'prostředku',
  other: 'prostředků',
});
export const events = counted('cs', { one: 'událost', few: 'události', many: 'události', other: 'událostí' });
const took = durationIn('cs');
export const measured = measuredIn('cs', 'práh');

function scale(event: EventOf<'scale'>): string {
  const { from, to, phase, duration } = event;
  const told = `${state.scale[outline(event).state]}: ${event.resource.name}${place(event.environment, event.resource.region)}`;
  if (phase === 'failed' || phase === 'held') {
    const wanted = phase === 'failed' ? 'požadováno' : 'zvažováno';
    if (from === undefined) return `${told}, ${wanted}: ${instances(to)}.`;
    return `${told}, dál běží ${instances(from)}${from === to ? '' : `, ${wanted}: ${number(to)}`}.`;
  }
  const counts = change(event, number) ?? `${from === to ? 'stále' : 'nově'} ${instances(to)}`;
  return `${told}, ${counts}${duration ? `, trvalo ${took(duration)}` : ''}.`;
}

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version } = event;
  const more = next(event, {
    failed: ', neúspěšný krok: ',
    waiting: ', schvaluje: ',
    approved: ', schválil(a): ',
    rejected: ', zamítl(a): ',
  });
  return `${state.deployment[phase]}: ${deployed(event)}${place(environment)}${given(', ', version)}${more}.`;
}

function alert(event: EventOf<'alert'>): string {
  const { rule, level } = event;
  const value = measured({ ...event, operator: undefined });
  return `${state.alert[event.state]}${place(level)}: ${rule}${given(', prostředek ', watched(event))}${given(', ', value)}.`;
}

function drift({ change, verdict, behind, total, environment, resource }: EventOf<'drift'>): string {
  const name = resource.name + place(environment, resource.region);
  if (change === 'resolved') return `${state.drift.resolved}: ${name}, ${instances(total)}, žádná mimo model.`;
  const told = verdict === 'hidden' ? 'starší image' : 'mimo aktuální model';
  return `${state.drift[verdict]}: ${name}, ${told}: ${instances(behind)}, celkem ${number(total)}.`;
}

function notice({ topic, about, count, reason }: EventOf<'notice'>): string {
  return `${state.notice[topic]}: ${about}${given(', ', count ? events(count) : '')}${given(', důvod: ', reason && unended(reason))}.`;
}

function digest({ cause, total, resources: about, more, unread }: EventOf<'digest'>): string {
  if (cause === 'rate' || cause === 'deployment') {
    return `${state.digest[cause]}: ${events(total)}, ${resources(about)}.`;
  }
  const listed = more === 0 ? '' : `, zde neuvedeno: ${number(more)}`;
  const missing = unread ? `, nenačtená předplatná: ${number(unread)}` : '';
  return `${state.digest[cause]}: ${scaleSets(total)} s instancemi mimo model${listed}${missing}.`;
}

export const sentence: Messages['sentence'] = {
  scale,
  deployment,
  artifact: ({ action, name, version }) => `${state.artifact[action]}: ${name}${given(' ', version)}.`,
  alert,
  drift,
  custom: ({ severity, title }) => `${state.custom[severity]}: ${unended(title)}.`,
  notice,
  digest,
};
