import type { Config } from '../config/config.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Severity } from '../event/fields.ts';
import { outline } from '../event/outline.ts';
import { isOwnKind } from '../event/own-kinds.ts';
import { routingOf } from '../relay/routed.ts';
import type { Joins } from '../routing/joins.ts';
import { taking } from '../routing/routes.ts';
import type { Tell } from '../routing/tell.ts';
import { conditionsText } from './conditions-text.ts';
import { eventText, paceText } from './event-text.ts';
import type { ReadSamples } from './mapping-samples.ts';
import { routeNumber, type WrittenRoute } from './route-verdicts.ts';
import { samples } from './samples.ts';
import { scheduleRemarks, schedulesOf, scheduleTable, scheduleText } from './schedules.ts';
import type { Good } from './settings.ts';
import type { Work } from './shell.ts';
import { few, plural, safeLine } from './text.ts';
import { warnings } from './warnings.ts';

/** What a good configuration amounts to: who there is, which routes, and who gets a sample of each kind. */
export async function summary(
  { file, config, written, environments, misspelt }: Good,
  mappings: readonly ReadSamples[],
  { screen, shell }: Work,
): Promise<void> {
  const { receivers } = config;
  const lines = routeLines(written, '');
  const told = samples.map((event) => sampleTold(event, config));
  const schedules = schedulesOf(config, Date.now());
  const left = [...misspelt, ...warnings(config, written, environments), ...scheduleRemarks(config, shell.env)];
  if (screen.json) {
    return screen.document({
      ok: true,
      file: file ?? null,
      receivers: receivers.map(({ name, type, locale, timeZone }) => ({ name, type, locale, timeZone })),
      ...(environments.length > 0 && { environments }),
      routes: lines,
      samples: told,
      ...(mappings.length > 0 && { mappings }),
      schedules,
      warnings: left,
    });
  }
  screen.print(`${screen.paint('green', 'good')}  ${file ?? 'the settings alone, without a file'}`, '');
  await screen.table(
    ['RECEIVER', 'TYPE', 'LANGUAGE', 'TIME ZONE'],
    receivers.map(({ name, type, locale, timeZone }) => [name, type, locale, timeZone]),
    [0],
  );
  screen.print('');
  await environmentTable(environments, screen);
  await screen.table(
    ['ROUTE', 'TAKES', 'LEADS TO'],
    lines.map(({ at, match, to, goesOn, ...said }) => [
      routeNumber(at),
      safeLine(match),
      `${few(to)}${saidText(said)}${goesOn ? `${to.length > 0 ? ', ' : ''}and on` : ''}`,
    ]),
    [1, 2],
  );
  screen.print('');
  await sampleTable(told, screen);
  await scheduleTable(schedules, screen);
  if (mappings.length > 0) screen.print('', ...mappings.map((each) => safeLine(mappingText(each))));
  printRest(left, others(config), screen);
}

/** "tides: of 3 sample bodies: 2 alert fired, 1 alert resolved." */
function mappingText({ source, samples: count, events, ignored }: ReadSamples): string {
  const told = Object.entries(events).map(([what, times]) => `${times} ${what}`);
  const left = ignored.length > 0 ? `; left out: ${few(ignored)}` : '';
  return `${source}: of ${plural(count, 'sample body', 'sample bodies')}: ${told.join(', ') || 'nothing is told'}${left}.`;
}

async function sampleTable(told: readonly ReturnType<typeof sampleTold>[], screen: Work['screen']): Promise<void> {
  const rows = told.map((each, at) => [
    samples
      .slice(at, at + 1)
      .map(sampleText)
      .join(''),
    each.routes.map(routeNumber).join(', '),
    goesTo(each, screen),
  ]);
  await screen.table(['SAMPLE', 'ROUTE', 'GOES TO'], rows, [0, 2]);
}

function printRest(left: readonly string[], more: readonly string[], { print, paint }: Work['screen']): void {
  if (left.length > 0) print('', ...left.map((each) => paint('yellow', safeLine(each))));
  if (more.length > 0) print('', `Besides: ${more.join(', ')}.`);
}

async function environmentTable(environments: Good['environments'], screen: Work['screen']): Promise<void> {
  if (environments.length === 0) return;
  const rows = environments.map(({ name, match }, at) => [
    `${at + 1}`,
    safeLine(name),
    safeLine(conditionsText(match)),
  ]);
  await screen.table(['RULE', 'ENVIRONMENT', 'TAKES'], rows, [2]);
  screen.print('');
}

