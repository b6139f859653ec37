import * as z from 'zod';
import type { RelayEvent } from '../event/event.ts';
import { type Severity, severities } from '../event/fields.ts';
import type { Matching } from './conditions.ts';
import { compileDeferral, current, type Deferral, deferralOf, keysHolding, type UnderWay } from './deferral.ts';
import { type Silence, silencedBy } from './silences.ts';
import { compileWindow, LONGEST, type Window, windowOf } from './windows.ts';

export const muteRulesOf = (match: Matching) =>
  z.strictObject({
    breakThrough: z
      .enum([...severities, ...severities.map((severity) => `>=${severity}` as const)])
      .optional()
      .describe(
        'The severity from which on events are told all the same, such as `">=error"`; without it, `critical`.',
      ),
    windows: z
      .array(windowOf(match))
      .optional()
      .describe('Times of every week; what comes in them is told at their end.'),
    inhibit: z.array(deferralOf(match)).optional().describe('What waits while a deployment is under way.'),
  });

/** What the configuration says of quiet. */
export interface MuteRules {
  readonly windows: readonly Window[];
  readonly inhibitions: readonly Deferral[];
  readonly breakThrough: Severity;
}

/** That, and what storage says. */
export interface Mutes extends MuteRules {
  readonly silences: readonly Silence[];
  /** Deployments; those of other keys than the event's make no difference. */
  readonly underWay: readonly UnderWay[];
}

/** Without a word of it in the configuration. */
export const NO_MUTES: MuteRules = { windows: [], inhibitions: [], breakThrough: 'critical' };

/** `chats` are the receivers that a window is for which names none. */
export function compileMutes(
  given: z.infer<ReturnType<typeof muteRulesOf>>,
  timeZone: string,
  chats?: readonly string[],
): MuteRules {
  const { windows = [], inhibit = [], breakThrough } = given;
  return {
    windows: windows.map((each) => compileWindow(each, timeZone, chats)),
    inhibitions: inhibit.map(compileDeferral),
    breakThrough: severities.find((severity) => breakThrough?.endsWith(severity)) ?? NO_MUTES.breakThrough,
  };
}

/** The window that keeps an event from a receiver now; `now` in milliseconds. */
export function windowHolding(event: RelayEvent, quiet: MuteRules, receiver: string, now: number): Window | undefined {
  if (isTold(event, quiet)) return undefined;
  return quiet.windows.find(
    ({ match, receivers, isOpen }) =>
      (match === undefined || match(event)) && (receivers === undefined || receivers.includes(receiver)) && isOpen(now),
  );
}

/** Whether a window keeps from a receiver whatever another one does. */
const holdsAll = (window: Window, other: Window, receiver: string): boolean =>
  window === other ||
  (window.match === undefined && (window.receivers === undefined || window.receivers.includes(receiver)));

/**
 * When what a window holds for a receiver is told, in milliseconds: at its end, or at that of another that holds all the same
 * and is open then, as a night is that follows a weekend. Undefined where none of them is open at `now`, or where they do not
 * end within eight days.
 */
export function releaseAfter(
  window: Window,
  { windows }: Pick<MuteRules, 'windows'>,
  receiver: string,
  now: number,
): number | undefined {
  const isOpen = (at: number) => (each: Window) => holdsAll(each, window, receiver) && each.isOpen(at);
  let end: number | undefined;
  for (let open = windows.find(isOpen(now)); open !== undefined; open = windows.find(isOpen(end))) {
    end = open.endAfter(end ?? now);
    if (end === undefined || end - now > LONGEST) return undefined;
  }
  return end;
}

/** What keeps an event back now. */
export type Muted =
  | { readonly by: 'silence'; readonly name: string; readonly silence: Silence }
  | { readonly by: 'window'; readonly name: string; readonly window: Window }
  | { readonly by: 'deployment'; readonly name: string; readonly key: string };

/** Undefined where nothing does. `now` in milliseconds. */
export function mutedBy(event: RelayEvent, quiet: Mutes, receiver: string, now: number): Muted | undefined {
  if (isTold(event, quiet)) return undefined;
  const silence = silencedBy(event, quiet.silences, now);
  if (silence !== undefined) return { by: 'silence', name: silence.id, silence };
  const window = windowHolding(event, quiet, receiver, now);
  if (window !== undefined) return { by: 'window', name: window.name, window };
  const deployment = deploymentHolding(event, quiet, now);
  return deployment && { by: 'deployment', ...deployment };
}

/** As people and rows of the ledger have it: "silence 7f3a", "window nights", "deployment of shop". */
export const mutedText = ({ by, name }: Muted): string =>
  by === 'deployment' ? `deployment of ${name}` : `${by} ${name}`;

/** The window that such a text names; undefined where it names none. */
export const windowIn = (text: string): string | undefined => /^window (.+)$/.exec(text)?.[1];

function deploymentHolding(
  event: RelayEvent,
  { inhibitions, underWay }: Pick<Mutes, 'inhibitions' | 'underWay'>,
  now: number,
): { readonly key: string; readonly name: string } | undefined {
  if (underWay.length === 0) return undefined;
  const keys = keysHolding(event, inhibitions);
  return underWay
    .filter(({ key }) => keys.includes(key))
    .flatMap((each) => {
      const deployment = current(each, now);
      return deployment === undefined ? [] : [{ key: each.key, name: deployment.what }];
    })
    .at(0);
}

// What the relay says of itself is about the relay's own trouble; what a window held is not held again.
const isTold = (event: RelayEvent, { breakThrough }: MuteRules): boolean =>
  event.kind === 'notice' ||
  // Whoever was told of something is told as well that somebody deals with it.
  event.kind === 'act' ||
  // Whoever wants it has said when.
  event.kind === 'review' ||
  (event.kind === 'digest' && event.window !== undefined) ||
  severities.indexOf(event.severity) >= severities.indexOf(breakThrough);
