import type { Ports } from '../../src/delivery/ports.ts';
import type { Transport } from '../../src/destinations/transport.ts';

interface Button {
  readonly text: string;
  readonly url: string;
}

/** Chats that take everything, by the names of their receivers. */
export function chatOf() {
  const got = new Map<string, unknown[]>();
  const take: Transport = async ({ name = '' }, payload) => {
    got.set(name, [...(got.get(name) ?? []), payload]);
    const isPager = name === 'pager';
    return {
      kind: 'answered',
      status: isPager ? 202 : 200,
      body: isPager ? '{"status":"success"}' : 'ok',
      retryAfter: undefined,
    };
  };
  const of = (name: string): readonly unknown[] => got.get(name) ?? [];
  const buttonsOf = (name: string): readonly Button[] =>
    of(name).flatMap((payload) =>
      [...JSON.stringify(payload).matchAll(/"text":"([^"]*)"\},"url":"([^"]*\/api\/act\/[^"]*)"/g)].map(
        ([, text = '', url = '']) => ({ text, url }),
      ),
    );
  return {
    transports: new Proxy({} as Ports['transports'], { get: () => take }),
    of,
    buttonsOf,
    tokensOf: (name: string) => buttonsOf(name).map(({ url }) => url.split('/').at(-1) ?? ''),
    textsOf: (name: string) => of(name).map((payload) => textIn(payload)),
  };
}

const textIn = (payload: unknown): string =>
  typeof payload === 'object' && payload !== null && 'text' in payload ? String(payload.text) : '';
