import { setTimeout as sleep } from 'node:timers/promises';
import type * as z from 'zod';
import { typedHere } from '../event/command.ts';
import { driftVerdicts, silentVerdicts } from '../event/drift.ts';
import { MINUTE_MILLISECONDS } from '../event/time/units.ts';
import { didYouMean } from '../problems/spelling.ts';
import { glob } from '../routing/glob.ts';
import { answers, parsedAnswer } from './answers.ts';
import { relayAt } from './client.ts';
import { CommandFailure } from './failure.ts';
import type { Screen, Work } from './shell.ts';
import { plural, safeLine, second } from './text.ts';

type Fleet = z.infer<typeof answers.fleet>;
type Listed = Fleet['sets'][number];

const EVERY_SECONDS = 30;

export interface FleetOptions {
  readonly url?: string;
  readonly match?: readonly string[];
  readonly watch?: number | true;
}

/** Shows the fleet once, or again whenever a check has changed it; then a relay that is away for a while is waited for. */
export async function runFleet(
  { url, match = [], watch }: FleetOptions,
  { screen, shell, wrong }: Work,
): Promise<void> {
  const client = relayAt(url, shell.env);
  const fits = wanted(match);
  const ask = async () => parsedAnswer(answers.fleet, await client.call({ method: 'GET', path: '/api/fleet' }), client);
  let last = '';
  let isAway = false;
  for (;;) {
    const answer = await ask().catch((error: unknown) => {
      if (last === '' || watch === undefined || !(error instanceof CommandFailure)) throw error;
      return error;
    });
    const wasAway = isAway;
    isAway = answer instanceof CommandFailure;
    if (answer instanceof CommandFailure) {
      if (!wasAway) screen.remark(`${answer.message} Asked again until it is back.`);
      await pause(watch);
      continue;
    }
    if (!answer.on) {
      throw new CommandFailure(`The drift report of ${client.url} is off.`, { next: 'DRIFT_SCOPE switches it on.' });
    }
    const shown = { ...answer, sets: answer.sets.filter(fits) };
    const text = JSON.stringify(shown);
    if (text !== last) await show(shown, match.length > 0, watch === undefined ? screen : inLines(screen));
    last = text;
    if (answer.blindSince !== undefined && watch === undefined) wrong();
    if (watch === undefined) return;
    await pause(watch);
  }
}

const pause = (watch: FleetOptions['watch']): Promise<void> =>
  sleep((typeof watch === 'number' ? watch : EVERY_SECONDS) * 1000);

/** What is watched has no end: each document is one line, so that a program knows where it ends. */
const inLines = (screen: Screen): Screen => ({ ...screen, document: screen.line });

const FIELDS: Readonly<Record<string, (set: Listed) => string>> = {
  name: ({ name }) => name,
  group: ({ group }) => group,
  environment: ({ environment = '' }) => environment,
  verdict: ({ verdict }) => verdict,
  subscription: ({ subscriptionId }) => subscriptionId,
};

const VERDICTS = [...driftVerdicts, ...silentVerdicts, 'unread'];

// Nothing would fit, which reads like an all-clear.
function noVerdict(text: string, pattern: string): CommandFailure {
  const said = `--match ${safeLine(text)}: there is no such verdict${didYouMean(pattern, VERDICTS)}.`;
  return new CommandFailure(safeLine(said), { status: 2, next: `There are ${VERDICTS.join(', ')}.` });
}

/** Patterns of one field are alternatives, as everywhere; all fields have to fit. */
function wanted(patterns: readonly string[]): (set: Listed) => boolean {
  const parted = patterns.map((text) => {
    const [, field = 'name', pattern = text] = /^(\w+)=(.*)$/s.exec(text) ?? [];
    const read = FIELDS[field];
    const fits = glob(pattern);
    if (field === 'verdict' && !VERDICTS.some(fits)) throw noVerdict(text, pattern);
    if (read !== undefined) return { field, read, fits };
    const next = `There are ${Object.keys(FIELDS).join(', ')}.`;
    throw new CommandFailure(`--match ${safeLine(text)}: there is no field ${safeLine(field)}.`, { status: 2, next });
  });
  const byField = [...Map.groupBy(parted, ({ field }) => field).values()];
  return (set) => byField.every((some) => some.some(({ read, fits }) => fits(read(set))));
}

