import type { NameWords } from './words.ts';

export const names: NameWords = {
  views: {
    now: 'Now',
    history: 'History',
    'dead-letters': 'Dead letters',
    quiet: 'Quiet',
    fleet: 'Fleet',
    senders: 'Senders',
    figures: 'Figures',
  },
  states: {
    sent: 'Sent',
    sending: 'Sending',
    waiting: 'Tries again',
    parked: 'Waits',
    dead: 'Given up',
    overtaken: 'Superseded',
    quiet: 'Muted',
  },
  severities: { critical: 'Critical', error: 'Error', warning: 'Warning', info: 'Info' },
  receiverStates: { ok: 'Well', held: 'Waits', waiting: 'Busy', broken: 'Broken' },
  outcomes: { sent: 'taken', retry: 'try again later', refused: 'refused', broken: 'the receiver is broken' },
  reasons: {
    'same-occurrence': 'told already, as another report of the same',
    'story-ended': 'it came after its end had been told',
    'failed-too-often': 'storage failed, or the relay ended, while it was being sent',
    'no-such-receiver': 'the configuration has no such receiver',
    'failing-for-a-day': 'every try has failed for a day',
    'unexpected-answer': 'something else answers at its URL',
    'rate-limited': 'the chat asked to wait',
    timeout: 'no answer within 10 s',
    connection: 'nobody answers there',
    unreadable: 'nobody can read it',
    unrecorded: 'taken for sent: nobody recorded its end',
    'never-begun': 'the host gave it up before anybody began to send it',
  },
};
