import { type Body, type Reading, stateOf } from '../message/slots.ts';
import type { Screen } from './shell.ts';
import { widthOf } from './table.ts';
import { safe, safeLine } from './text.ts';

/** A message as text for people: what a chat shows, in the same order. */
export function readingText(reading: Reading, { paint }: Pick<Screen, 'paint'>): readonly string[] {
  const { emoji, subject, figure, mentions, facts, list, body, more, moreItems } = reading;
  const { actions, origin, id } = reading;
  const widest = Math.max(0, ...facts.map(({ label }) => widthOf(label)));
  return [
    `${emoji} ${paint(
      'bold',
      [stateOf(reading), subject.text + subject.where, figure]
        .filter(Boolean)
        .map((part) => safeLine(`${part}`))
        .join(' · '),
    )}`,
    ...mentions.map(({ name }) => `@${safeLine(name)}`),
    ...facts.map(
      ({ label, value }) => `  ${paint('dim', label + ' '.repeat(widest - widthOf(label)))}  ${safeLine(value)}`,
    ),
    ...(more > 0 ? [`  ${moreItems(more)}`] : []),
    ...(list === undefined
      ? []
      : [
          `  ${paint('dim', list.label)}`,
          ...list.items.map((item) => `    • ${safeLine([item.text, item.said].filter(Boolean).join(' · '))}`),
          ...(list.more > 0 ? [`    ${moreItems(list.more)}`] : []),
        ]),
    ...(body === undefined ? [] : bodyText(body, paint)),
    ...actions.map(({ title, url }) => `  [${title}] ${paint('dim', safeLine(url))}`),
    `  ${paint(
      'dim',
      [origin.place, origin.marker && `(${origin.marker})`, origin.source, origin.written, `id ${id}`]
        .filter(Boolean)
        .map((part) => safeLine(`${part}`))
        .join(' · '),
    )}`,
  ];
}

/** Its label, and what it says below that. */
export const bodyText = ({ label, text, form }: Body, paint: Screen['paint']): readonly string[] => [
  `  ${paint('dim', label)}`,
  ...safe(text)
    .split('\n')
    .map((line) => `    ${form === undefined ? '> ' : ''}${line}`),
];
