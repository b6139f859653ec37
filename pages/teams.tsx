import type * as Library from 'adaptivecards';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { hostConfig, type Scheme } from './host-config.ts';
import { fieldsOf, listOf, textOf } from './json.ts';
import { expectMentions, markdownToHtml } from './markdown.tsx';
import { Unknown } from './parts.tsx';
import { press } from './press.ts';
import { prepareCharts } from './teams-charts.tsx';
import { scheme } from './theme.tsx';

// The package's main entry needs a bundler with its peers, so the page loads its ready-made script.
declare const AdaptiveCards: typeof Library;

const CARD = 'application/vnd.microsoft.card.adaptive';

/** Settings of the library itself; the script has to be there first. */
export function prepareCards(): void {
  AdaptiveCards.GlobalSettings.setTabIndexAtCardRoot = false;
  prepareCharts();
  AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
    result.outputHtml = markdownToHtml(text);
    result.didProcess = true;
  };
}

function follow(action: Library.Action): void {
  if (action instanceof AdaptiveCards.OpenUrlAction && /^https?:\/\//i.test(action.url ?? '')) {
    window.open(action.url, '_blank', 'noopener,noreferrer');
  }
  if (action instanceof AdaptiveCards.ExecuteAction) press(action.verb, fieldsOf(action.data)['token']);
}

const note = (text: string): HTMLElement =>
  Object.assign(document.createElement('p'), { className: 'unknown', textContent: text });

/** The library leaves out what it does not know; a reader should see that there was something. */
const overlooked = (context: Library.SerializationContext): readonly HTMLElement[] =>
  Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index))
    .filter(({ event }) => event === AdaptiveCards.ValidationEvent.UnknownElementType)
    .map(({ message }) => note(message));

function drawCard(content: unknown, scheme: Scheme): readonly HTMLElement[] {
  const card = new AdaptiveCards.AdaptiveCard();
  card.hostConfig = new AdaptiveCards.HostConfig(hostConfig(scheme));
  card.onExecuteAction = follow;
  const context = new AdaptiveCards.SerializationContext();
  const { entities } = fieldsOf(fieldsOf(content)['msteams']);
  expectMentions(listOf(entities).map((entity) => textOf(fieldsOf(entity)['text'])));
  try {
    card.parse(fieldsOf(content), context);
    // The library takes the language of every second card only: its pattern remembers where it stopped.
    card.lang = textOf(fieldsOf(content)['lang']);
    const drawn = card.render() ?? note('This card is not drawn here');
    drawn.setAttribute('role', 'group');
    return [drawn, ...overlooked(context)];
  } catch (error) {
    return [note(`This card cannot be drawn: ${error instanceof Error ? error.message : 'no reason'}`)];
  }
}

/** A card carries its colours in itself, so a change of theme draws it anew; Slack follows the style sheet. */
function Card({ content }: { readonly content: unknown }) {
  const place = useRef<HTMLDivElement>(null);
  const { value: shown } = scheme;
  // The library makes elements of its own, and its texts are drawn by themselves: not while something else is drawn.
  useLayoutEffect(() => place.current?.replaceChildren(...drawCard(content, shown)), [content, shown]);
  return <div class="card" ref={place} />;
}

function attachmentOf(value: unknown): ComponentChildren {
  const { contentType, content } = fieldsOf(value);
  if (contentType === CARD) return <Card content={content} />;
  return (
    <div class="card">
      <Unknown what="attachment" type={contentType} />
    </div>
  );
}

/** The message as Teams shows it when a workflow posts it. */
export function TeamsBody({ payload, locale }: { readonly payload: unknown; readonly locale: string }) {
  const attachments = listOf(fieldsOf(payload)['attachments']);
  return (
    <div class="teams-body" lang={locale}>
      {attachments.length === 0 ? <Unknown what="message" type="without a card" /> : attachments.map(attachmentOf)}
    </div>
  );
}
