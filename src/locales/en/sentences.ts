import { deployedName } from '../../event/deployed.ts';
import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import { actedOn, untilOf } from '../acts.ts';
import { alertState, explained, levelOf } from '../alerts.ts';
import { counted, durationIn, measuredIn, numberIn } from '../formats.ts';
import { lastDayText, type MachineWords, machinesText } from '../machines.ts';
import type { Messages } from '../messages.ts';
import { besides, change, gauged, given, lead, located, next, noticed, place, titledIn, watched } from '../parts.ts';
import { causeOf, saidFirst } from '../reasons.ts';
import { reviewSentence } from '../review.ts';
import { noticeAdvice } from './advice.ts';
import { unseen } from './drift.ts';
import { review } from './review.ts';
import { state } from './states.ts';
import { deferred, test } from './words.ts';

export const number = numberIn('en');
export const instances = counted('en', { one: 'instance', other: 'instances' });
export const scaleSets = counted('en', { one: 'scale set', other: 'scale sets' });
export const resources = counted('en', { one: 'resource', other: 'resources' });
export const events = counted('en', { one: 'event', other: 'events' });
const took = durationIn('en');

export const still = (seconds: number): string => `Still firing for ${took(seconds)}`;
export const subscriptions = counted('en', { one: 'subscription', other: 'subscriptions' });
export const others = (count: number): string => `and ${number(count)} more`;
/** Of what else a digest tells: how much of it is as severe as what leads. */
export function asSevere(count: number, of: number): string {
  if (count === 0) return 'none as severe';
  if (count === of) return of === 1 ? 'as severe' : 'all as severe';
  return `${number(count)} of them as severe`;
}
export const treated = (severity: string): string => `treated as ${severity.toLowerCase()}`;
export const measured = measuredIn('en', 'threshold');

export const machines: MachineWords = {
  placed: (names, zones) => `${names} in ${zones.length === 1 ? 'zone' : 'zones'} ${zones.join(', ')}`,
  others: (count) => `and ${number(count)} more`,
  unseen: (count) => `${instances(count)}, not seen which`,
  overdue: (count) => `${number(count)}, after 15\u00a0min`,
  limit: { minimum: 'minimum of the setting', maximum: 'maximum of the setting', quota: 'quota' },
  running: (which, after) => `${which}, running${after === undefined ? '' : ` after ${after}`}`,
  removed: (which) => `${which}, removed`,
  notRunning: (count) => `${number(count)} not running yet after 15\u00a0min`,
  notRemoved: (count) => `${number(count)} not removed yet after 15\u00a0min`,
  failed: (count, codes) => `${number(count)} failed${place(codes)}`,
  reached: (limit) => `${limit} reached`,
  changed: (capacity) => `${number(capacity)} wanted by now`,
  unmoved: {
    out: (capacity) => `stays at ${number(capacity)}, nothing was added`,
    in: (capacity) => `stays at ${number(capacity)}, nothing was removed`,
  },
  lastDay: (minimum, maximum) => `${minimum} to ${maximum} in the last 24\u00a0hours`,
};

/** Which machines came or went, after what leads to it. */
const which = (lead: string, { direction, machines: found }: EventOf<'scale'>): string =>
  given(lead, found && machinesText(direction, found, machines, took));

const quoted = (word: string | undefined): string => given('“', word && `${word}”`);

/** A word that only its sender knows, after the state that says so. */
const said = (word: string | undefined): string => place(quoted(word));

function scale(event: EventOf<'scale'>): string {
  const { from, to, phase, duration } = event;
  const name = event.resource.name + located(event, event.resource.region);
  if (phase === 'unknown') {
    const wanted = from === undefined ? instances(to) : `${instances(from)} before, ${number(to)}`;
    return `${state.scale[outline(event).state]}${said(event.word)}: ${name}, ${wanted} wanted.`;
  }
  const told = `${state.scale[outline(event).state]}: ${name}`;
  const day = lastDayText(event, machines, number);
  if (phase === 'failed' || phase === 'held') {
    const why = given('; ', causeOf(event)) + which('; ', event) + day;
    if (from === undefined) return `${told}, ${instances(to)} wanted${why}.`;
    return `${told} stays at ${number(from)}${from === to ? '' : `, ${number(to)} wanted`}${why}.`;
  }
  const counts = change(event, number) ?? (from === to ? `still at ${number(to)}` : `to ${instances(to)}`);
  return `${told} ${counts}${duration ? `, took ${took(duration)}` : ''}${which(': ', event)}${day}.`;
}

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version, word } = event;
  const what = state.deployment[outline(event).state] + (phase === 'unknown' ? said(word) : '');
  const more = next(event, {
    failed: '; failed step: ',
    waiting: '; waiting for ',
    approved: ' by ',
    rejected: ' by ',
  });
  return `${what}: ${deployedName(event)}${environment ? ` to ${environment}` : located(event)}${given(', ', version)}${more}.`;
}

