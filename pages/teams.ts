import type * as Library from 'adaptivecards';
import { el } from './dom.ts';
import { hostConfig, type Scheme } from './host-config.ts';
import { fieldsOf, listOf, textOf } from './json.ts';
import { expectMentions, markdownToHtml } from './markdown.ts';
import { unknown } from './unknown.ts';

// The package's main entry needs a bundler with its peers, so the page loads its ready-made script.
declare const AdaptiveCards: typeof Library;

const CARD = 'application/vnd.microsoft.card.adaptive';

/** Settings of the library itself; the script has to be there first. */
export function prepareCards(): void {
  AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownToHtml(text);
    result.didProcess = true;
  };
}

function follow(action: Library.Action): void {
  if (action instanceof AdaptiveCards.OpenUrlAction && /^https?:\/\//i.test(action.url ?? '')) {
    window.open(action.url, '_blank', 'noopener,noreferrer');
  }
}

/** The library leaves out what it does not know; a reader should see that there was something. */
function overlooked(context: Library.SerializationContext): HTMLElement[] {
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  return events
    .filter(({ event }) => event === AdaptiveCards.ValidationEvent.UnknownElementType)
    .map(({ message }) => el('p', { class: 'unknown' }, message));
}

function drawCard(content: unknown, scheme: Scheme): HTMLElement {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig(scheme));
  card.onExecuteAction = follow;
  const context = new AdaptiveCards.SerializationContext();
  const { entities } = fieldsOf(fieldsOf(content)['msteams']);
  expectMentions(listOf(entities).map((entity) => textOf(fieldsOf(entity)['text'])));
  card.parse(fieldsOf(content), context);
  // The library takes the language of every second card only: its pattern remembers where it stopped.
  card.lang = textOf(fieldsOf(content)['lang']);
  const drawn = card.render();
  if (drawn === undefined) return unknown('div', 'card', 'AdaptiveCard');
  drawn.setAttribute('role', 'group');
  drawn.append(...overlooked(context));
  return drawn;
}

function drawAttachment(value: unknown, scheme: Scheme): HTMLElement {
  const { contentType, content } = fieldsOf(value);
  if (contentType !== CARD) return unknown('div', 'attachment', contentType);
  try {
    return drawCard(content, scheme);
  } catch (error) {
    return el(
      'div',
      { class: 'unknown' },
      `This card cannot be drawn: ${error instanceof Error ? error.message : 'no reason'}`,
    );
  }
}

/** The message as Teams shows it when a workflow posts it. */
export function drawTeams(payload: unknown, scheme: Scheme): HTMLElement {
  const attachments = listOf(fieldsOf(payload)['attachments']);
  const cards = attachments.map((value) => el('div', { class: 'card' }, drawAttachment(value, scheme)));
  return el(
    'div',
    { class: 'teams-body' },
    ...(cards.length === 0 ? [unknown('div', 'message', 'without a card')] : cards),
  );
}
