import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import { durationIn } from '../duration.ts';
import { measuredIn, numberIn } from '../measured.ts';
import type { Messages } from '../messages.ts';
import { change, deployed, given, next, place, unended, watched } from '../parts.ts';
import { counted } from '../plural.ts';
import { state } from './words.ts';

export const number = numberIn('en');
export const instances = counted('en', { one: 'instance', other: 'instances' });
export const scaleSets = counted('en', { one: 'scale set', other: 'scale sets' });
export const resources = counted('en', { one: 'resource', other: 'resources' });
export const events = counted('en', { one: 'event', other: 'events' });
const took = durationIn('en');
export const measured = measuredIn('en', 'threshold');

function scale(event: EventOf<'scale'>): string {
  const { from, to, phase, duration } = event;
  const told = `${state.scale[outline(event).state]}: ${event.resource.name}${place(event.environment, event.resource.region)}`;
  if (phase === 'failed' || phase === 'held') {
    const wanted = phase === 'failed' ? 'wanted' : 'considered';
    if (from === undefined) return `${told}, ${instances(to)} ${wanted}.`;
    return `${told} stays at ${number(from)}${from === to ? '' : `, ${number(to)} ${wanted}`}.`;
  }
  const counts = change(event, number) ?? (from === to ? `still at ${number(to)}` : `to ${instances(to)}`);
  return `${told} ${counts}${duration ? `, took ${took(duration)}` : ''}.`;
}

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version } = event;
  const more = next(event, {
    failed: '; failed step: ',
    waiting: '; waiting for ',
    approved: ' by ',
    rejected: ' by ',
  });
  return `${state.deployment[phase]}: ${deployed(event)}${given(' to ', environment)}${given(', ', version)}${more}.`;
}

function alert(event: EventOf<'alert'>): string {
  const { rule, level } = event;
  // The sign is for the fact: read aloud, it says nothing.
  const value = measured({ ...event, operator: undefined });
  return `${state.alert[event.state]}${place(level)}: ${rule}${given(' on ', watched(event))}${given(', ', value)}.`;
}

function drift(event: EventOf<'drift'>): string {
  const { change, verdict, behind, total, environment, resource } = event;
  const name = resource.name + place(environment, resource.region);
  const of = (count: number, one: string, other: string) =>
    `${number(count)} of ${instances(total)} ${count === 1 ? one : other}`;
  if (change === 'resolved') return `${state.drift.resolved}: ${name}, ${of(total, 'is', 'are')} up to date.`;
  // These are on the model; what it calls the latest image has moved on.
  const told =
    verdict === 'hidden'
      ? of(behind, 'runs an older image', 'run an older image')
      : of(behind, 'is not on the current model', 'are not on the current model');
  return `${state.drift[verdict]}: ${name}, ${told}.`;
}

function notice({ topic, about, count, reason }: EventOf<'notice'>): string {
  return `${state.notice[topic]}: ${about}${given(', ', count ? events(count) : '')}${given('; ', reason && unended(reason))}.`;
}

function digest({ cause, total, resources: about, more, unread }: EventOf<'digest'>): string {
  if (cause === 'rate' || cause === 'deployment') {
    return `${state.digest[cause]}: ${events(total)} on ${resources(about)}.`;
  }
  const listed = more === 0 ? '' : `, ${number(more)} not listed here`;
  const missing = unread ? `; subscriptions not read: ${number(unread)}` : '';
  return `${state.digest[cause]}: ${scaleSets(total)} with instances off their model${listed}${missing}.`;
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
