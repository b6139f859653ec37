import type { ScaleSet } from '../rules/azure.ts';
import type { Pages, ScaleSets } from '../scale-sets.ts';

/** The same Azure without its Flexible sets: they are in no list, and one that is asked for by its id is gone. */
export const withoutFlexible = (azure: ScaleSets): ScaleSets => ({
  ...azure,
  sets: (subscriptionId) => uniformOf(azure.sets(subscriptionId)),
  async set(place) {
    const reading = await azure.set(place);
    if (reading.kind !== 'read' || isUniform(reading.value)) return reading;
    return { kind: 'gone', call: 'set', name: reading.value.name };
  },
  graph: {
    ...azure.graph,
    models: (scopes) => uniformOf(azure.graph.models(scopes)),
    flex: nothing,
  },
});

const isUniform = ({ orchestration }: ScaleSet): boolean => orchestration === 'Uniform';

async function* uniformOf(all: Pages<ScaleSet>): Pages<ScaleSet> {
  for await (const page of all) yield page.kind === 'page' ? { ...page, items: page.items.filter(isUniform) } : page;
}

async function* nothing(): Pages<never> {}
