import type { RelayEvent } from '../../src/event/event.ts';
import { sourceOf } from '../../src/sources/registry.ts';
import type { Read, SourceContext } from '../../src/sources/source.ts';

export interface Received extends Partial<Pick<SourceContext, 'baseUrl'>> {
  readonly payload: unknown;
  readonly headers?: Headers;
  readonly receivedAt?: string;
  /** Extras that the configuration asks for. */
  readonly include?: readonly string[];
}

/** What the named source, or the one that detects the body, makes of it. */
export function read({ payload, headers = new Headers(), include = [], ...given }: Received, named?: string): Read {
  const { receivedAt = '2026-11-20T14:05:10.000Z', baseUrl } = given;
  const includes = (extra: string) => include.includes(extra);
  return sourceOf(payload, headers, named).read(payload, { headers, receivedAt, includes, baseUrl });
}

/** The events of a body; throws where the source only replies. */
export function normalize(received: Received, named?: string): readonly RelayEvent[] {
  const result = read(received, named);
  if ('reply' in result) throw new Error('the source replied and gave no events');
  return result;
}
