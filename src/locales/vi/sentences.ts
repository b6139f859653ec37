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

export const number = numberIn('vi');
// "Phiên bản" is also a version: "số phiên bản" would read as a version number. Azure has no Vietnamese of its own for
// scale sets either, so that operators know both by their English names.
export const instances = counted('vi', { other: 'instance' });
export const scaleSets = counted('vi', { other: 'scale set' });
export const resources = counted('vi', { other: 'tài nguyên' });
export const events = counted('vi', { other: 'sự kiện' });
const took = durationIn('vi');

export const still = (seconds: number): string => `Cảnh báo chưa kết thúc, đã ${took(seconds)}`;
export const subscriptions = counted('vi', { other: 'subscription' });
export const others = (count: number): string => `và ${number(count)} mục khác`;
/** Of what else a digest tells: how much of it is as severe as what leads. */
export function asSevere(count: number, of: number): string {
  if (count === 0) return 'không mục nào cùng mức độ';
  if (count === of) return of === 1 ? 'cùng mức độ' : 'tất cả cùng mức độ';
  return `${number(count)} mục cùng mức độ`;
}
export const treated = (severity: string): string => `xử lý như mức ${severity.toLowerCase()}`;
export const measured = measuredIn('vi', 'ngưỡng');

const TO = { out: 'lên', in: 'xuống' } as const;

export const machines: MachineWords = {
  placed: (names, zones) => `${names} (vùng ${zones.join(', ')})`,
  others: (count) => `và ${number(count)} instance khác`,
  unseen: (count) => `${instances(count)}, không rõ là instance nào`,
  overdue: (count) => `${number(count)}, sau 15\u00a0phút`,
  limit: { minimum: 'mức tối thiểu của thiết lập', maximum: 'mức tối đa của thiết lập', quota: 'hạn mức' },
  running: (which, after) => `${which}, đã chạy${after === undefined ? '' : ` sau ${after}`}`,
  removed: (which) => `${which}, đã gỡ`,
  notRunning: (count) => `${number(count)} chưa chạy sau 15\u00a0phút`,
  notRemoved: (count) => `${number(count)} chưa gỡ sau 15\u00a0phút`,
  failed: (count, codes) => `${number(count)} thất bại${place(codes)}`,
  reached: (limit) => `đã chạm ${limit}`,
  changed: (capacity) => `hiện cần ${number(capacity)}`,
  unmoved: {
    out: (capacity) => `vẫn là ${number(capacity)}, không thêm gì`,
    in: (capacity) => `vẫn là ${number(capacity)}, không xóa gì`,
  },
  lastDay: (minimum, maximum) => `24\u00a0giờ qua từ ${minimum} đến ${maximum}`,
};

/** Which machines came or went, after what leads to it. */
const which = (lead: string, { direction, machines: found }: EventOf<'scale'>): string =>
  given(lead, found && machinesText(direction, found, machines, took));

const quoted = (word: string | undefined): string => given('“', word && `${word}”`);

/** A word that only its sender knows, after the state that says so. */
const said = (word: string | undefined): string => place(quoted(word));

function scale(event: EventOf<'scale'>): string {
  const { direction, from, to, phase, duration } = event;
  const name = event.resource.name + located(event, event.resource.region);
  if (phase === 'unknown') {
    const wanted =
      from === undefined ? `mục tiêu ${instances(to)}` : `trước đó ${instances(from)}, mục tiêu ${number(to)}`;
    return `${state.scale[outline(event).state]}${said(event.word)}: ${name}, ${wanted}.`;
  }
  const told = `${state.scale[outline(event).state]}: ${name}`;
  const day = lastDayText(event, machines, number);
  if (phase === 'failed' || phase === 'held') {
    const why = given('; ', causeOf(event)) + which('; ', event) + day;
    if (from === undefined) return `${told}, mục tiêu ${instances(to)}${why}.`;
    return `${told}, vẫn chạy ${instances(from)}${from === to ? '' : `, mục tiêu ${number(to)}`}${why}.`;
  }
  const counts = change(event, number) ?? `${from === to ? 'vẫn' : TO[direction]} ${instances(to)}`;
  return `${told}, ${counts}${duration ? `, mất ${took(duration)}` : ''}${which(': ', event)}${day}.`;
}

function deployment(event: EventOf<'deployment'>): string {
  const { phase, environment, version, word } = event;
  const what = state.deployment[outline(event).state] + (phase === 'unknown' ? said(word) : '');
  const more = next(event, {
    failed: ', bước thất bại: ',
    waiting: ', chờ duyệt bởi: ',
    approved: ', người duyệt: ',
    rejected: ', người từ chối: ',
  });
  return `${what}: ${deployedName(event)}${environment ? ` lên ${environment}` : located(event)}${given(', ', version)}${more}.`;
}

function alert(event: EventOf<'alert'>): string {
  const { rule } = event;
  return `${alertState(event, state, still)}${place(quoted(event.word), levelOf(event, state.custom, treated))}: ${rule}${located(event)}${given(', tài nguyên ', watched(event))}${given(', ', gauged(event, measured))}${given('. ', explained(event))}.`;
}

function drift(event: EventOf<'drift'>): string {
  const { change, verdict, behind, total, resource } = event;
  const name = resource.name + located(event, resource.region);
  const of = (count: number) => `${number(count)} trên ${instances(total)}`;
  if (change === 'resolved') {
    const over = `${state.drift[outline(event).state]}: ${name}, ${of(total)} đã được cập nhật.`;
    return event.unseen ? `${over} ${unseen}` : over;
  }
  // Nothing is behind: its upgrade waits, or nobody repairs it.
  if (behind === 0) return `${state.drift[verdict]}: ${name}.`;
  const told = verdict === 'hidden' ? 'đang dùng image cũ hơn' : 'chưa khớp model hiện tại';
  return `${state.drift[verdict]}: ${name}, ${of(behind)} ${told}.`;
}

/** Who gets what a receiver in trouble does not. */
export const instead = (fallback: string): string => `${fallback} nhận thay`;

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
  const listed = more === 0 ? '' : `, ${number(more)} mục không liệt kê ở đây`;
  const missing = unread ? `, không đọc được ${number(unread)} subscription` : '';
  return `${state.digest[cause]}${located(event)}: ${scaleSets(total)} có instance chưa khớp model${listed}${missing}.`;
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
    `${state.custom[event.severity]}: ${titledIn(', tài nguyên ', event)}${given('. ', saidFirst(event))}.`,
  notice,
  act: (event) => `${state.act[event.action]}${given(' đến ', untilOf(event))} bởi ${event.by}: ${actedOn(event)}.`,
  digest,
  review: (event) => reviewSentence(event, review, state.review),
};
