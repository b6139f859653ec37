import type { Answer } from './answer.ts';
import { autoscaleSettings } from './autoscale-answers.ts';
import {
  hookEvents,
  instanceList,
  instanceView,
  latestRollout,
  oneInstance,
  oneSet,
  osUpgradeHistory,
  setList,
  setView,
} from './compute-answers.ts';
import { graphAnswer } from './graph-answers.ts';
import { communityVersionList, galleryVersionList, platformVersionList, sharedVersionList } from './image-answers.ts';
import type { CallKind } from './journal.ts';
import { descendants, subscriptionList } from './management-answers.ts';
import { decoded } from './query.ts';
import type { AzureRequest } from './request.ts';
import type { Cost } from './throttle.ts';
import { vmList } from './vm-answers.ts';

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly kind: CallKind;
  readonly versions: readonly string[];
  readonly cost: Cost;
  /** What a role must allow for it. Resource Graph needs none of its own and leaves out what may not be read. */
  readonly action?: string;
  readonly answer: (request: AzureRequest) => Answer;
}

const COMPUTE = [
  '2019-03-01',
  '2019-07-01',
  '2019-12-01',
  '2020-06-01',
  '2020-12-01',
  '2021-03-01',
  '2021-04-01',
  '2021-07-01',
  '2021-11-01',
  '2022-03-01',
  '2022-08-01',
  '2022-11-01',
  '2023-03-01',
  '2023-07-01',
  '2023-09-01',
  '2024-03-01',
  '2024-07-01',
  '2024-11-01',
  '2025-04-01',
  '2025-11-01',
  '2026-03-01',
  '2026-04-01',
];
const GALLERIES = [
  '2021-07-01',
  '2021-10-01',
  '2022-01-03',
  '2022-03-03',
  '2022-08-03',
  '2023-07-03',
  '2024-03-03',
  '2025-03-03',
];
const SUBSCRIPTIONS = ['2016-06-01', '2019-06-01', '2019-11-01', '2020-01-01', '2021-01-01', '2022-12-01'];
const GROUPS = ['2020-02-01', '2020-05-01', '2020-10-01', '2021-04-01', '2023-04-01'];
const AUTOSCALE = ['2015-04-01', '2022-10-01'];
const GRAPH = ['2021-03-01', '2022-10-01', '2024-04-01'];

const IN_SUBSCRIPTION = 'subscriptions/{s}/providers/Microsoft.Compute';
const IN_GROUP = 'subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.Compute';
const SET = `${IN_GROUP}/virtualMachineScaleSets/{n}`;

const foreign = (galleries: string): string =>
  `${IN_SUBSCRIPTION}/locations/{l}/${galleries}/{gallery}/images/{image}/versions`;

const get = (
  path: string,
  kind: CallKind,
  versions: readonly string[],
  cost: Cost,
  answer: Route['answer'],
): Route => ({
  method: 'GET',
  path,
  kind,
  versions,
  cost,
  action: actionOf(path),
  answer,
});

/**
 * Reading `…/providers/Microsoft.X/a/{…}/b/{…}` takes `Microsoft.X/a/b/read`: the path without the names in it, as
 * https://learn.microsoft.com/azure/role-based-access-control/resource-provider-operations lists them. Two drop a word that is no name.
 */
function actionOf(path: string): string {
  const [, after = 'Microsoft.Resources/subscriptions'] = /providers\/(.*)$/.exec(path) ?? [];
  const kinds = after.split('/').filter((segment) => !segment.startsWith('{'));
  return `${kinds
    .join('/')
    .replace('/artifacttypes/vmimage/', '/artifacttypes/')
    .replace(/\/latest$/, '')}/read`;
}

const routes: readonly Route[] = [
  get(`${SET}/virtualMachines`, 'listInstances', COMPUTE, 'high', instanceList),
  get(SET, 'getSet', COMPUTE, 'low', oneSet),
  get(`${SET}/rollingUpgrades/latest`, 'rollingUpgrade', COMPUTE, 'low', latestRollout),
  get(`${SET}/lifecycleHookEvents`, 'hookEvents', COMPUTE.slice(COMPUTE.indexOf('2025-11-01')), 'low', hookEvents),
  get(`${SET}/instanceView`, 'setView', COMPUTE, 'low', setView),
  get(`${SET}/osUpgradeHistory`, 'osUpgradeHistory', COMPUTE, 'low', osUpgradeHistory),
  get(`${SET}/virtualMachines/{i}`, 'getInstance', COMPUTE, 'none', oneInstance),
  get(`${SET}/virtualMachines/{i}/instanceView`, 'getInstance', COMPUTE, 'none', instanceView),
  get(`${IN_SUBSCRIPTION}/virtualMachineScaleSets`, 'listSets', COMPUTE, 'high', setList),
  get(`${IN_GROUP}/virtualMachineScaleSets`, 'listSets', COMPUTE, 'high', setList),
  get(`${IN_SUBSCRIPTION}/virtualMachines`, 'listVms', COMPUTE, 'vmList', vmList),
  get(`${IN_GROUP}/virtualMachines`, 'listVms', COMPUTE, 'vmList', vmList),
  get(
    `${IN_SUBSCRIPTION}/locations/{l}/publishers/{publisher}/artifacttypes/vmimage/offers/{offer}/skus/{sku}/versions`,
    'imageVersions',
    COMPUTE,
    'none',
    platformVersionList,
  ),
  get(
    `${IN_GROUP}/galleries/{gallery}/images/{image}/versions`,
    'galleryVersions',
    GALLERIES,
    'none',
    galleryVersionList,
  ),
  get(foreign('sharedGalleries'), 'galleryVersions', GALLERIES, 'none', sharedVersionList),
  get(foreign('communityGalleries'), 'galleryVersions', GALLERIES, 'none', communityVersionList),
  get(
    'subscriptions/{s}/resourceGroups/{g}/providers/Microsoft.Insights/autoscaleSettings',
    'autoscaleSettings',
    AUTOSCALE,
    'none',
    autoscaleSettings,
  ),
  get('subscriptions', 'subscriptions', SUBSCRIPTIONS, 'none', subscriptionList),
  get(
    'providers/Microsoft.Management/managementGroups/{group}/descendants',
    'descendants',
    GROUPS,
    'none',
    descendants,
  ),
  {
    method: 'POST',
    path: 'providers/Microsoft.ResourceGraph/resources',
    kind: 'graph',
    versions: GRAPH,
    cost: 'none',
    answer: graphAnswer,
  },
];

/** What a role must allow so that every route can be called. */
export const ACTIONS: readonly string[] = [...new Set(routes.flatMap(({ action }) => action ?? []))];

const patterns = routes.map((route) => ({ route, segments: route.path.split('/') }));

/** The route of a path, whatever the method, and what its braces stand for. Case does not matter to Azure. */
export function routeOf(
  path: string,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
  const given = path.replace(/^\//, '').split('/');
  for (const { route, segments } of patterns) {
    if (segments.length !== given.length) continue;
    const params: Record<string, string> = {};
    const fits = segments.every((segment, index) => {
      const found = given[index] ?? '';
      if (!segment.startsWith('{')) return segment.toLowerCase() === found.toLowerCase();
      params[segment.slice(1, -1)] = decoded(found) ?? '';
      return found !== '';
    });
    if (fits) return { route, params };
  }
  return undefined;
}
