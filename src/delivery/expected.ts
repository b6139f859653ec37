import type { Ports } from './ports.ts';
import type { QueueMessage } from './rules/delivery.ts';
import { type Expectation, type ExpectedSenders, expectedSenders, looked } from './rules/expected.ts';
import { SENDERS } from './rules/keys.ts';
import { knownSenders } from './senders.ts';

const KEY = 'expected';

/** What is known of the senders that are expected; a row of another form counts as none. */
export async function readExpected({ ledger }: Pick<Ports, 'ledger'>): Promise<ExpectedSenders | undefined> {
  return expectedSenders.safeParse((await ledger.read(SENDERS, KEY))?.value).data;
}

/**
 * Every minute: tells of senders that have fallen silent, and of those that are back, to whom the rule names or else to `notices`.
 * Queued before it is written down: a notice that is told twice has the same id. Resolves with how many; rejects with a StorageError.
 */
export async function tellOfSilent(
  ports: Pick<Ports, 'ledger' | 'deliveries' | 'clock'>,
  rules: readonly Expectation[],
  notices: readonly string[],
): Promise<number> {
  const { ledger, deliveries, clock } = ports;
  const row = await ledger.read(SENDERS, KEY);
  const known = expectedSenders.safeParse(row?.value).data;
  const senders = await knownSenders(ports);
  const { next, news } = looked(known, { rules, senders, now: clock.now() });
  const messages = news.map(
    ({ rule, event }): QueueMessage => ({
      ...{ version: 1, event, attempt: 0, acceptedAt: next.at },
      receivers: [...(rule.to ?? notices)],
    }),
  );
  for (const message of messages) await deliveries.send(message);
  // A conflict is another instance, which has seen and told the same.
  await ledger.write(SENDERS, [
    row === undefined
      ? { kind: 'insert', key: KEY, value: next }
      : { kind: 'replace', key: KEY, value: next, etag: row.etag },
  ]);
  return messages.length;
}
