import { subscriptionOf } from '../rules/decide.ts';
import type { Place } from '../scale-sets.ts';

/** Where a set is of which only the id is known: its region shows once it has been read. */
export const placeOf = (id: string): Place => ({ id, subscriptionId: subscriptionOf(id), location: '' });
