import { subscriptionOf } from '../rules/decide.ts';
import type { Failure } from '../scale-sets.ts';
import type { Harvest } from './harvest.ts';
import { placeOf } from './place-of.ts';

/**
 * Tells of entries of a subscription's list of sets that nobody understands, by their ids, as sets that were not read. One
 * without such an id could be any set: the list was not read in full then.
 */
export function puzzling(harvest: Harvest, subscriptionId: string, ids: readonly string[]): void {
  for (const id of ids) {
    const name = nameIn(id);
    const failure: Failure = { kind: 'failed', call: 'sets', name, status: 200, code: 'NotUnderstood' };
    if (name === '' || subscriptionOf(id) !== subscriptionId) harvest.part(subscriptionId, failure);
    else if (!harvest.has(id.toLowerCase())) harvest.take({ kind: 'unread', place: placeOf(id), failure });
  }
}

const SET = /\/virtualMachineScaleSets\/([^/]{1,200})$/i;

/** Longer than an id of Azure's can be, it is none. */
const nameIn = (id: string): string => (id.length > 1_000 ? '' : (SET.exec(id)?.[1] ?? ''));
