import type { DeliveryReport } from '../delivery/dispatch.ts';
import { type AcceptedEvent, answerOf, type Receipt } from '../relay/receipt.ts';
import { redact } from './redact.ts';

// Application Insights cuts a longer message, and what is cut is no JSON:
// https://learn.microsoft.com/azure/azure-monitor/app/data-model-complete#trace. Before it stands a word.
const MOST_CHARACTERS = 32_000;
const MOST_LISTED = 100;
const MOST_SAID = 1_000;

/**
 * Facts as one line of JSON. The library joins what it is given to log into one text, so that a query can only read
 * what is JSON by itself: https://github.com/Azure/azure-functions-nodejs-library/issues/227. Of what is too long the first of each
 * list and the beginning of each text, and `cut`: how many characters it had.
 */
export function line(facts: object): string {
  const whole = redact(JSON.stringify(facts));
  if (whole.length <= MOST_CHARACTERS) return whole;
  const shortened = (_: string, value: unknown) =>
    Array.isArray(value)
      ? value.slice(0, MOST_LISTED)
      : typeof value === 'string'
        ? value.slice(0, MOST_SAID).toWellFormed()
        : value;
  return redact(JSON.stringify({ ...facts, cut: whole.length }, shortened));
}

/** How one delivery ended: ids, names of the configuration and words of our own. */
export const deliveryLine = (report: DeliveryReport): string => line(deliveryFacts(report));

/** Without what its reason quotes of an event: which deployment is waited for says the ledger. */
export function deliveryFacts({ cause, reason, ...report }: DeliveryReport): DeliveryReport {
  if (reason === undefined) return report;
  return { ...report, reason: cause === 'deployment' ? cause : redact(reason).slice(0, 80) };
}

/** What became of a webhook, without anything that its body said. */
export type WebhookFacts =
  | {
      readonly outcome: 'accepted';
      /** Undefined where the body held no event that is reported. */
      readonly source?: string;
      readonly kinds: readonly string[];
      readonly count: number;
      /** The first of them. */
      readonly ids: readonly string[];
      readonly receivers: readonly string[];
      /** How many events nobody wanted. */
      readonly unrouted: number;
    }
  | {
      readonly outcome: 'refused';
      readonly status: number;
      readonly reason: string;
      /** Which part of the credentials was missing or wrong. */
      readonly detail?: string;
    }
  | { readonly outcome: 'answered'; readonly status: number };

const MOST_IDS = 20;

export function webhookFacts(receipt: Receipt): WebhookFacts {
  const { status, reason: detail } = answerOf(receipt);
  switch (receipt.outcome) {
    case 'accepted':
      return acceptedFacts(receipt.events);
    case 'answered':
      return { outcome: 'answered', status };
    case 'refused':
      return { outcome: 'refused', status, reason: receipt.error.code, ...(detail !== undefined && { detail }) };
  }
}

const acceptedFacts = (events: readonly AcceptedEvent[]): WebhookFacts => ({
  outcome: 'accepted',
  ...(events[0] !== undefined && { source: events[0].source }),
  kinds: distinct(events.map(({ kind }) => kind)),
  count: events.length,
  ids: events.slice(0, MOST_IDS).map(({ id }) => id),
  receivers: distinct(events.flatMap(({ receivers }) => receivers)),
  unrouted: events.filter(({ receivers }) => receivers.length === 0).length,
});

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
