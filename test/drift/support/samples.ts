import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Instance, ScaleSet } from '../../../src/drift/azure.ts';
import { readInstance } from '../../../src/outbound/azure-compute-instance.ts';
import { readScaleSet } from '../../../src/outbound/azure-compute-set.ts';

// The samples folder beside the repository holds recorded answers; it is not part of it, and tests do without.
const SAMPLES = fileURLToPath(new URL('../../../../shared/samples/drift', import.meta.url));

export const hasSamples = existsSync(SAMPLES);

interface Recorded {
  readonly response?: { readonly body?: unknown };
}

const sample = (name: string): unknown => JSON.parse(readFileSync(`${SAMPLES}/${name}.json`, 'utf8'));

const bodyOf = (name: string): unknown => {
  const recorded = sample(name) as Recorded;
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
