import type { Chart, Reading } from './slots.ts';
import { listed, trim, withBody, withFacts, without } from './trim.ts';

/** One chat's limits on the finished message. */
export interface Limits<Payload> {
  /** The message's size, in the unit that the limit behind it is measured in. */
  readonly size: (payload: Payload) => number;
  readonly most: number;
}

/** What is given up, in this order, when the whole is still too large. Sentence, headline, first button and origin stay. */
const SHEDDING: readonly ((reading: Reading) => Reading)[] = [
  // What they draw stands in the text.
  (reading) => ({ ...reading, charts: undefined }),
  (reading) => ({ ...reading, list: unlinked(reading.list) }),
  ...[30, 20, 10, 3].map((most) => (reading: Reading) => ({ ...reading, list: listed(reading.list, most) })),
  (reading) => withBody(reading, 200),
  (reading) => withFacts(reading, 4),
  (reading) => ({ ...reading, actions: reading.actions.slice(0, 1) }),
  (reading) => without(reading, 'body', reading.body === undefined ? 0 : 1),
  (reading) => without(withFacts(reading, 0), 'list', (reading.list?.items.length ?? 0) + (reading.list?.more ?? 0)),
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
 * A size that no message made of a reading exceeds, in any chat: five bytes for each unit of text (an escaped quote or a
 * parted brace takes four in Teams, an ampersand five in Mattermost, a Korean letter three), one more for what Slack escapes
 * ("&amp;"), five for each of a URL, whose ampersands a mail escapes so too, and what the elements around it take.
 */
function atMost(reading: Reading): number {
  const { sentence, mark, state, subject, figure, facts, body, list, charts = [], actions, mentions, origin } = reading;
  const texts = [
    // A message says its sentence up to three times, and the id and the date twice.
    ...[sentence, sentence, sentence, mark, state, subject.text, subject.where, figure, body?.label, body?.text],
    ...[origin.source, origin.place, origin.written, origin.marker],
    ...mentions.flatMap(({ id, name }) => [name, id, name]),
    ...charts.flatMap(drawn),
    ...[list?.label, ...(list?.items ?? []).flatMap(({ text, said }) => [text, said])],
    ...facts.flatMap(({ label, value }) => [label, value]),
    ...actions.flatMap(({ title, hint, act }) => [title, hint, act?.token]),
  ];
  const urls = [subject.url, ...[...actions, ...(list?.items ?? [])].map(({ url }) => url)];
  const escaped = 2 * sentence.length + origin.source.length;
  // The last line of what was cut, among the facts, and everything else.
  const around =
    300 +
    2_600 +
    700 * charts.length +
    420 * facts.length +
    220 * actions.length +
    400 * (list?.items.length ?? 0) +
    300 * mentions.length;
  return 5 * lengthOf(texts) + 5 * lengthOf(urls) + escaped + around;
}

/** What a chart is written with: each point once with each value, and once by itself. */
const drawn = ({ title, points, series }: Chart): readonly string[] => [
  title,
  ...points,
  ...series.flatMap(({ name, values }) => [
    name,
    ...values.flatMap((value, index) => [ABOUT_A_VALUE, `${value}`, points[index] ?? '']),
  ]),
];

const ABOUT_A_VALUE = '{"label":"","value":}';

/** A list whose lines lead nowhere: what they say counts more. */
const unlinked = (list: Reading['list']): Reading['list'] =>
  list && { ...list, items: list.items.map(({ url: _, ...item }) => item) };

const lengthOf = (texts: readonly (string | undefined)[]): number =>
  texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
