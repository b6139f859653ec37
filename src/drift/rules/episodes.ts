import type { DriftState } from './state.ts';

/** A time in which instances of a set were off their model; without `until` they still are. Milliseconds since 1970. */
export interface DriftEpisode {
  /** Lower-cased ARM id. */
  readonly id: string;
  readonly name: string;
  readonly environment?: string | undefined;
  readonly since: number;
  readonly until?: number;
}

/** The last episode of each set that is known. */
export const episodesIn = ({ sets }: DriftState): readonly DriftEpisode[] =>
  Object.entries(sets).flatMap(([id, { name, environment, since, behind, resolvedAt }]) => {
    if (behind === 0 && resolvedAt === undefined) return [];
    const about = { id, name: name ?? id.slice(id.lastIndexOf('/') + 1), environment, since: Date.parse(since) };
    return [{ ...about, ...(behind === 0 && resolvedAt !== undefined && { until: Date.parse(resolvedAt) }) }];
  });
