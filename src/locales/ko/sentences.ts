import { deployedName } from '../../event/deployed.ts';
import type { EventOf } from '../../event/event.ts';
import { outline } from '../../event/outline.ts';
import { actedOn, untilOf } from '../acts.ts';
import { alertState, explained, levelOf } from '../alerts.ts';
import { durationIn, measuredIn, numberIn } from '../formats.ts';
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

// No particle follows a name or a number: which one it must be depends on the last sound. A counter's sound is known.

export const number = numberIn('ko');
// A thing and its number stay on one line, as a number and its unit do in the other languages.
const counted = (thing: string, counter: string) => (count: number) => `${thing}\u00a0${number(count)}${counter}`;

export const instances = counted('인스턴스', '개');
export const scaleSets = counted('확장 집합', '개');
export const resources = counted('리소스', '개');
export const events = counted('이벤트', '건');
const took = durationIn('ko');

export const still = (seconds: number): string => `경보 계속 중, ${took(seconds)}째`;
export const subscriptions = counted('구독', '개');
export const others = (count: number): string => `외 ${number(count)}건`;
/** Of what else a digest tells: how much of it is as severe as what leads. */
export function asSevere(count: number, of: number): string {
  if (count === 0) return '같은 심각도 없음';
  if (count === of) return of === 1 ? '같은 심각도' : '모두 같은 심각도';
  return `같은 심각도 ${number(count)}건`;
}
export const treated = (severity: string): string => `적용 심각도 ${severity}`;
export const measured = measuredIn('ko', '임계값');

export const machines: MachineWords = {
  placed: (names, zones) => `${names} (영역 ${zones.join(', ')})`,
  others: (count) => `외 ${number(count)}개`,
  unseen: (count) => `${instances(count)}, 대상 미확인`,
  overdue: (count) => `${number(count)}개, 15분 경과`,
  limit: { minimum: '설정 최솟값', maximum: '설정 최댓값', quota: '할당량' },
  running: (which, after) => `${which}, ${after === undefined ? '' : `${after} 후 `}실행 중`,
  removed: (which) => `${which}, 제거됨`,
  notRunning: (count) => `15분이 지나도 실행되지 않음 ${number(count)}개`,
  notRemoved: (count) => `15분이 지나도 제거되지 않음 ${number(count)}개`,
  failed: (count, codes) => `실패 ${number(count)}개${place(codes)}`,
  reached: (limit) => `${limit} 도달`,
  changed: (capacity) => `현재 목표 ${number(capacity)}개`,
  unmoved: {
    out: (capacity) => `${number(capacity)}개 그대로, 추가된 인스턴스 없음`,
    in: (capacity) => `${number(capacity)}개 그대로, 제거된 인스턴스 없음`,
  },
  lastDay: (minimum, maximum) => `최근 24시간 ${minimum}~${maximum}개`,
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
    const wanted = from === undefined ? `목표 ${instances(to)}` : `이전 ${instances(from)}, 목표 ${number(to)}개`;
    return `${state.scale[outline(event).state]}${said(event.word)}: ${name}, ${wanted}.`;
  }
  const told = `${state.scale[outline(event).state]}: ${name}`;
  const same = `${instances(to)} 그대로`;
  const day = lastDayText(event, machines, number);
  if (phase === 'failed' || phase === 'held') {
    const why = given('; ', causeOf(event)) + which('; ', event) + day;
    if (from === to) return `${told}, ${same}${why}.`;
    const wanted = `목표 ${from === undefined ? instances(to) : `${number(to)}개`}`;
    return `${told}, ${from === undefined ? '' : `${instances(from)} 유지, `}${wanted}${why}.`;
  }
  // The counter stands behind both numbers.
  const counts = change(event, (count) => `${number(count)}개`);
  const all = counts === undefined ? (from === to ? same : `${instances(to)}로 변경`) : `인스턴스 ${counts}`;
  return `${told}, ${all}${duration ? `, ${took(duration)} 소요` : ''}${which(': ', event)}${day}.`;
}

function deployment(event: EventOf<'deployment'>): string {
  const { phase, version, word } = event;
  const what = state.deployment[outline(event).state] + (phase === 'unknown' ? said(word) : '');
  const more = next(event, {
    failed: ', 실패한 단계: ',
    waiting: ', 승인 담당: ',
    approved: ', 승인자: ',
    rejected: ', 반려자: ',
  });
  return `${what}: ${deployedName(event)}${located(event)}${given(', ', version)}${more}.`;
}

function alert(event: EventOf<'alert'>): string {
  const { rule } = event;
  return `${alertState(event, state, still)}${place(quoted(event.word), levelOf(event, state.custom, treated))}: ${rule}${located(event)}${given(', 대상: ', watched(event))}${given(', ', gauged(event, measured))}${given('. ', explained(event))}.`;
}

function drift(event: EventOf<'drift'>): string {
  const { change, verdict, behind, total, resource } = event;
  const name = resource.name + located(event, resource.region);
  const of = (count: number) => `${instances(total)} 중 ${number(count)}개가`;
  if (change === 'resolved') {
    const over = `${state.drift[outline(event).state]}: ${name}, ${of(total)} 최신 상태.`;
    return event.unseen ? `${over} ${unseen}` : over;
  }
  // Nothing is behind: its upgrade waits, or nobody repairs it.
  if (behind === 0) return `${state.drift[verdict]}: ${name}.`;
  const told = verdict === 'hidden' ? '이전 이미지 사용 중' : '현재 모델과 다름';
  return `${state.drift[verdict]}: ${name}, ${of(behind)} ${told}.`;
}

/** Who gets what a receiver in trouble does not. */
export const instead = (fallback: string): string => `대신 받는 곳: ${fallback}`;

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
  const listed = more === 0 ? '' : `, 외 ${number(more)}개`;
  const missing = unread ? `, 읽지 못한 구독 ${number(unread)}개` : '';
  return `${state.digest[cause]}${located(event)}: ${scaleSets(total)}에 모델과 다른 인스턴스 있음${listed}${missing}.`;
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
  custom: (event) => `${state.custom[event.severity]}: ${titledIn(', 대상: ', event)}${given('. ', saidFirst(event))}.`,
  notice,
  act: (event) =>
    `${state.act[event.action]} (${given('', event.until && `${untilOf(event)}까지, `)}${event.by}): ${actedOn(event)}.`,
  digest,
  review: (event) => reviewSentence(event, review, state.review),
};
