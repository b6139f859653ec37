import type { Destination } from '../destinations/destination.ts';
import { deadAddress, guides } from '../destinations/guide.ts';
import { audienceOf } from '../destinations/receiver-audience.ts';
import { urlProblem } from '../destinations/receiver-url.ts';
import { type DestinationName, destinations } from '../destinations/registry.ts';
import { asObject } from '../event/json.ts';
import { secretFault } from '../event/webhook-secret.ts';
import type { Complaint } from '../problems/complaint.ts';
import { keyProblems, missingUrl, roomProblems, wayProblems } from './way-problems.ts';

type Receivers = Readonly<Record<string, unknown>>;

/** The type of a receiver, where it is one. */
export function typeOf(receiver: unknown): DestinationName | undefined {
  const { type } = asObject(receiver);
  return typeof type === 'string' && Object.hasOwn(destinations, type) ? (type as DestinationName) : undefined;
}

/** How a file is looked at. */
export interface Checking {
  /** A local run, where plain http: to this machine is allowed. */
  readonly development: boolean;
  /** `lint` also refuses what a running relay puts up with. */
  readonly isLint: boolean;
}

/** Addresses and keys that do not fit their receiver, and fallbacks that lead in a circle. */
export function receiverProblems(receivers: Receivers, { development, isLint }: Checking): readonly Complaint[] {
  const circles = circlesIn(receivers);
  const addressProblem = (url: string, type: DestinationName, { host, auth }: Readonly<Record<string, unknown>>) =>
    urlProblem(url, type, development, typeof host === 'string' ? host : undefined) ??
    (isLint ? deadAddress(url, type, auth !== undefined) : undefined);
  return Object.entries(receivers).flatMap(([name, receiver]) => {
    const type = typeOf(receiver);
    const { url: given, secret, auth, charts } = asObject(receiver);
    const url = typeof given === 'string' && given !== '' ? given : undefined;
    const found = {
      ...(type !== undefined && {
        url: url === undefined ? missingUrl(type, given) : addressProblem(url, type, asObject(receiver)),
        ...keyProblems(type, asObject(receiver)),
        ...roomProblems(type, asObject(receiver)),
        ...wayProblems(type, asObject(receiver), development),
        secret: secretProblem(type, secret, auth !== undefined),
        charts: chartsProblem(type, charts),
        auth: auth === undefined ? undefined : authProblem(type, url ?? '', auth),
      }),
      fallback: circles.get(name),
    };
    return Object.entries(found).flatMap(([key, message]) =>
      message === undefined ? [] : [{ path: ['receivers', name, key], message }],
    );
  });
}

/** What is wrong with what a receiver's messages are signed with, without repeating it. */
function secretProblem(type: DestinationName, secret: unknown, signsIn: boolean): string | undefined {
  const { bot } = guides[type];
  if (bot !== undefined) return clientSecretProblem(bot.secret, secret, signsIn);
  if (!destinations[type].isSigned) {
    return secret === undefined ? undefined : `messages to ${type} are not signed: a secret has no use here`;
  }
  if (secret === undefined && signsIn) return undefined;
  if (secret === undefined)
    return 'expected a secret: a webhook is signed, so that its subscriber can trust it; or auth: { entra: <audience> }';
  return [secret]
    .flat()
    .map((each) => secretFault(`${each}`))
    .find((fault) => fault !== undefined);
}

function clientSecretProblem(expected: string, secret: unknown, signsIn: boolean): string | undefined {
  if (signsIn) return secret === undefined ? undefined : 'auth says that there is no secret: leave out one of the two';
  return typeof secret === 'string' ? undefined : `expected ${expected}`;
}

const chartsProblem = (type: DestinationName, charts: unknown): string | undefined =>
  charts === true && !drawsCharts(destinations[type]) ? `${guides[type].title} draws no charts` : undefined;

const drawsCharts = ({ charts }: Destination): boolean => charts === true;

/** Why a receiver cannot be signed in to. */
function authProblem(type: DestinationName, url: string, auth: unknown): string | undefined {
  const { signsIn, title } = guides[type];
  if (!signsIn) return `${title} knows nobody by Entra ID: auth has no use here`;
  // What is no address is told of by itself.
  return auth !== 'entra' || URL.parse(url) === null || audienceOf(url) !== undefined
    ? undefined
    : 'expected { entra: <audience> }, the application ID URI of what is called: only flows of Power Automate and Logic Apps have one that is known';
}

/** The ways from receivers over fallbacks back to themselves, each told once: by the first of them in the file. */
function circlesIn(receivers: Receivers): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const names = Object.keys(receivers);
  const seen = new Set<string>();
  for (const start of names) {
    const way: string[] = [];
    let next: unknown = start;
    for (
      ;
      typeof next === 'string' && Object.hasOwn(receivers, next) && !seen.has(next);
      next = fallbackOf(receivers, next)
    ) {
      seen.add(next);
      way.push(next);
    }
    // Where it meets a way of before, that was judged then.
    const circle = typeof next === 'string' && way.includes(next) ? way.slice(way.indexOf(next)) : [];
    const first = circle.length > 0 && names.find((name) => circle.includes(name));
    if (first) found.set(first, inOrderFrom(first, circle));
  }
  return found;
}

const fallbackOf = (receivers: Receivers, name: string): unknown => asObject(receivers[name])['fallback'];

function inOrderFrom(first: string, circle: readonly string[]): string {
  if (circle.length === 1) return 'expected another receiver than itself';
  const at = circle.indexOf(first);
  return `expected no circle: ${[...circle.slice(at), ...circle.slice(0, at), first].join(' → ')}`;
}
