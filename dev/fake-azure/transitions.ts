import type { ImageReference } from './model-spec.ts';
import { guidOf, hexOf } from './random.ts';
import type { FakeSet, InstanceState, Model, RolloutState, SetState } from './scale-set.ts';

// How sets change: from one state to the next, each a pure function.

type Place = Pick<FakeSet, 'ordinal' | 'name' | 'orchestration'>;

/** Milliseconds without a fraction of a second: tags tell no more. */
const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

/** A new instance on the model. `serial` is never used twice within a set. */
export const newInstance = (
  { ordinal, name, orchestration }: Place,
  serial: number,
  { model, exactVersion, now }: { readonly model: Model; readonly exactVersion: string; readonly now: number },
): InstanceState => ({
  id: orchestration === 'Uniform' ? String(serial) : `${name}_${hexOf(8, ordinal, serial)}`,
  vmId: guidOf(ordinal, serial, 0),
  model,
  exactVersion,
  createdAt: now,
  isProtected: false,
  skipsUpgrade: false,
  customised: false,
  provisioning: 'Succeeded',
  health: 'healthy',
  taggedAt: orchestration === 'Flexible' ? wholeSeconds(model.createdAt) : undefined,
});

/** A set whose instances are all on this model. */
export const firstState = (
  identity: Place & Pick<FakeSet, 'createdAt'>,
  model: Model,
  instances: number,
  exactVersion: string,
): SetState => ({
  model,
  instances: Array.from({ length: instances }, (_, serial) =>
    newInstance(identity, serial, { model, exactVersion, now: identity.createdAt }),
  ),
  capacity: instances,
  tags: {},
  mode: 'Manual',
  autoOsUpgrade: false,
  pauseBetweenBatches: 'PT0S',
  etag: 1,
  nextId: instances,
  osUpgrades: [],
  changes: [],
});

export const withInstances = (
  state: SetState,
  ids: readonly string[] | undefined,
  change: (instance: InstanceState) => InstanceState,
): SetState => {
  const missing = ids?.find((id) => !state.instances.some((instance) => instance.id === id));
  if (missing !== undefined) throw new Error(`there is no instance ${missing}`);
  return {
    ...state,
    instances: state.instances.map((instance) =>
      ids === undefined || ids.includes(instance.id) ? change(instance) : instance,
    ),
  };
};

/** Protected instances are left as they are. */
export const updated =
  (model: Model, resolve: (image: ImageReference) => string) =>
  (instance: InstanceState): InstanceState =>
    instance.isProtected
      ? instance
      : {
          ...instance,
          model,
          // Updating with the same `latest` keeps the image that runs.
          exactVersion:
            JSON.stringify(instance.model.spec.image) === JSON.stringify(model.spec.image)
              ? instance.exactVersion
              : resolve(model.spec.image),
          taggedAt: instance.taggedAt === undefined ? undefined : wholeSeconds(model.createdAt),
        };

const fresh = (now: number, total: number): RolloutState => ({
  code: 'RollingForward',
  // A quarter of a second after the action that began it, as in the documentation's sample.
  startedAt: now + 250,
  lastAction: 'Start',
  lastActionAt: now,
  done: 0,
  failed: 0,
  inProgress: Math.min(1, total),
  pending: Math.max(0, total - 1),
});

export const rolloutStarted = (state: SetState, now: number): SetState => ({
  ...state,
  rollout: fresh(now, state.instances.filter(({ model }) => model !== state.model).length),
});

const rolloutOf = ({ rollout }: SetState): RolloutState => {
  if (rollout === undefined) throw new Error('there is no rollout');
  return rollout;
};

/** So many more are done. */
export function rolloutAdvanced(
  state: SetState,
  instances: number,
  update: (one: InstanceState) => InstanceState,
): SetState {
  const rollout = rolloutOf(state);
  const ids = state.instances
    .filter(({ model, isProtected }) => model !== state.model && !isProtected)
    .slice(0, instances)
    .map(({ id }) => id);
  const left = Math.max(0, rollout.inProgress + rollout.pending - ids.length);
  return {
    ...withInstances(state, ids, update),
    rollout: {
      ...rollout,
      done: rollout.done + ids.length,
      inProgress: Math.min(1, left),
      pending: Math.max(0, left - 1),
    },
  };
}

export function rolloutFaulted(state: SetState, errorCode: string, failed: number): SetState {
  const rollout = rolloutOf(state);
  const left = Math.max(0, rollout.inProgress + rollout.pending - failed);
  return { ...state, rollout: { ...rollout, code: 'Faulted', failed, inProgress: 0, pending: left, errorCode } };
}

export function rolloutCancelled(state: SetState, now: number): SetState {
  const rollout = rolloutOf(state);
  return {
    ...state,
    rollout: {
      ...rollout,
      code: 'Cancelled',
      lastAction: 'Cancel',
      lastActionAt: now,
      inProgress: 0,
      pending: rollout.inProgress + rollout.pending,
    },
  };
}

export const rolloutCompleted = (state: SetState): SetState => ({
  ...state,
  rollout: { ...rolloutOf(state), code: 'Completed', inProgress: 0, pending: 0 },
});
