import { type DestinationName, destinations } from '../destinations.ts';
import { urlProblem } from '../receiver-url.ts';
import { type Complaint, record } from './complaint.ts';

type Receivers = Readonly<Record<string, unknown>>;

/** The type of a receiver, where it is one. */
export function typeOf(receiver: unknown): DestinationName | undefined {
  const { type } = record(receiver);
  return typeof type === 'string' && Object.hasOwn(destinations, type) ? (type as DestinationName) : undefined;
}

/** Addresses and keys that do not fit their receiver, and fallbacks that lead in a circle. */
export const receiverProblems = (receivers: Receivers, development: boolean): readonly Complaint[] =>
  Object.entries(receivers).flatMap(([name, receiver]) => {
    const type = typeOf(receiver);
    const { url, secret } = record(receiver);
    const found = {
      ...(type !== undefined && {
        url: typeof url === 'string' && url !== '' ? urlProblem(url, type, development) : undefined,
        secret: secretProblem(type, secret),
      }),
      fallback: circle(name, receivers),
    };
    return Object.entries(found).flatMap(([key, message]) =>
      message === undefined ? [] : [{ path: ['receivers', name, key], message }],
    );
  });

const WHSEC = /^whsec_(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What is wrong with what a receiver's messages are signed with, without repeating it. */
function secretProblem(type: DestinationName, secret: unknown): string | undefined {
  if (destinations[type].transport !== 'signed-webhook') {
    return secret === undefined ? undefined : `messages to ${type} are not signed: a secret has no use here`;
  }
  if (secret === undefined) return 'expected a secret: a webhook is signed, so that its subscriber can trust it';
  const broken = [secret].flat().some((each) => `${each}`.startsWith('whsec_') && !WHSEC.test(`${each}`));
  return broken ? 'expected Base64 after whsec_' : undefined;
}

/** The way from a receiver over fallbacks back to itself, told once: by the first of them in the file. */
function circle(start: string, receivers: Receivers): string | undefined {
  const way = [start];
  for (;;) {
    const next = record(receivers[way.at(-1) ?? ''])['fallback'];
    if (typeof next !== 'string') return undefined;
    if (next === start) break;
    if (way.includes(next)) return undefined;
    way.push(next);
  }
  const names = Object.keys(receivers);
  if (way.some((name) => names.indexOf(name) < names.indexOf(start))) return undefined;
  return way.length === 1
    ? 'expected another receiver than itself'
    : `expected no circle: ${[...way, start].join(' → ')}`;
}
