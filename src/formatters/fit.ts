import { cut, cutMiddle, cutStart } from '../event/text.ts';
import type { Body, Reading } from './slots.ts';

/**
 * What a message may hold, in UTF-16 units where not said otherwise. Narrower than the chats' own limits, so that a
 * message is read at a glance and a change on their side does not lose it.
 */
export const BUDGET = {
  sentence: 300,
  state: 40,
  subject: 120,
  /** Of a subject with letters that are twice as wide. */
  wideSubject: 60,
  figure: 18,
  facts: 8,
  label: 40,
  value: 120,
  body: 600,
  bodyLines: 8,
  items: 5,
  item: 120,
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
  subject: { ...reading.subject, text: cut(reading.subject.text, subjectBudget(reading.subject.text)) },
  figure: reading.figure === undefined ? undefined : cut(reading.figure, BUDGET.figure),
  facts: reading.facts.slice(0, BUDGET.facts).map(({ label, value, ...rest }) => ({
    ...rest,
    label: cut(label, BUDGET.label),
    // Of a path or an id, both ends count.
    value: (rest.code ? cutMiddle : cut)(value, BUDGET.value),
  })),
  body: shortened(reading.body, BUDGET.body),
  list: listed(reading.list, BUDGET.items),
  actions: reading.actions
    .slice(0, BUDGET.actions)
    .map((action) => ({ ...action, hint: cut(action.hint, BUDGET.hint) })),
});

const WIDE = /\p{Script=Hangul}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

const subjectBudget = (text: string): number => (WIDE.test(text) ? BUDGET.wideSubject : BUDGET.subject);

/** What is given up, in this order, when the whole is still too large. Sentence, headline, first button and origin stay. */
const SHEDDING: readonly ((reading: Reading) => Reading)[] = [
  (reading) => ({ ...reading, list: listed(reading.list, 3) }),
  (reading) => ({ ...reading, body: shortened(reading.body, 200) }),
  (reading) => ({ ...reading, facts: reading.facts.slice(0, 4) }),
  (reading) => ({ ...reading, actions: reading.actions.slice(0, 1) }),
  (reading) => ({ ...reading, body: undefined }),
  (reading) => ({ ...reading, facts: [], list: undefined }),
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
 * A size in bytes that no message made of a reading exceeds, in either chat: four bytes for each unit of text (an
 * escaped quote or a parted brace in Teams; a Korean letter takes three), one more for what Slack escapes ("&amp;"),
 * two for each of a URL, which is plain ASCII, and what the elements around it take.
 */
function atMost(reading: Reading): number {
  const { sentence, state, subject, figure, facts, body, list, actions, mention, origin } = reading;
  const texts = [
    // A message says its sentence up to three times, and the id and the date twice.
    ...[sentence, sentence, sentence, state, subject.text, figure, body?.label, body?.text],
    ...[origin.source, origin.place, origin.written, origin.marker, mention?.name, mention?.id, mention?.name],
    ...[list?.label, ...(list?.items ?? [])],
    ...facts.flatMap(({ label, value }) => [label, value]),
    ...actions.flatMap(({ title, hint }) => [title, hint]),
  ];
  const urls = [subject.url, ...actions.map(({ url }) => url)];
  const escaped = 2 * sentence.length + origin.source.length;
  const around = 2_600 + 420 * facts.length + 220 * actions.length + 300 * (list?.items.length ?? 0);
  return 4 * lengthOf(texts) + 2 * lengthOf(urls) + escaped + around;
}

const lengthOf = (texts: readonly (string | undefined)[]): number =>
  texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);

/** The first items, each within its budget; what is left out is counted. */
const listed = (list: Reading['list'], most: number): Reading['list'] =>
  list && {
    label: cut(list.label, BUDGET.label),
    items: list.items.slice(0, most).map((item) => cut(item, BUDGET.item)),
    more: list.more + Math.max(0, list.items.length - most),
  };

/** A body within its budget, with "…" where something was left out: a text from its start, output from its end. */
function shortened(body: Body | undefined, max: number): Body | undefined {
  if (body === undefined) return undefined;
  const label = cut(body.label, BUDGET.label);
  const lines = body.text.split('\n');
  const over = lines.length > BUDGET.bodyLines;
  if (!over && body.text.length <= max) return { ...body, label };
  switch (body.form) {
    // Half a command can do anything.
    case 'command':
      return undefined;
    case 'output':
      return { ...body, label, text: `…\n${cutStart(lines.slice(-BUDGET.bodyLines).join('\n'), max - 2)}` };
    default:
      return { ...body, label, text: over ? start(lines, max) : cut(body.text, max) };
  }
}

const start = (lines: readonly string[], max: number): string =>
  `${cut(lines.slice(0, BUDGET.bodyLines).join('\n'), max - 2).trimEnd()}\n…`;

const ended = (sentence: string): string => (/[.…]$/.test(sentence) ? sentence : `${sentence}.`);
