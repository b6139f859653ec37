import { type Answer, jsonAnswer, refusal } from './answer.ts';
import { noGroup, noResource, wrongParameter } from './arm-refusals.ts';
import { instanceWriter } from './instance-json.ts';
import { listing } from './listing.ts';
import type { LiveSet } from './live-set.ts';
import type { AzureRequest } from './request.ts';
import { hookEventJson, osUpgradeJson, rolloutJson, setViewJson } from './rollout-json.ts';
import { type FakeSet, type InstanceState, isBehind } from './scale-set.ts';
import { instancesAt } from './scaling.ts';
import { setJson } from './set-json.ts';
import { viewJson } from './view-json.ts';

const SETS = 'Microsoft.Compute/virtualMachineScaleSets';

/** The set that the path names. */
export function setOf({ fleet, params }: Pick<AzureRequest, 'fleet' | 'params'>): LiveSet | undefined {
  const { s, g, n } = params;
  return fleet.find(`/subscriptions/${s}/resourceGroups/${g}/providers/${SETS}/${n}`);
}

function withSet(request: AzureRequest, answer: (set: LiveSet) => Answer): Answer {
  const set = setOf(request);
  if (set !== undefined) return answer(set);
  const { s = '', g = '', n = '' } = request.params;
  const isGroup = request.fleet.sets.some(
    (each) => each.subscriptionId === s.toLowerCase() && each.resourceGroup.toLowerCase() === g.toLowerCase(),
  );
  return isGroup ? noResource(SETS, n, g) : noGroup(g);
}

export const setList = (request: AzureRequest): Answer => {
  const group = request.params['g']?.toLowerCase();
  const subscription = request.params['s']?.toLowerCase();
  const sets = request.fleet.sets.filter(
    (set) => set.subscriptionId === subscription && (group === undefined || set.resourceGroup.toLowerCase() === group),
  );
  return listing(request, sets, {
    size: request.pageSizes.sets,
    keyOf: ({ ordinal }) => ordinal,
    write: (set) => setJson(set, set.state, true),
  });
};

export const oneSet = (request: AzureRequest): Answer =>
  withSet(request, (set) => jsonAnswer(setJson(set, set.state, false), { etag: `"${set.state.etag}"` }));

const LATEST = /^properties\/latestModelApplied eq (true|false)$/;
const POWER = /^startswith\(instanceView\/statuses\/code, ?'PowerState'\) eq true$/;

/** Allowed options: https://learn.microsoft.com/rest/api/compute/virtual-machine-scale-set-vms/list */
export const instanceList = (request: AzureRequest): Answer =>
  withSet(request, (set) => {
    const [filter = '', expand = '', select = ''] = ['$filter', '$expand', '$select'].map((name) =>
      request.query.get(name),
    );
    const wanted = LATEST.exec(filter)?.[1];
    if (filter !== '' && wanted === undefined && !POWER.test(filter)) return wrongParameter('$filter');
    if (expand !== '' && expand !== 'instanceView') return wrongParameter('$expand');
    if (select !== '' && select !== 'instanceView' && select !== 'instanceView/statuses')
      return wrongParameter('$select');
    const { state } = set;
    const instances = instancesAt(state, request.clock.now());
    const flexible = set.orchestration === 'Flexible';
    const fits = (one: InstanceState) =>
      wanted === undefined || (!flexible && isBehind(one, state) === (wanted === 'false'));
    return listing(request, instances.filter(fits), {
      size: request.pageSizes.instances,
      keyOf: (one, index) => (flexible ? index : Number(one.id)),
      write: flexible ? (one) => flexibleJson(set, one) : instanceWriter(set, state, expand !== '' || select !== ''),
      // Instances that a filter leaves out are looked at as well.
      headers: { 'x-ms-request-charge': String(instances.length) },
    });
  });

/**
 * What the instances of a Flexible set look like here is documented by one example only: no latestModelApplied and no
 * storage profile. Unlike everything else, no recording confirms it.
 */
const flexibleJson = (set: FakeSet, { id }: InstanceState): string =>
  JSON.stringify({
    name: id,
    id: `${set.id}/virtualMachines/${id}`,
    type: `${SETS}/virtualMachines`,
    location: set.location,
    instanceId: id,
    properties: {
      virtualMachineResourceId: `/subscriptions/${set.subscriptionId}/resourceGroups/${set.resourceGroup}/providers/Microsoft.Compute/virtualMachines/${id}`,
    },
  });

const withInstance = (request: AzureRequest, answer: (set: LiveSet, instance: InstanceState) => Answer): Answer =>
  withSet(request, (set) => {
    const id = request.params['i'] ?? '';
    const instance = set.state.instances.find((each) => each.id === id);
    if (instance !== undefined) return answer(set, instance);
    return refusal(404, 'NotFound', `The entity '${id}' was not found.`);
  });

export const oneInstance = (request: AzureRequest): Answer =>
  withInstance(request, (set, instance) => {
    const expand = request.query.get('$expand') ?? '';
    if (expand !== '' && expand !== 'instanceView') return wrongParameter('$expand');
    return jsonAnswer(
      set.orchestration === 'Flexible'
        ? flexibleJson(set, instance)
        : instanceWriter(set, set.state, expand !== '')(instance),
      { 'x-ms-request-charge': '1' },
    );
  });

export const instanceView = (request: AzureRequest): Answer =>
  withInstance(request, (set, instance) =>
    jsonAnswer(JSON.stringify(viewJson(set, instance)), { 'x-ms-request-charge': '1' }),
  );

/** Where there never was a rollout, what Azure answers is documented nowhere; the SDKs' tests expect a failure. */
export const latestRollout = (request: AzureRequest): Answer =>
  withSet(request, (set) => {
    const { rollout } = set.state;
    return rollout === undefined
      ? refusal(404, 'NotFound', `There is no rolling upgrade of '${set.name}'.`)
      : jsonAnswer(JSON.stringify(rolloutJson(set, set.state, rollout)));
  });

export const osUpgradeHistory = (request: AzureRequest): Answer =>
  withSet(request, (set) =>
    jsonAnswer(JSON.stringify({ value: set.state.osUpgrades.map((each) => osUpgradeJson(set, set.state, each)) })),
  );

export const hookEvents = (request: AzureRequest): Answer =>
  withSet(request, (set) =>
    jsonAnswer(
      JSON.stringify({
        value: (set.state.hooks ?? []).map((hook, index) => hookEventJson(set, hook, index)),
        nextLink: null,
      }),
    ),
  );

export const setView = (request: AzureRequest): Answer =>
  withSet(request, (set) => jsonAnswer(JSON.stringify(setViewJson(set.state))));
