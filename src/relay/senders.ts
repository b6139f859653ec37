import { readExpected } from '../delivery/expected.ts';
import type { Ports } from '../delivery/ports.ts';
import { dueAt, type Expectation, type ExpectedSenders } from '../delivery/rules/expected.ts';
import { countOfDay, type Sender } from '../delivery/rules/senders.ts';
import { knownSenders } from '../delivery/senders.ts';
import { iso, SECOND_MILLISECONDS } from '../event/time/units.ts';
import type { HttpAnswer } from './http.ts';
import type { SenderNotes } from './sender-notes.ts';

/** Who has sent something or is expected to, when last, and what of it was refused why. Rejects with a StorageError. */
export async function answeredSenders(
  ports: Pick<Ports, 'ledger' | 'clock'>,
  notes: Pick<SenderNotes, 'flush'>,
  rules: readonly Expectation[] = [],
): Promise<HttpAnswer> {
  await notes.flush();
  const now = ports.clock.now();
  const [known, expected] = await Promise.all([
    knownSenders(ports),
    rules.length > 0 ? readExpected(ports) : undefined,
  ]);
  const never = rules.flatMap(({ source }) =>
    known.some((each) => each.source === source) ? [] : [{ source, hours: {}, refusals: [] } as Sender],
  );
  const senders = [...known, ...never].map((each) => {
    const { source, last, refusals } = each;
    const rule = rules.find((one) => one.source === source);
    return {
      ...{ source, ...(last !== undefined && { last }), count24h: countOfDay(each, now), refusals },
      ...(rule && { expected: expectedOf(rule, last, expected, now) }),
    };
  });
  return { status: 200, jsonBody: { senders } };
}

/** When it is due (ISO), and since when it is silent, if that was told. */
function expectedOf(rule: Expectation, last: string | undefined, known: ExpectedSenders | undefined, now: number) {
  const { [rule.source]: entry = { since: iso(now), from: iso(now) } } = known?.senders ?? {};
  const { silentSince } = entry;
  const isSilent = silentSince !== undefined && (last === undefined || last <= silentSince);
  return {
    every: rule.every / SECOND_MILLISECONDS,
    due: iso(dueAt(rule, { ...entry, ...(last !== undefined && { last }) })),
    ...(isSilent && { silentSince }),
  };
}