interface Line {
  readonly at: string;
  readonly match: string;
  readonly to: readonly string[];
  readonly goesOn: boolean;
  readonly tell?: Tell;
  readonly severity?: Severity;
  readonly remind?: string;
}

const routeLines = (routes: readonly WrittenRoute[], within: string, around: readonly string[] = []): readonly Line[] =>
  routes.flatMap(({ match, to = around, routes: inner, tell, set, remind, ...rest }, index) => {
    const at = `${within}routes.${index}`;
    const pace = typeof remind === 'number' ? `every ${paceText(remind)}` : remind;
    const said = { ...(tell && { tell }), ...(set && { severity: set.severity }), ...(pace && { remind: pace }) };
    const line = { at, match: conditionsText(match), to, goesOn: rest.continue ?? false, ...said };
    return [line, ...routeLines(inner ?? [], `${at}.`, to)];
  });

/** What a route says beside whom it leads to: " (tell: both, severity: error)". */
function saidText(said: Pick<Line, 'tell' | 'severity' | 'remind'>): string {
  const all = Object.entries(said).map(([key, value]) => `${key}: ${value}`);
  return all.length === 0 ? '' : ` (${all.join(', ')})`;
}

/** What the relay says of itself takes no route: notices go to those that are named for them, a digest to its receiver. */
function sampleTold(event: RelayEvent, config: Config) {
  const { state, subject, figure } = outline(event);
  const sample = [event.kind, state, subject, figure].filter(Boolean).join(' ');
  const said = { kind: event.kind, sample };
  if (event.kind === 'digest') return { ...said, routes: [], to: ['the receiver whose events it tells'] };
  if (event.kind === 'act') return { ...said, routes: [], to: ['the receivers that were told of it'] };
  if (event.kind === 'notice') return { ...said, routes: [], to: config.notices };
  if (event.kind === 'review') return { ...said, routes: [], to: [...new Set(config.reviews.flatMap(({ to }) => to))] };
  return {
    ...said,
    environment: event.environment,
    routes: taking(event, config.routes).map(({ at }) => at),
    to: routingOf(config)(event).receivers,
  };
}

const sampleText = (event: RelayEvent): string => {
  const { state, subject, figure } = outline(event);
  const text = eventText({ kind: event.kind, state, subject, figure });
  return isOwnKind(event.kind) || event.environment === undefined ? text : `${text} (in ${event.environment})`;
};

const NAMED_FOR: Readonly<Partial<Record<RelayEvent['kind'], string>>> = { notice: 'notices', review: 'review' };

function goesTo({ kind, to }: ReturnType<typeof sampleTold>, { paint }: Work['screen']): string {
  if (to.length > 0) return few(to);
  const key = NAMED_FOR[kind];
  return paint('yellow', key === undefined ? 'nobody' : `nobody: \`${key}\` names nobody`);
}

/** "one conversation of scale, deployment, drift with the same resource, within 2 h". */
const joinsText = ({ kinds, same, within }: Joins): string =>
  `one conversation of ${[...kinds].join(', ')} with the same ${same.join(' and ')}, within ${paceText(within)}`;

const reviewText = ({ environment, at, to }: Config['reviews'][number]): string =>
  `a weekly review${environment === undefined ? '' : ` of ${safeLine(environment)}`} to ${few([...to])} ${scheduleText(safeLine(at))}`;

const others = ({
  runbooks,
  owners,
  quiet,
  joins,
  machines,
  drill,
  reviews,
  expects,
  sources,
}: Config): readonly string[] => [
  ...(runbooks.length > 0 ? [plural(runbooks.length, 'runbook')] : []),
  ...(owners.length > 0 ? [plural(owners.length, 'owner')] : []),
  ...(quiet.windows.length > 0 ? [`quiet windows ${quiet.windows.map(({ name }) => name).join(', ')}`] : []),
  ...(quiet.inhibitions.length > 0 ? [plural(quiet.inhibitions.length, 'inhibition')] : []),
  ...(joins === undefined ? [] : [joinsText(joins)]),
  ...(machines ? ['which machines scalings brought, read from Azure'] : []),
  ...(drill === undefined ? [] : [`a fire drill ${scheduleText(safeLine(drill.every))}`]),
  ...reviews.map(reviewText),
  ...expects.map(({ source, every }) => `${safeLine(source)} at least every ${every / 60_000} min`),
  ...(Object.keys(sources).length > 0 ? [`settings of the senders ${Object.keys(sources).join(', ')}`] : []),
];
