import { positionInStory } from '../delivery/rules/order.ts';
import type { RelayEvent } from '../event/event.ts';
import type { Routed } from '../routing/choice.ts';
import { type DeferredNow, deferredNow, type SilencedNow, silencedNow } from '../routing/deferred.ts';
import type { MuteRules } from '../routing/mutes.ts';
import { lettersOf } from '../routing/terms.ts';
import type { RelayParts } from './parts.ts';
import type { AcceptedEvent } from './receipt.ts';

/** From whom quiet windows keep events, and until when; left out where that is nobody. */
export function deferredFrom(
  events: readonly Routed[],
  rules: MuteRules,
  { clock }: RelayParts['ports'],
): { readonly held?: readonly DeferredNow[] } {
  const held = events
    .flatMap(lettersOf)
    .flatMap(({ event, receivers }) => deferredNow(event, receivers, rules, clock.now()));
  return held.length === 0 ? {} : { held };
}

/** From whom silences keep an event; an end is left out, because that of what was told passes them. */
function silencedFrom(
  routed: Routed,
  rules: Silenced,
  { clock }: RelayParts['ports'],
): { readonly silenced?: readonly SilencedNow[] } {
  const silenced = lettersOf(routed)
    .filter(({ event }) => positionInStory(event)?.final !== true)
    .flatMap(({ event, receivers }) => silencedNow(event, receivers, rules, clock.now()));
  return silenced.length === 0 ? {} : { silenced };
}

type Silenced = Parameters<typeof silencedNow>[2];

/** What the sender is told of one event. */
export const accepted =
  (rules: Silenced, ports: RelayParts['ports']) =>
  (routed: Routed): AcceptedEvent => {
    const { event, receivers, untold, unknown } = routed;
    return {
      id: event.id,
      source: event.source,
      kind: event.kind,
      receivers,
      ...deferredFrom([routed], rules, ports),
      ...silencedFrom(routed, rules, ports),
      ...(untold.length > 0 && { untold }),
      ...(unknown.length > 0 && { unknownReceivers: unknown }),
      ...unknownWord(event),
    };
  };

/** How it stands by its sender's word, where the relay does not know that. */
function unknownWord(event: RelayEvent): { readonly unknownWord?: string } {
  const word = 'word' in event ? event.word : undefined;
  const isUnknown = word !== undefined || ('phase' in event && event.phase === 'unknown');
  return isUnknown ? { unknownWord: word ?? '' } : {};
}
