import type { ButtonName } from '../event/act.ts';
import type { EventOf, RelayEvent } from '../event/event.ts';
import { type Severity, severities } from '../event/fields.ts';
import { isOver, toBrief } from '../event/importance.ts';
import { DAY_MILLISECONDS, MINUTE_MILLISECONDS } from '../event/time/units.ts';
import type { Conditions } from './match.ts';
import { wallClock } from './windows.ts';

/** What people may be allowed to do: both buttons for silence are one. */
export const permissions = ['acknowledge', 'silence', 'meant', 'replay'] as const;

type Permission = (typeof permissions)[number];

/** What the configuration says of buttons. */
export interface ActRules {
  /** The newest first. */
  readonly keys: readonly string[];
  /** Where this relay is, without a slash at the end. */
  readonly url: string;
  /** When a silence until morning ends, by the clock on the wall of the receiver: 07:00. */
  readonly morning: string;
  /** Whether chats without buttons of their own get links. */
  readonly links: boolean;
  /** By their ids in the chat; whoever is not limited may be anyone. */
  readonly may: Readonly<Partial<Record<Permission, readonly string[]>>>;
}

const PERMISSION: Readonly<Record<ButtonName, Permission>> = {
  acknowledge: 'acknowledge',
  silenceHour: 'silence',
  silenceMorning: 'silence',
  meant: 'meant',
  replay: 'replay',
};

/** Whether somebody may do something; `who` is undefined of whom nobody knows. */
export function mayDo({ may }: Pick<ActRules, 'may'>, button: ButtonName, who: string | undefined): boolean {
  const allowed = may[PERMISSION[button]];
  return allowed === undefined || (who !== undefined && allowed.includes(who));
}

/** What can be done with an event. What is told all the same, from `breakThrough` on, has no silence. */
export function buttonsOn(event: RelayEvent, breakThrough: Severity): readonly ButtonName[] {
  if (isOver({ ...toBrief(event), test: false })) return [];
  if (event.kind === 'notice') return ofNotice(event);
  if (event.kind === 'drift') return event.change === 'resolved' ? [] : ['acknowledge', 'meant'];
  if (!isBad(event)) return [];
  const isQuietable = severities.indexOf(event.severity) < severities.indexOf(breakThrough);
  return ['acknowledge', ...(isQuietable ? (['silenceHour', 'silenceMorning'] as const) : [])];
}

function isBad(event: RelayEvent): boolean {
  switch (event.kind) {
    case 'alert':
      return event.state === 'fired' && event.still?.closed !== true;
    case 'scale':
      return event.phase === 'failed' || event.phase === 'held';
    case 'deployment':
      return event.phase === 'failed';
    case 'custom':
      return severities.indexOf(event.severity) >= severities.indexOf('error');
    default:
      return false;
  }
}

function ofNotice({ topic, severity }: EventOf<'notice'>): readonly ButtonName[] {
  if (topic === 'deadLetters') return ['acknowledge', 'replay'];
  return severities.indexOf(severity) >= severities.indexOf('warning') ? ['acknowledge'] : [];
}

/** The conditions that fit what is told of the same thing, and as little else as can be. */
export function sameAs(event: RelayEvent): Conditions {
  const { kind, resource } = event;
  const where = resource.id === undefined ? { resource: plain(resource.name) } : { id: plain(resource.id) };
  const { environment } = event;
  switch (event.kind) {
    case 'alert':
      return { kind, source: event.source, subject: plain(event.rule), ...where };
    case 'deployment':
      return { kind, subject: plain(event.subject), ...(environment && { environment: plain(environment) }) };
    case 'custom':
      return { kind, subject: plain(event.title), ...where };
    default:
      return { kind, ...where };
  }
}

// As long as a condition may be.
const MOST_LETTERS = 300;

/**
 * A text as a pattern: a "!" that it begins with would turn it round, a "*" in what a sender calls things would fit everything, and
 * what is longer than a pattern is cut. Patterns know no sign as itself: "?" is one letter.
 */
const plain = (text: string): string => {
  const pattern = text.replace(/^!|\*/g, '?');
  return pattern.length > MOST_LETTERS ? `${pattern.slice(0, MOST_LETTERS - 1)}*` : pattern;
};

/** The next morning in a zone, in milliseconds; minute by minute, since clocks may be put forward or back until then. */
export function nextMorning(morning: string, timeZone: string, now: number): number {
  const wanted = Number(morning.slice(0, 2)) * 60 + Number(morning.slice(3));
  const clock = wallClock(timeZone);
  const from = Math.floor(now / MINUTE_MILLISECONDS) * MINUTE_MILLISECONDS;
  const last = from + 2 * DAY_MILLISECONDS;
  let at = from + MINUTE_MILLISECONDS;
  while (at < last && clock(at).minute !== wanted) at += MINUTE_MILLISECONDS;
  return at;
}
