import { PayloadError, RequestError } from '../errors.ts';
import type { RelayEvent } from '../event/event.ts';
import { azureAutoscale } from './azure-autoscale.ts';
import { custom } from './custom.ts';
import type { Received, Source } from './source.ts';

/** Every source, in the order of detection: the first that detects a body reads it. */
export const sources: readonly Source[] = [azureAutoscale, custom];

/** The events of a body: read by the named source, or by the first that detects it. */
export function normalize(received: Received, named?: string): readonly RelayEvent[] {
  const source = named === undefined ? sources.find((each) => each.detects(received)) : sourceNamed(named);
  if (source !== undefined) return source.read(received);
  throw new PayloadError('no source', [
    { path: '', message: `it looks like none of ${names()}; name its source in the path if it is one of them` },
  ]);
}

function sourceNamed(name: string): Source {
  const source = sources.find((each) => each.name === name);
  if (source !== undefined) return source;
  throw new RequestError('no-such-source', `there is no source of that name; there are ${names()}`);
}

const names = (): string => sources.map(({ name }) => name).join(', ');
