import type { GraphQuery, GraphRequest, GraphRow } from './graph.ts';
import type { Json } from './model-spec.ts';
import { type FakeSet, type InstanceState, isBehind, type SetState } from './scale-set.ts';
import { setJson } from './set-json.ts';
import { tagTime } from './times.ts';

const CHANGES_KEPT_MILLISECONDS = 14 * 86_400_000;

const squeezed = (query: string): string => query.replace(/\s+/g, ' ').trim();

/** Fits this text only; white space does not matter. */
const exactly =
  (text: string): GraphQuery['matches'] =>
  (query) =>
    squeezed(query) === squeezed(text);

const bySetId = (rows: readonly (Json & { readonly id: string })[]) =>
  rows.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));

const ofKind = ({ sets }: GraphRequest, orchestration: FakeSet['orchestration']) =>
  sets.filter(({ set }) => set.orchestration === orchestration);

/** How many instances are behind, as Resource Graph would have it. */
function behind({ settings }: GraphRequest, set: FakeSet, state: SetState): number {
  const says = settings.says(set);
  if (!settings.knowsLatestModelApplied || says === 'clean') return 0;
  return says === 'drifted' ? state.instances.length : state.instances.filter((one) => isBehind(one, state)).length;
}

/** Instances counted per set and text. */
const counted = (
  sets: GraphRequest['sets'],
  column: string,
  textOf: (instance: InstanceState) => string,
): readonly GraphRow[] =>
  bySetId(
    sets.flatMap(({ set, state }) => {
      const counts = new Map<string, number>();
      for (const instance of state.instances) counts.set(textOf(instance), (counts.get(textOf(instance)) ?? 0) + 1);
      const id = set.id.toLowerCase();
      return [...counts].sort().map(([text, instances]) => ({ id, [column]: text, instances }));
    }),
  );

const modelRow = ({ set, state }: GraphRequest['sets'][number]): Json => {
  const { sku, properties } = JSON.parse(setJson(set, state, false)) as Json;
  return {
    id: set.id,
    name: set.name,
    subscriptionId: set.subscriptionId,
    location: set.location,
    tags: Object.keys(state.tags).length === 0 ? null : state.tags,
    sku,
    managedBy: state.managedBy ?? '',
    properties,
  };
};

const INSTANCES = `computeresources | where type =~ 'microsoft.compute/virtualmachinescalesets/virtualmachines'`;
const SET_OF_INSTANCE = `| extend id = tostring(split(tolower(id), '/virtualmachines/')[0])`;

const CHANGES = [
  `resourcechanges | where properties.targetResourceType =~ 'microsoft.compute/virtualmachinescalesets' | extend id = tolower(tostring(properties.targetResourceId)) | where id in (`,
  `) | where tostring(properties.changes) contains 'virtualMachineProfile' or tostring(properties.changes) contains 'sku.name' | extend at = todatetime(properties.changeAttributes.timestamp), changedBy = tostring(properties.changeAttributes.changedBy), changedByType = tostring(properties.changeAttributes.changedByType), changes = properties.changes | summarize arg_max(at, changedBy, changedByType, changes) by id | order by id asc`,
] as const;

/** The ids in a query for changes; undefined if it is no such query. */
function idsIn(query: string): readonly string[] | undefined {
  const text = squeezed(query);
  const [begin, end] = CHANGES;
  if (!text.startsWith(begin) || !text.endsWith(end)) return undefined;
  const list = text.slice(begin.length, text.length - end.length);
  return /^'[^']+'(, '[^']+')*$/.test(list) ? list.slice(1, -1).split("', '") : undefined;
}

/** The queries that the relay sends, word for word, written down a second time on purpose. */
export const knownQueries: readonly GraphQuery[] = [
  {
    name: 'probe',
    matches: exactly(
      `${INSTANCES} | summarize rows = count(), withModel = countif(isnotnull(properties.latestModelApplied))`,
    ),
    pageable: false,
    rows(request) {
      const rows = ofKind(request, 'Uniform').reduce((sum, { state }) => sum + state.instances.length, 0);
      return [{ rows, withModel: request.settings.knowsLatestModelApplied ? rows : 0 }];
    },
  },
  {
    name: 'candidates',
    matches: exactly(
      `${INSTANCES} | where tobool(properties.latestModelApplied) == false ${SET_OF_INSTANCE} | summarize drifted = count() by id | order by id asc`,
    ),
    rows: (request) =>
      bySetId(
        ofKind(request, 'Uniform')
          .map(({ set, state }) => ({ id: set.id.toLowerCase(), drifted: behind(request, set, state) }))
          .filter(({ drifted }) => drifted > 0),
      ),
  },
  {
    name: 'models',
    matches: exactly(
      `resources | where type =~ 'microsoft.compute/virtualmachinescalesets' | project id, name, subscriptionId, location, tags, sku, managedBy, properties | order by id asc`,
    ),
    rows: ({ sets }) =>
      sets
        .map((each) => ({ id: each.set.id, each }))
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(
          ({ each }) =>
            () =>
              modelRow(each),
        ),
  },
  {
    name: 'flex',
    matches: exactly(
      `resources | where type =~ 'microsoft.compute/virtualmachines' | where isnotempty(properties.virtualMachineScaleSet.id) | extend id = tolower(tostring(properties.virtualMachineScaleSet.id)), tag = tostring(tags['VirtualMachineProfileTimeCreated']) | summarize instances = count() by id, tag | order by id asc, tag asc`,
    ),
    rows: (request) =>
      counted(ofKind(request, 'Flexible'), 'tag', ({ taggedAt }) => (taggedAt === undefined ? '' : tagTime(taggedAt))),
  },
  {
    name: 'images',
    matches: exactly(
      `${INSTANCES} | extend version = tostring(properties.storageProfile.imageReference.exactVersion) | where isnotempty(version) ${SET_OF_INSTANCE} | summarize instances = count() by id, version | order by id asc, version asc`,
    ),
    rows: (request) => counted(ofKind(request, 'Uniform'), 'version', ({ exactVersion }) => exactVersion),
  },
  {
    name: 'subscriptions',
    matches: exactly(
      `resourcecontainers | where type =~ 'microsoft.resources/subscriptions' | project id, subscriptionId, name | order by id asc`,
    ),
    rows: ({ subscriptions }) =>
      bySetId(subscriptions.map(({ id, name }) => ({ id: `/subscriptions/${id}`, subscriptionId: id, name }))),
  },
  {
    name: 'changes',
    matches: (query) => idsIn(query) !== undefined,
    rows: (request) => {
      const wanted = new Set(idsIn(request.query));
      return bySetId(request.sets.flatMap(({ set, state }) => changeRow(request, wanted, set, state)));
    },
  },
];

function changeRow({ now }: GraphRequest, wanted: ReadonlySet<string>, set: FakeSet, { changes }: SetState) {
  const id = set.id.toLowerCase();
  const newest = changes.at(-1);
  if (!wanted.has(id) || newest === undefined || newest.at < now - CHANGES_KEPT_MILLISECONDS) return [];
  const values = { previousValue: 'before', newValue: 'after' };
  return [
    {
      id,
      at: new Date(newest.at).toISOString().replace('Z', '0000Z'),
      changedBy: newest.by,
      changedByType: newest.byType,
      changes: Object.fromEntries(newest.paths.map((path) => [path, values])),
    },
  ];
}
