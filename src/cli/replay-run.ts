import { createInterface } from 'node:readline/promises';
import { typedHere } from '../event/command.ts';
import { answers, parsedAnswer } from './answers.ts';
import { type Client, relayAt } from './client.ts';
import { DEAD_LETTERS, knownReceiver, nothingFound } from './deliveries-run.ts';
import { CommandFailure } from './failure.ts';
import { MOST_LISTED } from './options.ts';
import type { Shell, Work } from './shell.ts';
import { idGiven, plural, safeLine, shortened } from './text.ts';

const WORDS: Readonly<Record<string, string>> = {
  queued: 'queued: it is sent within seconds',
  'sent-already': 'was sent already; --force sends it once more',
  'under-way': 'is on its way already',
  'no-such-receiver': 'is not sent: there is no such receiver; put it back into the configuration, then replay',
};

export interface ReplayOptions {
  readonly url?: string;
  readonly since?: string;
  readonly receiver?: string;
  readonly force?: true;
  readonly yes?: true;
}

/** Replays, and says what became of each. */
export async function runReplay(given: string | undefined, options: ReplayOptions, work: Work): Promise<void> {
  const { screen, shell } = work;
  const { url, since, receiver, force } = options;
  const client = relayAt(url, shell.env);
  const id = given === undefined ? undefined : idGiven(given);
  if (id === undefined && !(await agreed(client, options, work))) return screen.print('Nothing was sent.');
  const body = { ...(id !== undefined && { id }), since, receiver, ...(force && { force }) };
  const answer = await client.call({ method: 'POST', path: '/api/replay', body });
  const done = parsedAnswer(answers.replay, answer, client).replayed;
  if (done.length === 0) await knownReceiver(receiver, client);
  if (id !== undefined && done.length === 0) {
    throw new CommandFailure(`No receiver has an event ${id}.`, {
      next: `${typedHere.relay} deliveries lists what there is; --receiver <name> asks for one that is no longer configured.`,
    });
  }
  // A person who names a receiver that is gone wants it sent, and so does one who names one event.
  if (done.some(({ outcome }) => outcome === 'no-such-receiver')) work.wrong();
  if (id !== undefined && done.every(({ outcome }) => outcome === 'sent-already')) work.wrong();
  if (screen.json) return screen.document(answer);
  if (done.length === 0) return screen.print(await nothingFound({ since, receiver }, client, DEAD_LETTERS));
  await screen.table(
    ['EVENT', 'RECEIVER', 'OUTCOME'],
    done.map((each) => [
      each.short ?? shortened(each.eventId),
      safeLine(each.receiver),
      (WORDS[each.outcome] ?? safeLine(each.outcome)) + (each.despite ? `, despite ${safeLine(each.despite)}` : ''),
    ]),
    [2],
  );
}

/**
 * Whether all that fits may be sent again: a terminal is asked, unless the command says so itself. Where nobody can be asked, what is
 * narrowed is meant. Throws a CommandFailure where every dead letter would go.
 */
async function agreed(
  client: Client,
  { since, receiver, yes }: ReplayOptions,
  { shell, screen }: Work,
): Promise<boolean> {
  const isNarrowed = since !== undefined || receiver !== undefined;
  const isAsked = !screen.json && shell.stdin.isTTY && shell.stdout.isTTY;
  if (yes || (isNarrowed && !isAsked)) return true;
  const query = { since, receiver, most: MOST_LISTED };
  const answer = await client.call({ method: 'GET', path: '/api/dead-letters', query });
  const count = parsedAnswer(answers.deliveries, answer, client).deliveries.length;
  if (count === 0) return true;
  const many = count < MOST_LISTED ? plural(count, 'dead letter') : `${count} dead letters or more`;
  if (!isAsked) {
    throw new CommandFailure(`Nothing was sent: this would send ${many} again.`, {
      ...{ status: 2, next: '--yes sends them; an id, --receiver or --since sends some.' },
    });
  }
  return confirmed(`Send ${many} again${receiver === undefined ? '' : ` to ${receiver}`}? [y/N] `, shell);
}

async function confirmed(question: string, { stdin, stderr }: Shell): Promise<boolean> {
  const asking = createInterface({ input: stdin, output: stderr });
  // Ctrl-D closes without an answer.
  const closed = new Promise<string>((done) => asking.once('close', () => done('')));
  const answer = await Promise.race([asking.question(question), closed]);
  asking.close();
  return /^y(es)?$/i.test(answer.trim());
}
