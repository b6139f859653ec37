import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, readConfig } from '../config/config.ts';
import { whyUnreadable } from '../config/file-text.ts';
import { typedHere } from '../event/command.ts';
import type { RelayEvent } from '../event/event.ts';
import { isOwnKind } from '../event/own-kinds.ts';
import { type Change, losses, type Rehearsal, rehearsal } from '../relay/rehearsal.ts';
import { answers, parsedAnswer } from './answers.ts';
import { eventsOf } from './body.ts';
import { relayAt } from './client.ts';
import { wholeText } from './event-text.ts';
import { CommandFailure } from './failure.ts';
import { MOST_LISTED } from './options.ts';
import { asStarted, configurationFile } from './settings.ts';
import type { Work } from './shell.ts';
import { plural, safeLine, second } from './text.ts';

export interface RehearseOptions {
  readonly config: string;
  readonly against?: string;
  readonly since: string;
  readonly source?: string;
  readonly url?: string;
}

export async function runRehearse(bodies: readonly string[], options: RehearseOptions, work: Work): Promise<void> {
  const [before, after] = [await configOf(options.against, work), await configOf(options.config, work)];
  const events = bodies.length > 0 ? await eventsIn(bodies, options, before, work) : await eventsAt(options, work);
  const found = rehearsal(events, before, after);
  if (work.screen.json) return work.screen.document(documentOf(found));
  await report(found, options, bodies.length > 0, work);
}

/** A configuration as a run here would have it. Throws a ConfigurationError with every problem of its own file. */
async function configOf(given: string | undefined, { shell }: Work): Promise<Config> {
  const file = await configurationFile(shell.env, given);
  return readConfig(asStarted(shell.env), file?.text, file?.name);
}

/** The events of bodies. What cannot be read is named and left out. */
async function eventsIn(
  bodies: readonly string[],
  { source }: RehearseOptions,
  { sources }: Config,
  work: Work,
): Promise<readonly RelayEvent[]> {
  const files = (await Promise.all(bodies.map(filesIn))).flat();
  if (files.length === 0) throw new CommandFailure(`There is no .json file in ${bodies.join(', ')}.`, { status: 2 });
  // What is in two files happened once.
  const events = new Map<string, RelayEvent>();
  for (const file of files) {
    try {
      for (const event of await eventsOf({ file, source }, sources, work)) events.set(event.id, event);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const why = error.message.replace(`${file}: `, '');
      work.screen.remark(safeLine(`Left out, ${file}: ${why}`));
    }
  }
  if (events.size > 0) return [...events.values()];
  throw new CommandFailure('No body could be read.', { next: `${typedHere.relay} preview <file> says of one why.` });
}

async function filesIn(path: string): Promise<readonly string[]> {
  if (path === '-') return [path];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const names = await readdir(path, { recursive: true });
    return names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => join(path, name));
  } catch (error) {
    throw new CommandFailure(`${path}: ${whyUnreadable(error)}.`, { status: 2 });
  }
}

/** The events that a relay remembers, but for what it says of itself. */
async function eventsAt({ url, since }: RehearseOptions, { shell, screen }: Work): Promise<readonly RelayEvent[]> {
  const client = relayAt(url, shell.env);
  const events = new Map<string, RelayEvent>();
  let rest: { readonly after?: string | undefined; readonly until?: string | undefined } | undefined = {};
  while (rest !== undefined) {
    const query = { since, ...rest, most: MOST_LISTED, events: 'whole', order: 'storage' };
    const answer = await client.call({ method: 'GET', path: '/api/deliveries', query });
    const page = parsedAnswer(answers.wholeDeliveries, answer, client);
    for (const { event } of page.deliveries) {
      if (!isOwnKind(event.kind)) events.set(event.id, event);
    }
    const { after, next: until } = page;
    rest = after === undefined && until === undefined ? undefined : { after, until };
    if (rest !== undefined) screen.remark(`${plural(events.size, 'event')} …`);
  }
  return [...events.values()].toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
}

const documentOf = ({ changes, ...found }: Rehearsal) => {
  const named = ({ event, ...change }: Change) => ({
    ...change,
    event: { id: event.id, occurredAt: event.occurredAt, severity: event.severity, told: wholeText(event) },
  });
  return { ...found, changes: changes.map(named), losses: losses(changes).map(named) };
};

const sum = (messages: Readonly<Record<string, number>>): number =>
  Object.values(messages).reduce((all, each) => all + each, 0);

async function report(
  { events, before, after, changes }: Rehearsal,
  { config, since }: RehearseOptions,
  isOfBodies: boolean,
  { screen }: Work,
): Promise<void> {
  const what = `${plural(events, 'event')}${isOfBodies ? '' : ` since ${since}`}`;
  if (changes.length === 0)
    return screen.print(`${what}: nothing changes, ${plural(sum(before.messages), 'message')}.`);
  const [was, would] = [sum(before.messages), sum(after.messages)];
  screen.print(
    screen.paint('bold', `${what}: ${would} instead of ${plural(was, 'message')} by ${safeLine(config)}.`),
    '',
  );
  const names = [...new Set([...Object.keys(before.messages), ...Object.keys(after.messages)])].sort();
  await screen.table(
    ['', 'NOW', 'THEN'],
    [
      ...names.map((name) => [safeLine(name), `${before.messages[name] ?? 0}`, `${after.messages[name] ?? 0}`]),
      ['held by windows', `${before.held}`, `${after.held}`],
      ['told to nobody', `${before.untold}`, `${after.untold}`],
    ],
    [0],
  );
  const worse = losses(changes);
  if (worse.length === 0) return screen.print('', 'No error and nothing critical would be told later than now.');
  screen.print('', screen.paint('red', `${plural(worse.length, 'error')} would be told later, or to nobody:`));
  await screen.table(['WHEN (UTC)', 'SEVERITY', 'EVENT', 'NOW', 'THEN'], worse.slice(0, MOST_SHOWN).map(lineOf), [2]);
  if (worse.length > MOST_SHOWN) screen.print(`and ${worse.length - MOST_SHOWN} more, which --json lists`);
}

const MOST_SHOWN = 20;

const lineOf = ({ event, before, after }: Change): readonly string[] => [
  second(event.occurredAt),
  event.severity,
  wholeText(event),
  before.join(', ') || 'nobody',
  after.join(', ') || 'nobody',
];
