import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config/config.ts';
import type { Receiver } from '../destinations/receiver.ts';
import { destinations } from '../destinations/registry.ts';
import { typedHere } from '../event/command.ts';
import type { RelayEvent } from '../event/event.ts';
import { routingOf } from '../relay/routed.ts';
import { eventsOf } from './body.ts';
import { CommandFailure } from './failure.ts';
import { NO_RECEIVER, receiverNamed, settingsHere } from './settings.ts';
import type { Work } from './shell.ts';
import { plural, safeLine } from './text.ts';
import { asTest, nextStep, type Tried, testMessage, tryOut } from './try-out.ts';

/** Events for one receiver. */
interface Letters {
  readonly receiver: Receiver;
  readonly events: readonly RelayEvent[];
}

// A try-out, not a storm: a body can hold a thousand events.
const MOST = 20;

export interface SendOptions {
  readonly to?: readonly string[];
  readonly source?: string;
  readonly test?: true;
}

export async function runSend(file: string | undefined, options: SendOptions, work: Work): Promise<void> {
  const { screen, shell } = work;
  if (file !== undefined && options.test) {
    throw new CommandFailure('--test sends the plain test message, and a file is another one.', { status: 2 });
  }
  const config = await settingsHere(shell.env);
  if (config.receivers.length === 0) throw new CommandFailure(NO_RECEIVER);
  const to = options.to?.map((name) => receiverNamed(name, config.receivers));
  const letters = await lettersFor(file, { ...options, receivers: to }, config, work);
  const count = Math.max(0, ...letters.map(({ events }) => events.length));
  if (count > MOST) throw new CommandFailure(`The body holds ${count} events; at most ${MOST} are tried out at once.`);
  if (letters.length === 0) {
    throw new CommandFailure('No route takes this event: nobody would be told.', {
      next: `${typedHere.relay} lint --event <file> says why; --to <receiver> sends it all the same.`,
    });
  }
  const tried = (await Promise.all(letters.map(delivered))).flat();
  if (tried.some(({ verdict }) => verdict.kind !== 'sent')) work.wrong();
  if (screen.json) return screen.document({ results: tried.map(result) });
  await report(tried, work);
}

/** Who gets what: the test message goes to everybody, a given event along the routes, both to the named ones if any. */
async function lettersFor(
  file: string | undefined,
  { receivers, source }: { readonly receivers: readonly Receiver[] | undefined; readonly source?: string },
  config: Config,
  work: Work,
): Promise<readonly Letters[]> {
  const now = new Date().toISOString();
  if (file === undefined)
    return (receivers ?? config.receivers).map((receiver) => ({ receiver, events: [testMessage(now)] }));
  const events = await eventsOf({ file, source }, config.sources, work);
  const decided = events.map(routingOf(config));
  return (receivers ?? config.receivers).flatMap((receiver) => {
    const wanted = decided.filter((each) => receivers !== undefined || each.receivers.includes(receiver.name));
    return wanted.length === 0 ? [] : [{ receiver, events: wanted.map(({ event }) => asTest(event, now)) }];
  });
}

/** One after the other, as fast as such a receiver takes them. */
async function delivered({ receiver, events }: Letters): Promise<readonly Tried[]> {
  const { perSecond } = destinations[receiver.type].rate;
  const tried: Tried[] = [];
  for (const event of events) {
    if (tried.length > 0) await sleep(1_000 / perSecond);
    tried.push(await tryOut(event, receiver));
  }
  return tried;
}

const result = ({ event, receiver, verdict, status, milliseconds, refused }: Tried) => ({
  receiver: receiver.name,
  destination: receiver.type,
  event: { id: event.id, kind: event.kind },
  verdict: verdict.kind,
  ...(status !== undefined && { status }),
  ...(verdict.kind !== 'sent' && { reason: verdict.reason }),
  ...(refused !== undefined && { refused }),
  milliseconds,
  ...(nextStep(verdict, receiver.type) && { next: nextStep(verdict, receiver.type) }),
});

// Nothing is tried again here, whatever the relay would do.
const OUTCOMES: Readonly<Record<Tried['verdict']['kind'], string>> = {
  sent: 'sent',
  retry: 'failed',
  refused: 'refused',
  broken: 'broken',
};

async function report(tried: readonly Tried[], { screen }: Work): Promise<void> {
  await screen.table(
    ['RECEIVER', 'OUTCOME', 'ANSWER', 'TIME', 'NEXT'],
    tried.map(({ receiver, verdict, status, milliseconds, refused }) => [
      safeLine(receiver.name),
      screen.paint(verdict.kind === 'sent' ? 'green' : 'red', OUTCOMES[verdict.kind]),
      [status ?? '', verdict.kind === 'sent' ? 'ok' : verdict.reason]
        .filter((part) => `${part}` !== `status-${status}`)
        .join(' ')
        .trim(),
      `${milliseconds} ms`,
      verdict.kind === 'sent' && refused !== undefined
        ? `only its plain form was taken: the full one was refused (${refused})`
        : nextStep(verdict, receiver.type),
    ]),
    [4],
  );
  const failed = tried.filter(({ verdict }) => verdict.kind !== 'sent').length;
  if (failed > 0) screen.print(screen.paint('red', `${plural(failed, 'message')} of ${tried.length} did not arrive.`));
}
