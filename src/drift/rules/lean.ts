import { asList } from '../../event/json.ts';
import type { ScaleSet } from './azure.ts';
import { at } from './json.ts';
import { modelHash } from './model-hash.ts';
import type { SetReading } from './reading.ts';

/** A reading to be kept until the end of a run: of the model, which is large, its hash and what is still asked of it. */
export const lean = (reading: SetReading): SetReading => ({
  ...reading,
  modelHash: modelHash(reading.set.model),
  set: { ...reading.set, model: leanModel(reading.set.model) },
});

/** The parts of a model that tell which service manages the set, and what watches over its health. */
export const leanModel = ({ profile }: ScaleSet['model']): ScaleSet['model'] => ({
  sku: {},
  profile: {
    networkProfile: { healthProbe: { id: at(profile, 'networkProfile', 'healthProbe', 'id') } },
    extensionProfile: {
      extensions: asList(at(profile, 'extensionProfile', 'extensions')).map((extension) => ({
        properties: {
          publisher: at(extension, 'properties', 'publisher'),
          type: at(extension, 'properties', 'type'),
        },
      })),
    },
  },
});
