import type { RelayEvent } from './event.ts';

/** Where something happened, in a word: its environment or, without one, its resource group. */
export const whereOf = ({ environment, resource }: Pick<RelayEvent, 'environment' | 'resource'>): string | undefined =>
  environment || resource.group || undefined;
