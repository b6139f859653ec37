import { RelayError } from '../problems/errors.ts';
import type { DeferredNow, SilencedNow } from '../routing/deferred.ts';
import type { Ignored } from '../sources/source.ts';
import { type HttpAnswer, problem } from './http.ts';

/** What became of a webhook. The edge makes an answer of it; log and telemetry read it. */
export type Receipt =
  | {
      readonly outcome: 'accepted';
      /** Who sent it; its events may name others. */
      readonly source: string;
      readonly events: readonly AcceptedEvent[];
      readonly ignored: readonly Ignored[];
      /** Events that were not read, because one body held too many. */
      readonly cut?: number;
    }
  /** A protocol's reply, such as a handshake. */
  | { readonly outcome: 'answered'; readonly reply: unknown; readonly headers?: Record<string, string> }
  | { readonly outcome: 'refused'; readonly error: RelayError };

/** An event of a webhook: stored, for whom, and who will not hear of it now. */
export interface AcceptedEvent {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly receivers: readonly string[];
  readonly held?: readonly DeferredNow[];
  readonly silenced?: readonly SilencedNow[];
  /** Whose routes do not tell such events. */
  readonly untold?: readonly string[];
  /** What its sender chose that is no receiver. */
  readonly unknownReceivers?: readonly string[];
  /** The sender's word for how it stands, where the relay does not know it; empty where there was none. */
  readonly unknownWord?: string;
}

/** Foreseen failures as receipts; everything else is a bug, and thrown on. */
export async function receiptOf(work: () => Promise<Receipt>): Promise<Receipt> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RelayError) return { outcome: 'refused', error };
    throw error;
  }
}

/** The answer of HTTP that says it. */
export function answerOf(receipt: Receipt): HttpAnswer {
  switch (receipt.outcome) {
    case 'accepted': {
      const { events, ignored, cut } = receipt;
      const more = { ...(ignored.length > 0 && { ignored }), ...(cut !== undefined && { cut }) };
      return { status: 202, jsonBody: { accepted: events, ...more } };
    }
    case 'answered': {
      const { reply, headers } = receipt;
      return { status: 200, ...(headers && { headers }), jsonBody: reply };
    }
    case 'refused':
      return problem(receipt.error);
  }
}
