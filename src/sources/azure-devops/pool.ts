import { armKey, armResource } from '../arm.ts';
import { linkTo, portalUrl } from '../source.ts';
import { asEvent, idOf, type Read } from './draft.ts';

const isSize = (size: number | undefined): size is number =>
  size !== undefined && Number.isInteger(size) && size >= 0 && size <= 1_000_000;

/** A pool of agents on a scale set, which Azure DevOps sizes itself. It says so when it begins. */
export const poolResized: Read = (body, type, context) => {
  const { poolName, poolId, resourceId, previousSize: from, newSize: to } = body.resource ?? {};
  if (!isSize(to) || !isSize(from)) return [asEvent(body, type, context, [])];
  if (from === to) return [];
  const scaleSet = armResource(resourceId);
  return [
    {
      kind: 'scale',
      id: idOf(body, type, poolId, `${from}>${to}`),
      story: scaleSet === undefined ? `azure-devops/pool/${poolId ?? poolName ?? ''}` : armKey(scaleSet.id),
      source: 'azure-devops',
      severity: 'info',
      occurredAt: body.createdDate ?? context.receivedAt,
      resource: scaleSet ?? { name: poolName ?? resourceId ?? type },
      links: linkTo('resource', portalUrl(scaleSet?.id ?? '')),
      direction: to > from ? 'out' : 'in',
      from,
      to,
      phase: 'started',
      setting: poolName,
      reason: body.message?.text,
    },
  ];
};
