import { cut, cutAtWord, cutMiddle, cutStart, inOrder } from '../event/text.ts';
import type { Body, Item, Reading } from './slots.ts';

/**
 * What a message may hold, in UTF-16 units where not said otherwise. Narrower than the chats' own limits, so that a
 * message is read at a glance and a change on their side does not lose it.
 */
export const BUDGET = {
  sentence: 300,
  /** Of a name within the sentence, and of what stands beside it. */
  named: 80,
  /** Of a title without a text, which has the text's room. */
  titled: 160,
  short: 40,
  state: 40,
  subject: 120,
  /** Of a subject with letters that are twice as wide. */
  wideSubject: 60,
  where: 80,
  figure: 18,
  facts: 8,
  label: 40,
  value: 120,
  body: 600,
  bodyLines: 8,
  items: 5,
  item: 120,
  actions: 3,
  /** Of a button: longer ones are cut on a narrow card. */
  title: 16,
  hint: 75,
} as const;

/** Cuts every slot to its budget, and counts what is left out. Raw text is cut, before any escaping. */
export const trim = (given: Reading): Reading => {
  const reading = withBody(withFacts(given, BUDGET.facts), BUDGET.body);
  return {
    ...reading,
    sentence: ended(cutAtWord(inOrder(reading.sentence), BUDGET.sentence)),
    state: cut(reading.state, BUDGET.state),
    subject: {
      ...reading.subject,
      text: cut(inOrder(reading.subject.text), subjectBudget(reading.subject.text)),
      where: cut(inOrder(reading.subject.where), BUDGET.where),
    },
    figure: reading.figure === undefined ? undefined : cut(reading.figure, BUDGET.figure),
    facts: reading.facts.map(({ label, value, ...rest }) => ({
      ...rest,
      label: cut(label, BUDGET.label),
      // Of a path or an id, both ends count.
      value: (rest.code ? cutMiddle : cut)(value, BUDGET.value),
    })),
    list: listed(reading.list, reading.list?.most ?? BUDGET.items),
    actions: buttonsIn(reading.actions, BUDGET.actions).map((action) => ({
      ...action,
      hint: cut(action.hint, BUDGET.hint),
    })),
  };
};

/** So many that lead somewhere, and three that do something. */
export const buttonsIn = (actions: Reading['actions'], links: number): Reading['actions'] => [
  ...actions.filter(({ act }) => act === undefined).slice(0, links),
  ...actions.filter(({ act }) => act !== undefined).slice(0, BUDGET.actions),
];

const WIDE = /\p{Script=Hangul}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u;

const subjectBudget = (text: string): number => (WIDE.test(text) ? BUDGET.wideSubject : BUDGET.subject);

/** The first facts; what is left out is counted. */
export const withFacts = (reading: Reading, most: number): Reading => ({
  ...reading,
  facts: reading.facts.slice(0, most),
  more: reading.more + Math.max(0, reading.facts.length - most),
});

/** A body of at most `max` UTF-16 units, or none where that would be half a command. */
export function withBody(reading: Reading, max: number): Reading {
  const body = shortened(reading.body, max);
  return reading.body !== undefined && body === undefined ? without(reading, 'body', 1) : { ...reading, body };
}

/** A reading without one of its parts, which stood for so many. */
export const without = (reading: Reading, part: 'body' | 'list', count: number): Reading => ({
  ...reading,
  [part]: undefined,
  more: reading.more + count,
});

/** The first items, each within its budget; what is left out is counted. */
export const listed = (list: Reading['list'], most: number): Reading['list'] =>
  list && {
    ...list,
    label: cut(list.label, BUDGET.label),
    items: list.items.slice(0, most).map(shortItem),
    more: list.more + Math.max(0, list.items.length - most),
  };

// " · ".
const BETWEEN = 3;

/** A line within its budget: what it is about gives way to what is said of it, down to half. */
function shortItem({ text, said, ...rest }: Item): Item {
  const ordered = inOrder(text);
  if (said === undefined) return { ...rest, text: cut(ordered, BUDGET.item) };
  const most = BUDGET.item - BETWEEN;
  const name = cut(ordered, Math.max(BUDGET.item / 2, most - said.length));
  return { ...rest, text: name, said: cut(inOrder(said), most - name.length) };
}

// One line is for the mark.
const KEPT = BUDGET.bodyLines - 1;

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
      return { ...body, label, text: `…\n${cutStart(lines.slice(-KEPT).join('\n'), max - 2)}` };
    default:
      return { ...body, label, text: over ? start(lines.slice(0, KEPT).join('\n'), max) : cut(body.text, max) };
  }
}

const start = (text: string, max: number): string => (text.length > max - 2 ? cut(text, max) : `${text.trimEnd()}\n…`);

// What was cut within it has its mark.
const ended = (sentence: string): string =>
  (/[.…]$/.test(sentence) ? sentence : `${sentence}.`).replace(/…\.(?=\s|$)/g, '…');
