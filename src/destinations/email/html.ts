import { type Body, type Fact, type Item, type Reading, stateOf } from '../../message/slots.ts';
import { bar, LOOK, SHEET } from './look.ts';
import { element, escaped, inCode, lines, shown } from './markup.ts';

/** A reading as a whole HTML document: nothing is loaded from outside, and there are no links but the reading's own. */
export function htmlOf(reading: Reading, subject: string): string {
  const parts = [
    heading(reading),
    list(reading),
    facts(reading),
    body(reading.body),
    actions(reading),
    footer(reading),
  ];
  return [
    '<!DOCTYPE html>',
    `<html lang="${reading.locale}">`,
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    '<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">',
    element('title', {}, escaped(subject)),
    `<style>${SHEET}</style>`,
    '</head>',
    `<body class="page" style="${LOOK.page}">`,
    // What a telephone shows beside the subject.
    element('div', { style: LOOK.unseen }, shown(reading.sentence)),
    `<div style="${bar(reading.tone)}">`,
    ...parts.filter(Boolean),
    '</div>',
    '</body>',
    '</html>',
  ].join('\n');
}

const linked = ({ text, url }: Item): string =>
  url === undefined ? shown(text) : element('a', { class: 'link', style: LOOK.link, href: url }, shown(text));

const heading = ({ emoji, subject, figure, ...reading }: Reading): string =>
  [
    element(
      'h1',
      { style: LOOK.heading },
      `${emoji} ${shown(stateOf(reading))} · ${linked(subject)}${shown(subject.where)}`,
    ),
    ...(figure === undefined ? [] : [element('p', { style: LOOK.figure }, shown(figure))]),
  ].join('\n');

const label = (text: string): string => element('p', { class: 'muted', style: LOOK.label }, shown(text));

function list({ list: given, moreItems }: Reading): string {
  if (given === undefined) return '';
  const items = given.items.map(({ said, ...item }) =>
    element('li', {}, `${linked(item)}${said === undefined ? '' : ` · ${shown(said)}`}`),
  );
  return [
    label(given.label),
    element('ul', { style: LOOK.list }, items.join('\n')),
    ...(given.more > 0 ? [element('p', { style: LOOK.value }, shown(moreItems(given.more)))] : []),
  ].join('\n');
}

/** No reader's own time stands before it, as in some chats. */
export const plainly = (value: string): string => value.replace(/^\((.{16} UTC)\)/, '$1');

const fact = ({ label: name, value, code }: Fact): string =>
  [
    element('dt', { class: 'muted', style: LOOK.label }, shown(name)),
    code === true
      ? element('dd', { style: LOOK.value }, element('code', { style: LOOK.code }, escaped(inCode(value))))
      : element('dd', { style: LOOK.value }, lines(shown(plainly(value)))),
  ].join('\n');

function facts({ facts: given, more, moreItems }: Reading): string {
  return [
    ...(given.length === 0 ? [] : [element('dl', { style: LOOK.value }, given.map(fact).join('\n'))]),
    ...(more > 0 ? [element('p', { style: LOOK.label, class: 'muted' }, shown(moreItems(more)))] : []),
  ].join('\n');
}

function body(given: Body | undefined): string {
  if (given === undefined) return '';
  const { label: name, text, form } = given;
  const inner = form === undefined ? lines(shown(text)) : lines(escaped(form === 'command' ? text : inCode(text)));
  const style = form === undefined ? LOOK.quote : `${LOOK.quote};${LOOK.code};${LOOK.block}`;
  return `${label(name)}\n${element('div', { class: 'quote', style }, inner)}`;
}

const actions = ({ actions: given }: Reading): string =>
  given.length === 0
    ? ''
    : element(
        'p',
        { style: LOOK.actions },
        given
          .map(({ title, url }) => element('a', { class: 'link', style: LOOK.button, href: url }, shown(title)))
          .join('\n'),
      );

const footer = ({ id, origin: { source, written, marker, place } }: Reading): string =>
  element(
    'p',
    { class: 'muted', style: LOOK.footer },
    [
      ...(place === undefined ? [] : [place]),
      source,
      written,
      ...(marker === undefined ? [] : [`(${marker})`]),
      `id ${id}`,
    ]
      .map(shown)
      .join(' · '),
  );
