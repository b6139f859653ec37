import type { Ports } from '../delivery/ports.ts';
import { countOfDay } from '../delivery/rules/senders.ts';
import { knownSenders } from '../delivery/senders.ts';
import type { HttpAnswer } from './http.ts';
import type { SenderNotes } from './sender-notes.ts';

/** Who has sent something, when last, and what of it was refused why. Rejects with a StorageError. */
export async function answeredSenders(
  ports: Pick<Ports, 'ledger' | 'clock'>,
  notes: Pick<SenderNotes, 'flush'>,
): Promise<HttpAnswer> {
  await notes.flush();
  const now = ports.clock.now();
  const senders = (await knownSenders(ports)).map((each) => {
    const { source, last, refusals } = each;
    return { source, ...(last !== undefined && { last }), count24h: countOfDay(each, now), refusals };
  });
  return { status: 200, jsonBody: { senders } };
}
