import type { RelayEvent } from '../event/event.ts';
import { outline, titled } from '../event/outline.ts';
import { DAY_MILLISECONDS, HOUR_MILLISECONDS, MINUTE_MILLISECONDS } from '../event/time/units.ts';
import { en } from '../locales/en/en.ts';
import { figured, stateWord } from '../locales/parts.ts';
import { environmentsGiven } from '../routing/choice.ts';
import type { JoinGiven } from '../routing/joins.ts';
import type { Terms } from '../routing/terms.ts';
import { safeLine } from './text.ts';

/** An event in brief in the words of its message: "Scaling out: shop-web (prod) 3 → 6". `state` is raw. */
export const eventText = ({
  kind,
  state,
  subject,
  figure,
}: {
  readonly kind: string;
  readonly state: string;
  readonly subject: string;
  readonly figure?: string | undefined;
}): string =>
  safeLine(`${stateWord(kind, state, en.state)}: ${[subject, figured(figure, en)].filter(Boolean).join(' ')}`);

/** The same of a whole event, what a deployment is brought to included. */
export function wholeText(event: RelayEvent): string {
  const { state, figure, ...named } = outline(event);
  return eventText({ kind: event.kind, state, subject: titled(named), figure });
}

type Given = Parameters<typeof environmentsGiven>[0][number];

/** Which rule gave an event its environment. */
export interface GivenEnvironment {
  readonly environment: string | undefined;
  /** "environments.0", as problems of the configuration name it. */
  readonly rule: string;
}

/** That, as a member of a document; nothing where its sender named it. */
export function givenTo(given: Given): { readonly environment?: GivenEnvironment } {
  const [environment] = environmentsGiven([given]).environments ?? [];
  return environment === undefined ? {} : { environment };
}

/** "environment prod, by rule 1 of `environments`": counted from 1 as people do. */
export const environmentText = ({ environment = '', rule }: GivenEnvironment): string =>
  `environment ${safeLine(environment)}, by rule ${Number(rule.split('.').at(-1)) + 1} of \`environments\``;

const UNITS = [
  ['d', DAY_MILLISECONDS],
  ['h', HOUR_MILLISECONDS],
  ['min', MINUTE_MILLISECONDS],
  ['s', 1_000],
] as const;

/** "4 h", of milliseconds: in the largest unit that is whole. */
export function paceText(milliseconds: number): string {
  const [unit, size] = UNITS.find(([, each]) => milliseconds % each === 0) ?? ['s', 1_000];
  return `${Math.round(milliseconds / size)} ${unit}`;
}

/** "reminded every 4 h". */
export const remindText = (milliseconds: number): string => `reminded every ${paceText(milliseconds)}`;

/** "joins the conversation of shop-web, within 2 h of its last step". */
export const joinText = ({ of, within }: Pick<JoinGiven, 'of' | 'within'>): string =>
  `joins the conversation of ${safeLine(of)}, within ${paceText(within * 1_000)} of its last step`;

/** What is said of a receiver beside its name: " (as error, reminded every 4 h)"; nothing where it gets the event as it is. */
export function termsText({ severity, remind }: Terms = {}): string {
  const said = [
    ...(severity === undefined ? [] : [`as ${severity}`]),
    ...(remind === undefined ? [] : [remindText(remind)]),
  ];
  return said.length === 0 ? '' : ` (${said.join(', ')})`;
}