/** Many rules are called "CPU on web-1" themselves. */
const onAfter = (name: string): string => (/ on /i.test(name) ? ', ' : ' on ');

function alert(event: EventOf<'alert'>): string {
  const { rule } = event;
  return `${alertState(event, state, still)}${place(quoted(event.word), levelOf(event, state.custom, treated))}: ${rule}${located(event)}${given(onAfter(rule), watched(event))}${given(', ', gauged(event, measured))}${given('. ', explained(event))}.`;
}

function drift(event: EventOf<'drift'>): string {
  const { change, verdict, behind, total, resource } = event;
  const name = resource.name + located(event, resource.region);
  const of = (count: number, one: string, other: string) =>
    `${number(count)} of ${instances(total)} ${count === 1 ? one : other}`;
  if (change === 'resolved') {
    const over = `${state.drift[outline(event).state]}: ${name}, ${of(total, 'is', 'are')} up to date.`;
    return event.unseen ? `${over} ${unseen}` : over;
  }
  // Nothing is behind: its upgrade waits, or nobody repairs it.
  if (behind === 0) return `${state.drift[verdict]}: ${name}.`;
  // These are on the model; what it calls the latest image has moved on.
  const told =
    verdict === 'hidden'
      ? of(behind, 'runs an older image', 'run an older image')
      : of(behind, 'is not on the current model', 'are not on the current model');
  return `${state.drift[verdict]}: ${name}, ${told}.`;
}

/** Who gets what a receiver in trouble does not. */
export const instead = (fallback: string): string => `${fallback} gets them instead`;

const notice = (event: EventOf<'notice'>): string =>
  noticed(event, {
    state: state.notice,
    advice: noticeAdvice,
    instead,
    duration: took,
    events,
    subscriptions,
    scaleSets,
    others,
  });

function gathered(event: EventOf<'digest'>): string {
  const { cause, total, resources: about, more, unread, window } = event;
  if (cause === 'rate' || cause === 'deployment') {
    const what = window === undefined ? state.digest[cause] : deferred(window);
    return `${what}${located(event)}: ${events(total)}${about === 0 ? '' : `, ${resources(about)}`}.`;
  }
  const listed = more === 0 ? '' : `, ${number(more)} not listed here`;
  const missing = unread ? `; subscriptions not read: ${number(unread)}` : '';
  return `${state.digest[cause]}${located(event)}: ${scaleSets(total)} with instances off their model${listed}${missing}.`;
}

/** What leads first: it is what a telephone shows. */
function digest(event: EventOf<'digest'>): string {
  const first = lead(event, { state, test, treated });
  const more = besides(event);
  const severe = event.asSevere === undefined ? undefined : asSevere(event.asSevere, more);
  return first === undefined
    ? gathered(event)
    : `${first}${more === 0 ? '' : `, ${others(more)}${given(', ', severe)}`}. ${gathered(event)}`;
}

export const sentence: Messages['sentence'] = {
  scale,
  deployment,
  artifact: (event) =>
    `${state.artifact[event.action]}${said(event.word)}: ${event.name}${given(' ', event.version)}${outline(event).where}.`,
  alert,
  drift,
  custom: (event) =>
    `${state.custom[event.severity]}: ${titledIn(onAfter(event.title), event)}${given('. ', saidFirst(event))}.`,
  notice,
  act: (event) => `${state.act[event.action]}${given(' until ', untilOf(event))} by ${event.by}: ${actedOn(event)}.`,
  digest,
  review: (event) => reviewSentence(event, review, state.review),
};
