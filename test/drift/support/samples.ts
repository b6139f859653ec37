import type { Instance, ScaleSet } from '../../../src/drift/rules/azure.ts';
import { readInstance } from '../../../src/outbound/arm/compute/instance.ts';
import { readScaleSet } from '../../../src/outbound/arm/compute/set.ts';
import { published } from '../../support/published.ts';

interface Recorded {
  readonly response?: { readonly body?: unknown };
}

const bodyOf = (name: string): unknown => {
  const recorded = published(`azure-compute/${name}`) as Recorded;
  return recorded.response?.body ?? recorded;
};

export function sampleSet(name: string): ScaleSet {
  const set = readScaleSet(bodyOf(name));
  if (set === undefined) throw new Error(`${name} is no scale set`);
  return set;
}

export const sampleInstances = (name: string): readonly Instance[] => {
  const body = bodyOf(name) as { readonly value?: readonly unknown[] };
  return (body.value ?? [body]).flatMap((each) => readInstance(each) ?? []);
};
