import { says } from '../event/deployed.ts';
import type { EventOf, RelayEvent } from '../event/event.ts';
import { BY_LEVEL, levels } from '../event/fields.ts';
import { inOrder, isOver } from '../event/importance.ts';
import { unsaid, whereOf } from '../event/place.ts';
import { cutAtWord } from '../event/text.ts';
import { troublesOf } from '../event/trouble.ts';
import type { Messages } from './messages.ts';
import { failureOf, unended } from './reasons.ts';

type Deployment = EventOf<'deployment'>;

/** " (prod, Korea Central)", as far as it is known. */
export const place = (...places: readonly (string | undefined)[]): string => {
  const known = places.filter(Boolean);
  return known.length > 0 ? ` (${known.join(', ')})` : '';
};

/** A text after what leads to it, or nothing where there is none. */
export const given = (lead: string, text: string | undefined): string => (!text ? '' : lead + text);

type Scale = EventOf<'scale'>;

/** "3 → 6", where both counts are known and differ. */
export const change = ({ from, to }: Scale, number: (count: number) => string): string | undefined =>
  from === undefined || from === to ? undefined : `${number(from)} → ${number(to)}`;

/** "6, not 3" of "6 ⇥ 3", in the language's words; another figure as it is. */
export const figured = (figure: string | undefined, { stays }: Pick<Messages, 'stays'>): string | undefined =>
  figure?.replace(/^(\d+) ⇥ (\d+)$/, (_, from: string, to: string) => stays(from, to));

/** " (prod)": an event's environment or resource group, and its region where it is wanted too. */
export const located = (event: RelayEvent, region?: string): string => place(whereOf(event), region);

/** What a reader asks next, after the language's words for it: which step failed and why, who must approve, who decided. */
export function next(
  event: Deployment,
  leads: Readonly<Record<'failed' | 'waiting' | 'approved' | 'rejected', string>>,
): string {
  const { phase, waitingFor, actor } = event;
  switch (phase) {
    case 'failed':
      return given(leads.failed, event.failedStep) + given('; ', failureOf(event));
    case 'waiting':
      return given(leads.waiting, waitingFor);
    case 'approved':
    case 'rejected':
      return given(leads[phase], actor);
    default:
      return '';
  }
}

type Notice = EventOf<'notice'>;
type Counting = Pick<Messages, 'duration' | 'events' | 'subscriptions' | 'scaleSets'>;
type Digest = EventOf<'digest'>;
type Brief = Omit<Digest['stories'][number], 'count'>;

/** "shop-web (prod)". */
export const named = ({ subject, place: where }: Pick<Brief, 'subject' | 'place'>): string => subject + place(where);

/** A state in the language's words; a state that a later release wrote is shown as it is. */
export const stateWord = (kind: string, state: string, words: Messages['state']): string =>
  knownWord(kind, state, words) ?? state;

function knownWord(kind: string, state: string, words: Messages['state']): string | undefined {
  const ofKind = own<Readonly<Record<string, string>>>(words, kind);
  return ofKind && own(ofKind, state);
}

const own = <Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/**
 * What a digest says first, with how bad it is: "Sev2", "Sev3 (treated as critical)", else what happened, "Alert fired (Critical)";
 * undefined where we have no word.
 */
export function leadState(
  first: Brief,
  { state: words, treated }: Pick<Messages, 'state' | 'treated'>,
): string | undefined {
  const { kind, state, severity } = first;
  const level = levelOf(first);
  const said = level ?? knownWord(kind, state, words);
  if (said === undefined || severity === undefined || isOver(first)) return said;
  if (level !== undefined) return said + place(BY_LEVEL[level] === severity ? '' : treated(words.custom[severity]));
  return said + place(severity === 'info' || kind === 'custom' ? '' : words.custom[severity]);
}

const levelOf = ({ kind, state, figure }: Brief) =>
  kind === 'alert' && state === 'fired' ? levels.find((each) => each === figure) : undefined;

/** "Sev2 web-cpu (prod)", "Deployment failed (Error): shop → prod"; undefined where a digest lists nothing. */
export function lead(
  { stories }: Digest,
  { test, ...words }: Pick<Messages, 'state' | 'test' | 'treated'>,
): string | undefined {
  const [first] = inOrder(stories);
  if (first === undefined) return undefined;
  const state = leadState(first, words) ?? first.state;
  const mark = first.test ? `${test} · ` : '';
  return `${mark}${state}${levelOf(first) === undefined ? ':' : ''} ${unended(named({ ...first, subject: cutAtWord(first.subject, 80) }))}`;
}

