import { alertmanagerPart } from './alertmanager.ts';
import { azPart } from './az.ts';
import { bicepPart } from './bicep.ts';
import { clientsPart } from './clients.ts';
import { dotnetClientsPart } from './dotnet-clients.ts';
import { kustoPart } from './kusto.ts';
import { ncrontabPart } from './ncrontab.ts';
import type { Part } from './part.ts';
import { queuePart } from './queue.ts';
import { workerPart } from './worker.ts';

/** Every part, in the order in which they are run. */
export const PARTS: readonly Part[] = [
  bicepPart,
  kustoPart,
  ncrontabPart,
  queuePart,
  clientsPart,
  dotnetClientsPart,
  alertmanagerPart,
  azPart,
  workerPart,
];
