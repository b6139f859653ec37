import { userInfo } from 'node:os';
import { typedHere } from '../event/command.ts';
import { DAY_MILLISECONDS } from '../event/time/units.ts';
import { answers, parsedAnswer, type ShownSilence } from './answers.ts';
import { type Client, relayAt } from './client.ts';
import { CommandFailure } from './failure.ts';
import type { Work } from './shell.ts';
import { left, meant, safeLine, second } from './text.ts';

export interface SilenceOptions {
  readonly url?: string;
  readonly match: readonly string[];
  readonly for: string;
  readonly reason?: string;
  readonly author?: string;
}

const PATH = '/api/silences';
const PROPERTY = 'properties.';

const PASSES =
  'Told all the same: critical events (or those of quiet.breakThrough), and the end of what was told before.';

export async function addSilence(options: SilenceOptions, { screen, shell }: Work): Promise<void> {
  const client = relayAt(options.url, shell.env);
  const body = {
    match: conditionsOf(options.match),
    for: options.for,
    author: options.author ?? account(),
    ...(options.reason !== undefined && { reason: options.reason }),
  };
  const answer = await client.call({ method: 'POST', path: PATH, body }).catch(asOptions);
  const { silence } = parsedAnswer(answers.silence, answer, client);
  if (screen.json) return screen.document(answer);
  screen.print(`Silent until ${second(silence.endsAt)} UTC: ${asTyped(silence)}`);
  screen.print(PASSES);
  if (takesAll(silence) && lasts(silence) > DAY_MILLISECONDS) {
    screen.print(
      screen.paint(
        'yellow',
        `This keeps back every other event, for every receiver, for ${left(silence.endsAt, Date.now())}: narrow it by --match, or end it soon.`,
      ),
    );
  }
  screen.print(`To end it sooner: ${typedHere.relay} silence end ${safeLine(silence.id)}`);
}

/** Whether no condition narrows it: each has a pattern that anything fits. */
const takesAll = ({ match: { properties = {}, ...fields } }: ShownSilence): boolean =>
  [...Object.values(fields), ...Object.values(properties)].every((patterns) =>
    [patterns].flat().some((pattern) => /^(?:\*+|>=info)$/.test(pattern)),
  );

const lasts = ({ startsAt = new Date().toISOString(), endsAt }: ShownSilence): number =>
  Date.parse(endsAt) - Date.parse(startsAt);

/** What a relay refuses of a silence, by the options that were given in place of the body that was made of them. */
function asOptions(error: unknown): never {
  const [said] = /^the silence cannot read this body: /.exec(error instanceof Error ? error.message : '') ?? [];
  if (!(error instanceof CommandFailure) || said === undefined) throw error;
  const message = error.message
    .slice(said.length)
    .replace(/(^|; )match\.([\w.]+): /g, '$1--match $2: ')
    .replace(/(^|; )(for|reason|author): /g, '$1--$2: ');
  throw new CommandFailure(message, {
    ...{ status: error.status, problems: error.problems },
    next: `${typedHere.relay} silence add --help has examples; docs/configuration.md lists the fields of \`match\`.`,
  });
}

export async function listSilences(url: string | undefined, { screen, shell }: Work): Promise<void> {
  const client = relayAt(url, shell.env);
  const answer = await client.call({ method: 'GET', path: PATH });
  const { silences } = parsedAnswer(answers.silences, answer, client);
  if (screen.json) return screen.document(answer);
  if (silences.length === 0) return screen.print('Nothing is silenced.');
  await screen.table(
    ['UNTIL (UTC)', 'LEFT', 'MATCH', 'AUTHOR', 'REASON', 'ID'],
    silences.map((each) => [
      second(each.endsAt),
      left(each.endsAt, Date.now()),
      asTyped(each),
      safeLine(each.author ?? ''),
      safeLine(each.reason ?? ''),
      safeLine(each.id),
    ]),
    [2, 4],
  );
}

export async function endSilence(given: string, url: string | undefined, { screen, shell }: Work): Promise<void> {
  const client = relayAt(url, shell.env);
  const id = await idOf(given, client);
  const answer = await client.call({ method: 'DELETE', path: `${PATH}/${encodeURIComponent(id)}` });
  const { silence } = parsedAnswer(answers.silence, answer, client);
  if (screen.json) return screen.document(answer);
  screen.print(`Ended: ${asTyped(silence)}`);
}

async function idOf(given: string, client: Client): Promise<string> {
  const { silences } = parsedAnswer(answers.silences, await client.call({ method: 'GET', path: PATH }), client);
  const ids = silences.map(({ id }) => id);
  const id = meant(given, ids, 'silence');
  if (id !== undefined) return id;
  throw new CommandFailure(`No silence in force begins with ${given}.`, {
    next: `${typedHere.relay} silence list shows them.`,
  });
}

type Patterns = string | readonly string[];

interface Wanted {
  readonly [field: string]: Patterns | Readonly<Record<string, Patterns>>;
}

/**
 * "resource=shop-web" and its like as the relay takes them: several patterns of one field become a list, and
 * "properties.team=shop" is a property.
 */
function conditionsOf(given: readonly string[]): Wanted {
  const pairs = given.map((text) => {
    const at = text.indexOf('=');
    return { field: text.slice(0, at), pattern: text.slice(at + 1) };
  });
  const grouped = Object.entries(Object.groupBy(pairs, ({ field }) => field)).map(([field, group = []]) => {
    const patterns = group.map(({ pattern }) => pattern);
    return [field, patterns.length === 1 ? (patterns[0] ?? '') : patterns] as const;
  });
  const properties = grouped.filter(([field]) => field.startsWith(PROPERTY));
  return {
    ...Object.fromEntries(grouped.filter(([field]) => !field.startsWith(PROPERTY))),
    ...(properties.length > 0 && {
      properties: Object.fromEntries(properties.map(([field, patterns]) => [field.slice(PROPERTY.length), patterns])),
    }),
  };
}

/** The conditions of a silence as `--match` takes them. */
const asTyped = ({ match: { properties = {}, ...fields } }: ShownSilence): string =>
  safeLine(
    [...Object.entries(fields), ...Object.entries(properties).map(([name, each]) => [PROPERTY + name, each] as const)]
      .map(([field, patterns]) => `${field}=${[patterns].flat().join('|')}`)
      .join(' '),
  );

function account(): string {
  try {
    return userInfo().username;
  } catch {
    // A container's user may have no name.
    return 'unknown';
  }
}
