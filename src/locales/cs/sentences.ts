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

export const still = (seconds: number): string => `Výstraha trvá už ${took(seconds)}`;
export const subscriptions = counted('cs', {
  one: 'předplatné',
  few: 'předplatná',
  many: 'předplatného',
  other: 'předplatných',
});
const further = counted('cs', { one: 'další', few: 'další', many: 'dalšího', other: 'dalších' });
export const others = (count: number): string => `a ${further(count)}`;
/** Of what else a digest tells: how much of it is as severe as what leads. */
export function asSevere(count: number, of: number): string {
  if (count === 0) return 'žádná stejně závažná';
  if (count === of) return of === 1 ? 'stejně závažná' : 'všechny stejně závažné';
  return `stejně závažných: ${number(count)}`;
}
export const treated = (severity: string): string => `bráno jako ${severity.toLowerCase()}`;
export const measured = measuredIn('cs', 'práh');

export const machines: MachineWords = {
  placed: (names, zones) => `${names} v ${zones.length === 1 ? 'zóně' : 'zónách'} ${zones.join(', ')}`,
  others: (count) => `a ${further(count)}`,
  unseen: (count) => `${instances(count)}, není známo které`,
  overdue: (count) => `${number(count)}, po 15\u00a0min`,
  limit: { minimum: 'minimum nastavení', maximum: 'maximum nastavení', quota: 'kvóta' },
  running: (which, after) => `${which}, v provozu${after === undefined ? '' : ` po ${after}`}`,
  removed: (which) => `${which}, odebráno`,
  notRunning: (count) => `po 15\u00a0min ještě neběží: ${number(count)}`,
  notRemoved: (count) => `po 15\u00a0min ještě neodebráno: ${number(count)}`,
  failed: (count, codes) => `selhalo: ${number(count)}${place(codes)}`,
  reached: (limit) => `dosaženo: ${limit}`,
  changed: (capacity) => `nyní požadováno: ${number(capacity)}`,
  unmoved: {
    out: (capacity) => `zůstává na ${number(capacity)}, nic nepřibylo`,
    in: (capacity) => `zůstává na ${number(capacity)}, nic neubylo`,
  },
  lastDay: (minimum, maximum) => `za posledních 24\u00a0hodin ${minimum} až ${maximum}`,
};

/** Which machines came or went, after what leads to it. */
const which = (lead: string, { direction, machines: found }: EventOf<'scale'>): string =>
  given(lead, found && machinesText(direction, found, machines, took));

const quoted = (word: string | undefined): string => given('„', word && `${word}“`);

/** A word that only its sender knows, after the state that says so. */
const said = (word: string | undefined): string => place(quoted(word));

function scale(event: EventOf<'scale'>): string {
  const { from, to, phase, duration } = event;
  const name = event.resource.name + located(event, event.resource.region);
  if (phase === 'unknown') {
    const wanted =
      from === undefined ? `požadováno: ${instances(to)}` : `předtím ${instances(from)}, požadováno: ${number(to)}`;
    return `${state.scale[outline(event).state]}${said(event.word)}: ${name}, ${wanted}.`;
  }
  const told = `${state.scale[outline(event).state]}: ${name}`;
  const day = lastDayText(event, machines, number);
  if (phase === 'failed' || phase === 'held') {
    const why = given('; ', causeOf(event)) + which('; ', event) + day;
    if (from === undefined) return `${told}, požadováno: ${instances(to)}${why}.`;
    return `${told}, dál běží ${instances(from)}${from === to ? '' : `, požadováno: ${number(to)}`}${why}.`;
  }
  const counts = change(event, number) ?? `${from === to ? 'stále' : 'nově'} ${instances(to)}`;
  return `${told}, ${counts}${duration ? `, trvalo ${took(duration)}` : ''}${which(': ', event)}${day}.`;
}

function deployment(event: EventOf<'deployment'>): string {
  const { phase, version, word } = event;
  const what = state.deployment[outline(event).state] + (phase === 'unknown' ? said(word) : '');
  const more = next(event, {
    failed: ', neúspěšný krok: ',
    waiting: ', schvaluje: ',
    approved: ', schválil(a): ',
    rejected: ', zamítl(a): ',
  });
  return `${what}: ${deployedName(event)}${located(event)}${given(', ', version)}${more}.`;
}

function alert(event: EventOf<'alert'>): string {
  const { rule } = event;
  return `${alertState(event, state, still)}${place(quoted(event.word), levelOf(event, state.custom, treated))}: ${rule}${located(event)}${given(', prostředek ', watched(event))}${given(', ', gauged(event, measured))}${given('. ', explained(event))}.`;
}

function drift(event: EventOf<'drift'>): string {
  const { change, verdict, behind, total, resource } = event;
  const name = resource.name + located(event, resource.region);
  if (change === 'resolved') {
    const over = `${state.drift[outline(event).state]}: ${name}, ${instances(total)}, žádná mimo model.`;
    return event.unseen ? `${over} ${unseen}` : over;
  }
  // Nothing is behind: its upgrade waits, or nobody repairs it.
  if (behind === 0) return `${state.drift[verdict]}: ${name}.`;
  const told = verdict === 'hidden' ? 'starší image' : 'mimo aktuální model';
  return `${state.drift[verdict]}: ${name}, ${told}: ${instances(behind)}, celkem ${number(total)}.`;
}

/** Who gets what a receiver in trouble does not. */
export const instead = (fallback: string): string => `místo něj dostává ${fallback}`;

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
  const listed = more === 0 ? '' : `, zde neuvedeno: ${number(more)}`;
  const missing = unread ? `, nenačtená předplatná: ${number(unread)}` : '';
  return `${state.digest[cause]}${located(event)}: ${scaleSets(total)} s instancemi mimo model${listed}${missing}.`;
}

/** What leads first: it is what a telephone shows. */
function digest(event: EventOf<'digest'>): string {
  const first = lead(event, { state, test, treated });
  const more = besides(event);
  const severe = event.asSevere === undefined ? undefined : asSevere(event.asSevere, more);
  return first === undefined
    ? gathered(event)
    : `${first}${more === 0 ? '' : ` ${others(more)}${given(', ', severe)}`}. ${gathered(event)}`;
}

export const sentence: Messages['sentence'] = {
  scale,
  deployment,
  artifact: (event) =>
    `${state.artifact[event.action]}${said(event.word)}: ${event.name}${given(' ', event.version)}${outline(event).where}.`,
  alert,
  drift,
  custom: (event) =>
    `${state.custom[event.severity]}: ${titledIn(', prostředek ', event)}${given('. ', saidFirst(event))}.`,
  notice,
  act: (event) => `${state.act[event.action]}${given(' do ', untilOf(event))}, ${event.by}: ${actedOn(event)}.`,
  digest,
  review: (event) => reviewSentence(event, review, state.review),
};
