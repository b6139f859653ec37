import { isMany } from '../rules/coverage.ts';
import type { Scope } from '../rules/settings.ts';
import type { Failure, Subscription } from '../scale-sets.ts';
import { isRefused } from './failures.ts';
import type { Session } from './session.ts';

type Sight = Pick<Session, 'azure' | 'settings' | 'before' | 'harvest'>;

/** The subscriptions that this run is about. Those that it should be about and cannot find are told as such. */
export async function readScopes({ azure, settings, before, harvest }: Sight): Promise<readonly Subscription[]> {
  const { found, missing } = await azure.subscriptions(settings.scopes);
  for (const one of found) harvest.scope(one);
  const isFound = new Set(found.map(({ id }) => id));
  const lost = Object.keys(before?.coverage ?? {}).filter((id) => !isFound.has(id) && !isMany(id));
  for (const { scope, failure } of missing) {
    harvest.scope(standIn(scope));
    harvest.broken(standIn(scope).id, failure, false);
    // What a group holds is not known now: as little as it is gone.
    if (isMany(scope) && !isRefused(failure)) for (const id of lost) harvest.unseen(id, failure, 'putOff');
  }
  const failed = new Set(missing.map(({ scope }) => scope));
  for (const scope of settings.scopes.filter((each) => isMany(each) && !failed.has(each))) {
    const { id } = standIn(scope);
    // An identity without any role sees an empty tenant.
    if (found.length === 0) harvest.broken(id, NOTHING, false);
    else if (before?.coverage[id] !== undefined) harvest.scope(standIn(scope));
  }
  return found;
}

const NOTHING: Failure = { kind: 'forbidden', call: 'subscriptions', name: '', code: 'NoSubscription' };

/** A scope of many subscriptions has a place of its own among what can be read. */
const standIn = (scope: Scope): Subscription => {
  const name = scope.slice(scope.indexOf(':') + 1);
  return { id: isMany(scope) ? scope : name.toLowerCase(), name };
};
