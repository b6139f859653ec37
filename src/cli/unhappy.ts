import * as z from 'zod';
import { typedHere } from '../event/command.ts';
import { CommandFailure } from './failure.ts';

/** RFC 9457, as far as the relay writes it. */
const problemAnswer = z.object({
  type: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).default([]),
});

export interface Answer {
  readonly status: number;
  /** Undefined where the body is no JSON. */
  readonly json: unknown;
}

interface Asked {
  readonly url: string;
  readonly path: string;
  readonly hasKey: boolean;
}

/** An answer that is no success, with what to do about it. */
export function explained({ status, json }: Answer, { url, path, hasKey }: Asked): CommandFailure {
  const { data } = problemAnswer.safeParse(json);
  const ours = data?.type?.startsWith('urn:autoscale-relay:') === true ? data : undefined;
  switch (status) {
    case 401:
    case 403:
      return new CommandFailure(
        hasKey ? `${url} does not accept the key of RELAY_KEY.` : `${url} asks for a key, and RELAY_KEY is not set.`,
        { next: 'The master key: az functionapp keys list -g <group> -n <app> --query masterKey -o tsv' },
      );
    case 409:
      return new CommandFailure(`${ours?.detail ?? 'Several are meant'}.`, {
        status: 2,
        problems: ours?.errors ?? [],
        next: 'Give more of the id: any of those on the left.',
      });
    case 404:
      if (ours?.type?.endsWith(':no-such-event')) {
        return new CommandFailure(`${ours.detail}.`, {
          next: `${typedHere.relay} deliveries lists what there is; --receiver <name> asks for a receiver that is no longer configured.`,
        });
      }
      return new CommandFailure(ours?.detail ?? `There is no ${path} at ${url}: it is no relay, or an older one.`, {
        httpStatus: status,
        next: `${typedHere.relay} health --url <url> tells whether a relay is there.`,
      });
    case 422:
      return new CommandFailure(ours?.detail ?? `${url} does not understand the request.`, {
        status: 2,
        problems: ours?.errors.slice(3) ?? [],
      });
    case 503:
      return new CommandFailure(`The relay at ${url} cannot do it now: ${ours?.detail ?? 'no reason was given'}.`, {
        problems: ours?.errors.slice(3) ?? [],
        next: ours?.type?.endsWith(':configuration')
          ? `Mend its configuration (${typedHere.relay} lint checks it) and try again.`
          : 'Try again in a minute; then look at its storage account and its log.',
      });
    default:
      return strange(url, ours?.detail ?? `it answered with status ${status}`);
  }
}

/** Somebody answered who is not a relay, or not one that this command knows. */
export const strange = (url: string, what: string): CommandFailure =>
  new CommandFailure(`${url} does not answer like a relay: ${what}.`, {
    next: 'Check --url and RELAY_URL: the address alone, without /api.',
  });

const START = `Start a relay here with ${typedHere.start}, or name another one with --url or RELAY_URL.`;

/** What kept a request from being answered. Only the kind of failure is looked at. */
export function unreached(url: string, error: unknown): CommandFailure {
  const codes = chain(error).flatMap((each) => [each.name, 'code' in each ? String(each.code) : '']);
  const has = (pattern: RegExp) => codes.some((code) => pattern.test(code));
  if (has(/^ECONNREFUSED$/)) return new CommandFailure(`Nothing listens at ${url}.`, { next: START });
  if (has(/^(ENOTFOUND|EAI_AGAIN)$/)) {
    return new CommandFailure(`There is no host of that name: ${url}`, { next: 'Check --url and RELAY_URL.' });
  }
  if (has(/TIMEDOUT|Timeout/i)) {
    return new CommandFailure(`${url} did not answer in time.`, {
      next: 'Try again; a relay that sleeps needs a while.',
    });
  }
  if (has(/CERT|SELF_SIGNED|TLS|SSL/)) {
    return new CommandFailure(`The certificate of ${url} is not trusted.`, {
      next: 'Behind a proxy with a certificate of its own: NODE_EXTRA_CA_CERTS names its file.',
    });
  }
  return new CommandFailure(`The connection to ${url} was lost.`, {
    next: 'Try again; then check --url and RELAY_URL.',
  });
}

const chain = (error: unknown): readonly Error[] =>
  error instanceof AggregateError
    ? [error, ...error.errors.flatMap(chain)]
    : error instanceof Error
      ? [error, ...chain(error.cause)]
      : [];
