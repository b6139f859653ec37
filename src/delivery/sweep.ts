import { deadLetterAll, unreadable } from './dead-letters.ts';
import type { DeliveryReport, Dispatch } from './dispatch.ts';
import { messageIn, queueText } from './rules/queue-text.ts';

// As many in an hour: more than that is not the accident that this is for, and the next hour goes on.
const MOST_BATCHES = 100;

/**
 * Deals with all that the platform gave up. What was begun, is a week old or nobody can read becomes a dead letter; all else is queued
 * again. Rejects with a StorageError; what was not removed by then comes back.
 */
export async function swept(dispatch: Dispatch): Promise<readonly DeliveryReport[]> {
  const reports: DeliveryReport[] = [];
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
    const messages = await dispatch.ports.poison.take();
    if (messages.length === 0) break;
    for (const { text, remove } of messages) {
      const read = queueText(text);
      // Before it is removed: a crash between the two keeps it twice, the other order not at all.
      reports.push(
        ...(read.kind === 'text'
          ? await deadLetterAll(dispatch, messageIn(read.text))
          : [await unreadable(dispatch, text)]),
      );
      await remove();
    }
  }
  return reports;
}
