import { alertsBody, customBody, fresh, message } from './bodies.ts';
import { type Answered, answeredWell, type Bundle, endsWell } from './bundle.ts';
import type { Figure, Outcome } from './row.ts';

/** Somebody who calls a function of the relay. */
export interface Caller {
  readonly caller: string;
  readonly figure: Figure;
  call(bundle: Bundle, taken: Set<string>): Promise<Outcome>;
}

const source = (name: string) => ({ params: { source: name } });

/** Notes what a webhook said it took. */
function noted(answer: Answered, taken: Set<string>): Answered {
  const { accepted = [] } = (answer.json ?? {}) as { readonly accepted?: readonly { readonly id: string }[] };
  if (answer.status === 202) for (const { id } of accepted) taken.add(id);
  return answer;
}

/** What no chat was asked to do yet, for one receiver and all at once. */
async function together(bundle: Bundle, receiver: string, count: number): Promise<Outcome> {
  const messages = Array.from({ length: count }, () => message([receiver]));
  const ends = await Promise.all(messages.map((each) => endsWell(bundle.delivers(each, fresh()))));
  return (
    ends.find(({ fault }) => fault !== undefined) ?? {
      result: [...new Set(ends.map(({ result }) => result))].join(', '),
    }
  );
}

const operator = (caller: string, name: string, query = ''): Caller => ({
  ...{ caller, figure: 'operator' },
  call: async (bundle) => answeredWell(await bundle.asks(name, { query })),
});

const timer = (caller: string): Caller => ({
  ...{ caller, figure: 'timer' },
  call: (bundle) => endsWell(bundle.runs(caller)),
});

export const webhook: Caller = {
  ...{ caller: 'webhook', figure: 'webhook' },
  call: async (bundle, taken) =>
    answeredWell(noted(await bundle.asks('webhook', { body: customBody(), ...source('custom') }), taken)),
};

const alerts: Caller = {
  ...{ caller: 'webhook, 200 alerts', figure: 'webhook' },
  call: async (bundle, taken) =>
    answeredWell(noted(await bundle.asks('webhook', { body: alertsBody(200), ...source('alertmanager') }), taken)),
};

const unreadable: Caller = {
  ...{ caller: 'webhook, unreadable body', figure: 'webhook' },
  async call(bundle) {
    const answer = await bundle.asks('webhook', { body: { kind: 'custom' }, ...source('custom') });
    return answer.status === 422 ? { result: '422' } : answeredWell(answer, 503);
  },
};

export const deep: Caller = {
  ...{ caller: 'health?deep=1', figure: 'deep' },
  call: async (bundle) => answeredWell(await bundle.asks('health', { query: '?deep=1' })),
};

const health: Caller = {
  ...{ caller: 'health', figure: 'deep' },
  call: async (bundle) => answeredWell(await bundle.asks('health'), 200),
};

export const deliver: Caller = {
  ...{ caller: 'deliver', figure: 'deliver' },
  call: (bundle) => endsWell(bundle.delivers(message(['chat-1']), fresh())),
};

const many: Caller = {
  ...{ caller: 'deliver, 32 for one chat', figure: 'deliver' },
  call: (bundle) => together(bundle, 'chat-2', 32),
};

export const timers = ['watch', 'clean'].map(timer);

/** Everybody who needs storage. */
export const everybody: readonly Caller[] = [
  ...[webhook, alerts, unreadable, health, deep, deliver, many],
  operator('deliveries', 'deliveries'),
  operator('dead-letters', 'deadLetters'),
  operator('silences', 'silences'),
  ...timers,
];
