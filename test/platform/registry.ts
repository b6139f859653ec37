import { bicepPart } from './bicep.ts';
import { kustoPart } from './kusto.ts';
import type { Part } from './part.ts';

/** Every part, in the order in which they are run. */
export const PARTS: readonly Part[] = [bicepPart, kustoPart];
