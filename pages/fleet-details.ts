import { copyButton, el, link } from './dom.ts';
import { momentOf, spanOf } from './fleet-age.ts';
import type { FleetInstance, FleetSet, Words } from './fleet-data.ts';
import type { Target } from './fleet-rows.ts';
import { byReason, counted, countsText, marksOf, reasonsOf, verdictText } from './fleet-words.ts';

/** Why there is no command, where there is none. */
const NO_COMMAND: Readonly<Record<string, string>> = {
  held: 'Its instances are kept from upgrades on purpose.',
  rolledBack: 'The new image went back; it would fail again.',
  managed: 'The service that made it updates it.',
  waiting: 'It may still settle by itself.',
  rolling: 'An upgrade is at it.',
  unread: 'What is known of it is from before.',
};

const MOST_IDS = 12;

const fact = (label: string, ...value: readonly (Node | string)[]): HTMLElement =>
  el('div', {}, el('dt', {}, label), el('dd', {}, ...value));

const sinceFact = (since: string, isLeast: boolean, now: number): HTMLElement =>
  fact('Behind since', `${momentOf(since)}${isLeast ? ' or earlier' : ''} (${spanOf(since, now)})`);

const idsText = (ids: readonly string[]): string =>
  ids.length <= MOST_IDS
    ? ids.join(', ')
    : `${ids.slice(0, MOST_IDS).join(', ')} and ${counted(ids.length - MOST_IDS, 'other')}`;

const list = (items: readonly (readonly (Node | string)[])[]): HTMLElement =>
  el('ul', { class: 'reasons' }, ...items.map((item) => el('li', {}, ...item)));

/** What differs in each instance of a set, with those that it is true of. */
function setReasons(set: FleetSet, words: Words): HTMLElement {
  const found = byReason(set.instances, words).map(({ text, ids }) => [
    text,
    el('small', {}, `${counted(ids.length, 'instance')}: ${idsText(ids)}`),
  ]);
  const unlisted = set.behind - set.instances.length;
  const image = set.verdict === 'hidden' ? 'an older image than "latest" means now' : 'not listed one by one';
  return list(unlisted > 0 ? [...found, [image, el('small', {}, counted(unlisted, 'instance'))]] : found);
}

const instanceReasons = (instance: FleetInstance, words: Words): HTMLElement =>
  list(reasonsOf(instance, words).map((text) => [text]));

function remedy({ command, advice = '', verdict, behind }: FleetSet, words: Words): HTMLElement | undefined {
  if (behind === 0 && verdict !== 'managed' && command === undefined) return undefined;
  const title = el('h3', {}, command === undefined ? 'Nothing to run' : (words.advice[advice] ?? 'What to do'));
  if (command === undefined) {
    return el('section', {}, title, el('p', {}, NO_COMMAND[verdict] ?? 'No command fits these instances.'));
  }
  const scroll = { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Command' };
  return el(
    'section',
    { class: 'remedy' },
    el(
      'div',
      {},
      title,
      copyButton('Copy', 'the command', () => command),
    ),
    el('div', scroll, el('pre', {}, command)),
  );
}

/** Until when an upgrade waits, and what happens then. */
function waitFacts({ approval }: FleetSet, now: number): readonly HTMLElement[] {
  if (approval === undefined) return [];
  const { until, otherwise } = approval;
  const then = otherwise === 'Approve' ? 'Azure goes on by itself' : otherwise && 'Azure rejects the upgrade';
  return [
    ...(until === undefined
      ? []
      : [fact('Waits until', momentOf(until), until < new Date(now).toISOString() ? ' (over)' : '')]),
    ...(then === undefined ? [] : [fact('Without an answer', then)]),
  ];
}

/** All that is known of a set, or of one of its instances. */
export function drawDetails(
  { set, instance }: Target,
  words: Words,
  subscription: string,
  now: number,
): readonly Node[] {
  const { since, sinceAtLeast = false, readAt } = set;
  const marks = instance === undefined ? [] : marksOf(instance);
  const start = instance?.since ?? since;
  const facts = [
    instance === undefined ? fact('Behind', countsText(set)) : undefined,
    instance === undefined && set.unknown > 0 ? fact('Model not known', counted(set.unknown, 'instance')) : undefined,
    start === undefined ? undefined : sinceFact(start, sinceAtLeast && start === since, now),
    ...(instance === undefined ? waitFacts(set, now) : []),
    marks.length > 0 ? fact('State', marks.join(', ')) : undefined,
    fact('Where', `${subscription} · ${set.resourceGroup} · ${set.location}`),
    fact('Scale set', `${set.orchestration}, mode ${set.mode}`),
    readAt === undefined ? undefined : fact('Last read', momentOf(readAt)),
    set.why === undefined ? undefined : fact('Why it was not read', set.why),
  ];
  const why = instance === undefined ? setReasons(set, words) : instanceReasons(instance, words);
  const url = `${words.portal}/#resource${encodeURI(set.id)}`;
  return [
    el('p', { class: 'kicker' }, instance === undefined ? verdictText(set, words) : `Instance of ${set.name}`),
    el('h2', {}, instance === undefined ? set.name : `Instance ${instance.id}`),
    el('dl', {}, ...facts),
    ...(why.childElementCount === 0 ? [] : [el('section', {}, el('h3', {}, 'Why'), why)]),
    ...[remedy(set, words)].filter((part) => part !== undefined),
    el('p', { class: 'elsewhere' }, link(url, {}, 'Open in the Azure portal')),
  ];
}
