/** What the relay's own reasons mean, for people who read lists; programs get the words as they are. */
const REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'same-occurrence': 'told already, as another report of the same',
    'story-ended': 'came after its end had been told',
    'failed-too-often': 'storage failed, or the relay ended, while it was being sent',
    'no-such-receiver': 'the configuration has no such receiver',
    'failing-for-a-day': 'every try has failed for a day',
    'unexpected-answer': 'something else answers at its URL',
    'rate-limited': 'it asked to wait',
    timeout: 'no answer within 10 s',
    connection: 'nobody answers there',
    unreadable: 'nobody can read it',
    unrecorded: 'taken for sent: nobody recorded its end',
    'being-sent': 'another copy of it is being sent',
    'under-way': 'another message to this receiver is under way',
    'not-yet': 'its turn has not come yet',
    'never-begun': 'the host gave it up before anybody began to send it',
  }),
);

/** A reason in words; one that a chat gave is its own, and is shown as it is. */
export const reasonText = (reason: string): string => REASONS.get(reason) ?? reason;
