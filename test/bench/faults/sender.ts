import { setTimeout as sleep } from 'node:timers/promises';
import { type Step, scaleBody } from './events.ts';

/** An event that the relay has answered for: from here on it must not be lost. */
export interface Accepted {
  readonly id: string;
  readonly step: Step;
  /** Milliseconds since 1970: when the post that was accepted began. */
  readonly postedAt: number;
  /** Posts that were not accepted before that. */
  readonly refused: readonly Refusal[];
}

interface Refusal {
  /** 0 where there was no answer. */
  readonly status: number;
  /** How long the sender waited for it. */
  readonly milliseconds: number;
}

// Azure Monitor calls an action again after 5, 20, 5, 40 and 60 s where it got no answer, 408, 429, 503 or 504:
// https://learn.microsoft.com/azure/azure-monitor/alerts/action-groups#webhook. Here ten times as fast, and once more.
const WAITS = [500, 2_000, 500, 4_000, 6_000, 6_000];

/** Posts one event until it is accepted, as Azure does; undefined where every try was in vain. */
export async function post(relay: string, step: Step, waits: readonly number[] = WAITS): Promise<Accepted | undefined> {
  const body = JSON.stringify(scaleBody(step));
  const refused: Refusal[] = [];
  for (const wait of [0, ...waits]) {
    await sleep(wait);
    const postedAt = Date.now();
    const { status, id } = await once(relay, body);
    if (id !== undefined) return { id, step, postedAt, refused };
    refused.push({ status, milliseconds: Date.now() - postedAt });
  }
  return undefined;
}

async function once(relay: string, body: string): Promise<{ readonly status: number; readonly id?: string }> {
  try {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(10_000);
    const response = await fetch(`${relay}/api/webhooks`, { method: 'POST', headers, body, signal });
    const { accepted } = (await response.json()) as { accepted?: readonly { id: string }[] };
    const id = response.status === 202 ? accepted?.[0]?.id : undefined;
    return { status: response.status, ...(id !== undefined && { id }) };
  } catch {
    return { status: 0 };
  }
}
