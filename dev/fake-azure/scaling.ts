import type { InstanceState, SetState } from './scale-set.ts';

/** How a scale-out goes. What is not said is as for the instances before it; the first of a list is for the first newcomer. */
export interface ScaleOutWish {
  /** Seconds until each is running, or has failed. */
  readonly seconds?: number | readonly number[];
  /** Ids: names of VMs for Flexible sets. */
  readonly ids?: readonly string[];
  readonly zones?: readonly string[];
  /** The last so many fail, with this code. */
  readonly failing?: { readonly count: number; readonly code: string };
}

const SECONDS = 130;

/** A newcomer under way: Creating until its time has come. */
export function underWay(
  instance: InstanceState,
  { at, total, now }: { readonly at: number; readonly total: number; readonly now: number },
  { seconds = SECONDS, ids = [], zones = [], failing }: ScaleOutWish,
): InstanceState {
  const takes = typeof seconds === 'number' ? seconds : (seconds[at] ?? seconds.at(-1) ?? SECONDS);
  const zone = zones[at % Math.max(1, zones.length)];
  return {
    ...instance,
    id: ids[at] ?? instance.id,
    provisioning: 'Creating',
    until: now + takes * 1000,
    ...(zone !== undefined && { zone }),
    ...(failing !== undefined && at >= total - failing.count && { failure: failing.code }),
  };
}

/** The instances as they are at a time: what was under way has ended, and what was being deleted is gone. */
export const instancesAt = ({ instances }: Pick<SetState, 'instances'>, now: number): readonly InstanceState[] =>
  instances.flatMap((one) => {
    if (one.until === undefined || now < one.until) return [one];
    if (one.provisioning === 'Deleting') return [];
    return [{ ...one, provisioning: one.failure === undefined ? 'Succeeded' : 'Failed', touchedAt: one.until }];
  });
