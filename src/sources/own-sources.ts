import type { Mapping } from './mapped/mapped.ts';
import { type Listed, listed } from './registry.ts';

/** The senders that relay.yaml describes itself; their code is loaded when a body may be one's. */
export const ownSources = (options: Readonly<Record<string, Mapping>>): readonly Listed[] =>
  Object.entries(options).flatMap(([name, mapping]) =>
    mapping.map === undefined
      ? []
      : [listed(name, async () => (await import('./mapped/mapped.ts')).mapped(name, mapping))],
  );
