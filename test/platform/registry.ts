import { azPart } from './az.ts';
import { bicepPart } from './bicep.ts';
import { workerPart } from './by-hand.ts';
import { kustoPart } from './kusto.ts';
import { ncrontabPart } from './ncrontab.ts';
import type { Part } from './part.ts';

/** Every part, in the order in which they are run. */
export const PARTS: readonly Part[] = [bicepPart, kustoPart, ncrontabPart, azPart, workerPart];
