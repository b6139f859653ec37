import type { Chosen, Offer } from './filter.ts';
import { fieldsOf } from './json.ts';
import { type InboxMessage, NAME, oneLine } from './message.ts';
import type { MessagePart } from './offers.ts';
import type { Row } from './rows.ts';

export type InboxPart = MessagePart | 'view' | 'severity' | 'receiver' | 'find';

export const viewOffer: Offer<InboxPart> = {
  part: 'view',
  label: 'View',
  form: 'switch',
  key: 'v',
  choices: [
    { value: '', label: 'Cards' },
    { value: 'list', label: 'List' },
  ],
};

export const severityOffer: Offer<InboxPart> = {
  part: 'severity',
  label: 'Severity',
  form: 'list',
  key: 's',
  choices: [
    { value: '', label: 'Any' },
    ...['critical', 'error', 'warning', 'info'].map((value) => ({ value, label: value })),
  ],
};

export const findOffer: Offer<InboxPart> = {
  part: 'find',
  label: 'Find',
  form: 'find',
  hint: 'words, names, ids …',
  choices: [],
};

export const receiverOf = ({ receiver, destination }: InboxMessage): string => receiver ?? NAME[destination];

/** The receivers that there are messages of. */
export const receiverOffer = (messages: readonly InboxMessage[]): Offer<InboxPart> => ({
  part: 'receiver',
  label: 'Receiver',
  form: 'list',
  choices: [
    { value: '', label: 'All' },
    ...[...new Set(messages.map(receiverOf))].sort().map((value) => ({ value, label: value })),
  ],
});

/** Names of forms and looks: nobody reads them in a message. */
const UNSAID = ['type', 'style', 'color', 'weight', 'size', 'contentType', '$schema'];

function saidIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(saidIn);
  return Object.entries(fieldsOf(value)).flatMap(([name, each]) => (UNSAID.includes(name) ? [] : saidIn(each)));
}

// Typing looks at every message again with every letter.
const known = new WeakMap<InboxMessage, string>();

function textOf(message: InboxMessage): string {
  const { event, shown = '', about, payload, replies = [] } = message;
  const ids = [event, shown, about?.id ?? '', receiverOf(message), NAME[message.destination]];
  const text =
    known.get(message) ??
    [...ids, oneLine(message), ...saidIn(payload), ...replies.flatMap((reply) => saidIn(reply.payload))]
      .join('\n')
      .toLowerCase();
  known.set(message, text);
  return text;
}

/** Whether one of a row's messages is what is looked for. */
export function isFound({ messages }: Row, chosen: Chosen<'severity' | 'receiver' | 'find'>): boolean {
  const wanted = chosen.find.toLowerCase().split(/\s+/).filter(Boolean);
  return Object.values(messages).some(
    (message) =>
      (chosen.severity === '' || message.about?.severity === chosen.severity) &&
      (chosen.receiver === '' || receiverOf(message) === chosen.receiver) &&
      (wanted.length === 0 || wanted.every((word) => textOf(message).includes(word))),
  );
}
