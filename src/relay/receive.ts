import type { Ports } from '../delivery/ports.ts';
import { identity } from '../event/identity.ts';
import { iso } from '../event/time/units.ts';
import { PayloadError } from '../problems/errors.ts';
import { structured } from '../sources/binary-event.ts';
import { readAs } from '../sources/reading.ts';
import { type Listed, sourceOf, sources } from '../sources/registry.ts';
import { changedScaleSets } from '../sources/scale-set-changes.ts';
import type { Ignored, Read, SourceContext } from '../sources/source.ts';
import { type Credentials, verify } from '../sources/verify.ts';
import { type HttpRequest, readJson } from './http.ts';

/** What the configuration says of one source. */
export interface SourceSettings {
  readonly credentials: Credentials;
  /** Extras of the source that are wanted. */
  readonly include: readonly string[];
  readonly baseUrl?: string | undefined;
}

export interface Receiving {
  readonly settings: Readonly<Record<string, SourceSettings>>;
  /** Senders that the configuration describes. */
  readonly own?: readonly Listed[] | undefined;
  readonly ports: Ports;
  /** Whether a body that cannot be read is kept for inspection. */
  readonly keep: boolean;
  /** Is told of scale sets that something was done to. */
  readonly touched?: ((setIds: readonly string[]) => Promise<void>) | undefined;
}

export interface Received {
  readonly read: Read;
  readonly source: string;
  /** Whether the source has credentials, which the request fulfilled. */
  readonly proven: boolean;
  /** What of the body is in none of them. */
  readonly ignored: readonly Ignored[];
  /** Of a body that held too many: how many were not read, and whose it is. */
  readonly cut?: { readonly count: number; readonly source: string };
}

/** From a request to events, or to a protocol's reply. Throws a RelayError; then nothing but a rejected body was stored. */
export async function receive(
  request: HttpRequest,
  { settings, own, ports, keep, touched }: Receiving,
): Promise<Received> {
  const { bytes, payload: body } = await readJson(request);
  const { headers, query, params } = request;
  const named = params['source'];
  // A mapping opens CloudEvents itself.
  const isMapped = own?.some(({ name }) => name === named);
  const payload = isMapped ? body : structured(body, headers, named);
  const now = ports.clock.now();
  const receivedAt = iso(now);
  try {
    const source = await sourceOf(payload, headers, named, own);
    const { credentials, include = [], baseUrl } = settings[source.name] ?? {};
    const proven = await verify(source, { bytes, headers, query, now }, credentials);
    const context: SourceContext = { headers, receivedAt, includes: (extra) => include.includes(extra), baseUrl };
    const read = await readAs(source, payload, context);
    await touched?.(changedScaleSets(source.name, payload));
    const count = source.cut(payload);
    const cut = count > 0 && { cut: { count, source: source.name } };
    return { read, source: source.name, proven, ignored: source.ignored?.(payload, context) ?? [], ...cut };
  } catch (error) {
    if (keep && error instanceof PayloadError) {
      // The same body is kept once a day, however often its sender tries.
      const id = identity(Buffer.from(bytes).toString('base64'));
      const about = { id, receivedAt, source: named ?? 'unknown', reason: error.message };
      await ports.rejected.keep(bytes, about);
    }
    throw error;
  }
}

/** The source that an address names, where it is one. */
export const sourceNamed = (named: string | undefined): string | undefined =>
  sources.find(({ name }) => name === named)?.name;