async function show({ ranAt, sets, on, ...reading }: Fleet, isNarrowed: boolean, screen: Screen): Promise<void> {
  if (screen.json) return screen.document({ on, ...(ranAt !== undefined && { ranAt }), ...reading, sets });
  if (ranAt === undefined) return screen.print(`There was no drift check yet: ${typedHere.relay} drift`);
  if (sets.length > 0) {
    await screen.table(
      ['SCALE SET', 'VERDICT', 'BEHIND', 'FOR', 'ENVIRONMENT', 'GROUP', 'SUBSCRIPTION'],
      sets.map((set) => [
        safeLine(set.name),
        safeLine([set.verdict, set.why, waitOf(set)].filter(Boolean).join(' ')),
        `${set.behind ?? '?'}${set.total === undefined ? '' : ` / ${set.total}`}`,
        `${set.sinceAtLeast ? '≥ ' : ''}${spanOf(set.since, ranAt)}`,
        safeLine(set.environment ?? ''),
        safeLine(set.group),
        safeLine(set.subscriptionId),
      ]),
      [0, 1, 5, 6],
    );
  }
  const { blindSince, unseen = [] } = reading;
  const gaps = unseen.map(unseenText);
  const warned = gaps.map((gap) => screen.paint('yellow', gap));
  if (blindSince === undefined) {
    return screen.print(...summary(sets, isNarrowed), ...warned, `Checked ${second(ranAt)} UTC.`);
  }
  const reasons = safeLine([...new Set(unseen.flatMap(({ why }) => why ?? []))].join(', '));
  screen.print(
    screen.paint('red', `Nothing could be read since ${second(blindSince)} UTC${reasons && `: ${reasons}`}.`),
    ...(sets.length > 0 ? ['What is listed was known before.', ...summary(sets, isNarrowed)] : []),
    `Tried ${second(ranAt)} UTC.`,
  );
}

const unseenText = ({ name, why, since, part }: NonNullable<Fleet['unseen']>[number]): string =>
  `${safeLine(name)} could not be read ${part ? 'to its end ' : ''}since ${second(since)} UTC${why === undefined ? '' : `: ${safeLine(why)}`}.`;

/** "until 2026-11-20 14:00:00 UTC, then Approve". */
const waitOf = ({ approval: { until, otherwise } = {} }: Listed): string =>
  [until && `until ${second(until)} UTC`, otherwise && `then ${otherwise}`].filter(Boolean).join(', ');

const UNCOUNTED: readonly string[] = [...silentVerdicts, 'unread'];

/** Counted as the messages do: what may still settle by itself is not called drifted. */
function summary(sets: readonly Listed[], isNarrowed: boolean): readonly string[] {
  const unread = sets.filter(({ verdict }) => verdict === 'unread').length;
  const told = sets.filter((set) => set.told && !UNCOUNTED.includes(set.verdict)).length;
  const rest = sets.length - told - unread;
  return [
    sets.length === 0
      ? `No scale set ${isNarrowed ? 'of these ' : ''}has drifted.`
      : `${plural(told, 'scale set')} drifted.`,
    ...(rest > 0
      ? [`${plural(rest, 'more', 'more')} may still settle: too soon to tell, or an upgrade is at it.`]
      : []),
    ...(unread > 0 ? [`${plural(unread, 'scale set')} could not be read.`] : []),
  ];
}

// Rounded down: "at least" must not promise more than was seen.
function spanOf(since: string, until: string): string {
  const minutes = Math.max(0, Math.floor((Date.parse(until) - Date.parse(since)) / MINUTE_MILLISECONDS));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`;
}
