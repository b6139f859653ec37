import { cut, cutStart } from '../event/text.ts';
import type { Reading } from './slots.ts';

/**
 * What a message may hold, in UTF-16 units where not said otherwise. Narrower than the chats' own limits, so that a
 * message is read at a glance and a change on their side does not lose it.
 */
export const BUDGET = {
  sentence: 300,
  state: 40,
  subject: 120,
  figure: 17,
  facts: 8,
  label: 40,
  value: 120,
  body: 600,
  bodyLines: 8,
  actions: 3,
  hint: 75,
} as const;

/** One chat's limits on the finished message. */
export interface Limits<Payload> {
  /** The message's size, in the unit that the limit behind it is measured in. */
  readonly size: (payload: Payload) => number;
  readonly most: number;
}

/** Cuts every slot to its budget. Raw text is cut, before any escaping. */
export const trim = (reading: Reading): Reading => ({
  ...reading,
  sentence: ended(cut(reading.sentence, BUDGET.sentence)),
  state: cut(reading.state, BUDGET.state),
  subject: { ...reading.subject, text: cut(reading.subject.text, BUDGET.subject) },
  figure: reading.figure === undefined ? undefined : cut(reading.figure, BUDGET.figure),
  facts: reading.facts.slice(0, BUDGET.facts).map(({ label, value, ...rest }) => ({
    ...rest,
    label: cut(label, BUDGET.label),
    value: cut(value, BUDGET.value),
  })),
  body: reading.body && {
    ...reading.body,
    label: cut(reading.body.label, BUDGET.label),
    text: shortened(reading.body, BUDGET.body),
  },
  actions: reading.actions
    .slice(0, BUDGET.actions)
    .map((action) => ({ ...action, hint: cut(action.hint, BUDGET.hint) })),
});

/** What is given up, in this order, when the whole is still too large. Sentence, headline, first button and origin stay. */
const SHEDDING: readonly ((reading: Reading) => Reading)[] = [
  (reading) => ({ ...reading, body: reading.body && { ...reading.body, text: shortened(reading.body, 200) } }),
  (reading) => ({ ...reading, facts: reading.facts.slice(0, 4) }),
  (reading) => ({ ...reading, actions: reading.actions.slice(0, 1) }),
  (reading) => ({ ...reading, body: undefined }),
  (reading) => ({ ...reading, facts: [] }),
];

/** The fullest form of a reading that is within a chat's limits; `plain` when none is. */
export function fit<Payload>(
  reading: Reading,
  format: (reading: Reading) => Payload,
  plain: (reading: Reading) => Payload,
  limits: Limits<Payload>,
): Payload {
  let fitted = trim(reading);
  // Measuring means writing the whole message out, which costs more than making it: spared where it cannot matter.
  if (atMost(fitted) <= limits.most) return format(fitted);
  for (const shed of [undefined, ...SHEDDING]) {
    if (shed !== undefined) fitted = shed(fitted);
    const payload = format(fitted);
    if (limits.size(payload) <= limits.most) return payload;
  }
  return plain(fitted);
}

/**
 * A size in bytes that no message made of a reading exceeds, in either chat: five bytes for each unit of text (an
 * escaped quote in Teams takes four, "&amp;" in Slack five), and what the elements around it take.
 */
function atMost({ sentence, state, subject, figure, facts, body, actions, origin }: Reading): number {
  const texts = [
    // A message says its sentence up to three times, and the id and the date twice.
    ...[sentence, sentence, sentence, state, subject.text, subject.url, figure, body?.label, body?.text],
    ...[origin.source, origin.place, origin.written],
    ...facts.flatMap(({ label, value }) => [label, value]),
    ...actions.flatMap(({ title, hint, url }) => [title, hint, url]),
  ];
  const units = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
  return 5 * units + 2_200 + 420 * facts.length + 220 * actions.length;
}

/** A body within its budget, with "…" where something was left out: a text from its start, output from its end. */
function shortened({ text, output }: NonNullable<Reading['body']>, max: number): string {
  const lines = text.split('\n');
  const over = lines.length > BUDGET.bodyLines;
  if (!over && text.length <= max) return text;
  if (!output)
    return over ? `${cut(lines.slice(0, BUDGET.bodyLines).join('\n'), max - 2).trimEnd()}\n…` : cut(text, max);
  return `…\n${cutStart(lines.slice(-BUDGET.bodyLines).join('\n'), max - 2)}`;
}

const ended = (sentence: string): string => (/[.…]$/.test(sentence) ? sentence : `${sentence}.`);
