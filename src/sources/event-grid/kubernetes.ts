import { armKey, armResource } from '../arm.ts';
import { object, text } from '../fields.ts';
import { SEVERITY, standingOf, words } from '../phase.ts';
import { linkTo, portalUrl } from '../source.ts';
import { common, family } from './message.ts';

// https://learn.microsoft.com/azure/event-grid/event-schema-aks
const TYPE = /^Microsoft\.ContainerService\.NodePoolRolling(\w+)$/i;

const STATES = words({
  started: { phase: 'started' },
  succeeded: { phase: 'succeeded' },
  failed: { phase: 'failed' },
});

/** The nodes of a pool that are replaced one after the other, for an upgrade or a change. */
export const nodePools = family({
  types: TYPE,
  data: object({ nodePoolName: text }),
  meaning(message, given, context) {
    const standing = standingOf(STATES, TYPE.exec(message.type)?.[1], context);
    if (standing === undefined) return [];
    const id = message.topic ?? '';
    const arm = armResource(id);
    const name = arm?.name ?? message.subject ?? (id || message.type);
    const pool = given?.nodePoolName;
    return [
      {
        ...common(message, context),
        kind: 'deployment',
        story: `${armKey(id) || name}/agentpools/${pool ?? ''}`.toLowerCase(),
        ...standing,
        severity: SEVERITY[standing.phase],
        resource: { ...arm, name },
        links: linkTo('resource', portalUrl(id)),
        subject: name,
        step: pool,
      },
    ];
  },
});

const SUPPORT = /^Microsoft\.ContainerService\.(ClusterSupportEnd\w+)$/i;

/** That a cluster's version is or will be out of support. Nothing tells that it has been upgraded since. */
export const clusterSupport = family({
  types: SUPPORT,
  data: object({ kubernetesVersion: text }),
  meaning(message, given, context) {
    const arm = armResource(message.topic);
    return [
      {
        ...common(message, context),
        kind: 'custom',
        severity: 'warning',
        resource: { ...arm, name: arm?.name ?? message.subject ?? message.type },
        links: linkTo('resource', portalUrl(arm?.id ?? '')),
        title: SUPPORT.exec(message.type)?.[1] ?? message.type,
        text: given?.kubernetesVersion && `Kubernetes ${given.kubernetesVersion}`,
      },
    ];
  },
});
