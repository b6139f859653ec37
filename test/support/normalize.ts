import type { RelayEvent } from '../../src/event/event.ts';
import { loaded, unrecognized } from '../../src/sources/registry.ts';
import type { Read, Source, SourceContext } from '../../src/sources/source.ts';

export interface Received extends Partial<Pick<SourceContext, 'baseUrl'>> {
  readonly payload: unknown;
  readonly headers?: Headers;
  readonly receivedAt?: string;
  /** Extras that the configuration asks for. */
  readonly include?: readonly string[];
}

/** Every source, loaded, in the order of detection. */
export const allSources: readonly Source[] = await loaded();

/** The source of a body: the named one, or the first that detects it. */
export function sourceFor(payload: unknown, headers: Headers, named?: string): Source {
  const source = allSources.find((each) =>
    named === undefined ? each.detects(payload, headers) : each.name === named,
  );
  if (source === undefined) throw unrecognized(payload, allSources);
  return source;
}

/** What the named source, or the one that detects the body, makes of it. */
export function read({ payload, headers = new Headers(), include = [], ...given }: Received, named?: string): Read {
  const { receivedAt = '2026-11-20T14:05:10.000Z', baseUrl } = given;
  const includes = (extra: string) => include.includes(extra);
  return sourceFor(payload, headers, named).read(payload, { headers, receivedAt, includes, baseUrl });
}

/** The events of a body; throws where the source only replies. */
export function normalize(received: Received, named?: string): readonly RelayEvent[] {
  const result = read(received, named);
  if ('reply' in result) throw new Error('the source replied and gave no events');
  return result;
}