/** How much else a digest tells of, beside what leads it. */
export const besides = ({ stories, others = [], named = [], more, window }: Digest): number => {
  // Of what a window held, what is over by its end is no further trouble.
  if (window !== undefined)
    return Math.max(0, [...stories, ...others].filter((each) => !isOver(each)).length + more - 1);
  return Math.max(0, stories.length + named.length + more - 1);
};

/** What a notice says in every language: what it is about, which events, and what to do next. */
export function noticed(
  event: Notice,
  words: Counting &
    Pick<Messages['digest'], 'others'> &
    Messages['notice'] & { readonly state: Messages['state']['notice'] },
): string {
  const { topic, about } = event;
  const amount = given(', ', waiting(event, words));
  const names = given(': ', concerned(event, words.others));
  const instead = event.fallback ? `; ${words.instead(event.fallback)}` : '';
  return `${words.state[topic]}: ${about}${located(event)}${amount}${names}${instead}; ${advised(event, words).join('; ')}.`;
}

/** What is wrong and what to do next; with several troubles, of how many things each is. */
export function advised(
  event: Notice,
  words: Counting & Pick<Messages['notice'], 'advice'>,
): readonly [string, ...string[]] {
  const [first, ...rest] = troublesOf(event);
  if (rest.length === 0) return [words.advice[first.trouble]];
  const line = ({ trouble, count = 0 }: typeof first): string =>
    [waiting({ ...event, count }, words), words.advice[trouble]].filter(Boolean).join(': ');
  return [line(first), ...rest.slice(0, 1).map(line)];
}

/** "12 events", "3 subscriptions", of a silence "6 min"; undefined where nothing is counted. */
export function waiting(
  { topic, count, lasted, resource: { type } }: Notice,
  { duration, events, subscriptions, scaleSets }: Counting,
): string | undefined {
  if (!count) return lasted === undefined ? undefined : duration(lasted);
  if (topic !== 'driftUnreadable' && topic !== 'driftReadable') return events(count);
  return /\/virtualMachineScaleSets$/i.test(type ?? '') ? scaleSets(count) : subscriptions(count);
}

/** "Disk full on db-1, web-cpu (prod) and 4 more". */
function concerned({ events = [], count = events.length }: Notice, others: (count: number) => string): string {
  const names = events.slice(0, 2).map((each) => named({ ...each, subject: cutAtWord(each.subject, 60) }));
  const more = count - names.length;
  return [names.join(', '), ...(names.length > 0 && more > 0 ? [others(more)] : [])].join(' ');
}

/** Where an alert's rule does not name its resource, the resource. */
export const watched = (event: EventOf<'alert'>): string | undefined => unsaid(event, event.rule);

/** "CPU 93.4 % (threshold > 90 %)": with what was measured, where its rule does not say that. */
export function gauged(event: EventOf<'alert'>, measured: Messages['measured']): string | undefined {
  const { metric = '', value, rule } = event;
  // A threshold by itself says nothing of what happened; what the alert says of itself does.
  if (value === undefined) return undefined;
  const isNamed = metric !== '' && !says(rule, metric);
  return [...(isNamed ? [metric] : []), measured(event)].filter(Boolean).join(' ') || undefined;
}

/** "Backup failed (rg-shop) on orders-db", with the language's words before what it is about. */
export function titledIn(on: string, event: EventOf<'custom'>): string {
  const about = unsaid(event, event.title);
  return `${unended(event.title)}${about === whereOf(event) ? '' : located(event)}${given(on, about)}`;
}

/** Sources whose names are the same in every language. */
export const PRODUCTS = {
  acr: 'Azure Container Registry',
  alertmanager: 'Alertmanager',
  'app-service': 'App Service',
  'azure-devops': 'Azure DevOps',
  'azure-monitor': 'Azure Monitor',
  cdevents: 'CDEvents',
  'event-grid': 'Azure Event Grid',
  flux: 'Flux',
  github: 'GitHub',
  gitlab: 'GitLab',
  grafana: 'Grafana',
  'hcp-packer': 'HCP Packer',
  'hcp-terraform': 'HCP Terraform',
  jenkins: 'Jenkins',
  octopus: 'Octopus Deploy',
  spinnaker: 'Spinnaker',
} as const;
