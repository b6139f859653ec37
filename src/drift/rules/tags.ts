import { asList } from '../../event/json.ts';
import { iso } from '../../event/time/units.ts';
import type { ScaleSet } from './azure.ts';
import { at, text } from './json.ts';

/** What a set's tags ask of the report. */
export interface Wishes {
  readonly ignored: boolean;
  /** ISO. */
  readonly canaryUntil?: string;
  /** Tags that say nothing which can be understood, with what they say. */
  readonly wrong: Readonly<Record<string, string>>;
}

const IGNORE = 'drift-ignore';
const CANARY = 'drift-canary-until';

/** A tag by its name, which Azure compares without case. */
function tag(set: ScaleSet, name: string): string | undefined {
  const found = Object.entries(set.tags).find(([key]) => key.toLowerCase() === name);
  return found?.[1].trim() || undefined;
}

/** What a set's tags call its environment. */
export const environmentOf = (set: ScaleSet): string | undefined => tag(set, 'environment') ?? tag(set, 'env');

export function wishes(set: ScaleSet): Wishes {
  const [ignore, until] = [tag(set, IGNORE), tag(set, CANARY)];
  const flag = ignore?.toLowerCase();
  const canaryUntil = until === undefined ? undefined : date(until);
  return {
    ignored: flag === 'true',
    ...(canaryUntil === undefined ? {} : { canaryUntil }),
    wrong: {
      ...(ignore === undefined || flag === 'true' || flag === 'false' ? {} : { [IGNORE]: `? ${ignore}` }),
      ...(until === undefined || canaryUntil !== undefined ? {} : { [CANARY]: `? ${until}` }),
    },
  };
}

const DATE = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/i;

/** An ISO date, whose day begins at midnight UTC, or a date and time with a zone. There is no 30 February. */
function date(value: string): string | undefined {
  const [all, day] = DATE.exec(value) ?? [];
  if (all === undefined || day === undefined) return undefined;
  const [midnight, time] = [Date.parse(`${day}T00:00:00Z`), Date.parse(all)];
  if (Number.isNaN(midnight) || Number.isNaN(time)) return undefined;
  return iso(midnight).startsWith(day) ? iso(time) : undefined;
}

/** Tags of services that manage the sets they make: AKS and its predecessor, Service Fabric (its templates), Databricks. */
const SERVICE_TAGS: readonly (readonly [RegExp, RegExp])[] = [
  [/^aks-managed-/i, /^/],
  [/^orchestrator$/i, /^kubernetes/i],
  [/^resourcetype$/i, /^service fabric$/i],
  [/^vendor$/i, /^databricks$/i],
];

/** Groups that those services make for what they manage; Batch: "azurebatch-<guid>-c". */
const SERVICE_GROUPS = /^(mc_|databricks-rg-|azurebatch-[0-9a-f-]{36})/i;

const SERVICE_FABRIC = /^microsoft\.azure\.servicefabric$/i;

/**
 * Whether a service manages a set (AKS, Service Fabric, Batch, Databricks): its model is the service's own, and
 * the commands that would update an instance would break the service.
 */
function isManaged(set: ScaleSet): boolean {
  const extensions = asList(at(set.model.profile, 'extensionProfile', 'extensions'));
  return (
    set.managedBy !== undefined ||
    SERVICE_GROUPS.test(set.resourceGroup) ||
    Object.entries(set.tags).some(([key, value]) =>
      SERVICE_TAGS.some(([name, says]) => name.test(key.trim()) && says.test(value.trim())),
    ) ||
    extensions.some((extension) => SERVICE_FABRIC.test(`${text(at(extension, 'properties', 'publisher'))}`))
  );
}

/** Whether a set is left out: managed by a service, or named by a tag or a setting. Neither read nor told of. */
export const isLeftOut = (set: ScaleSet, ignore: readonly RegExp[]): boolean =>
  wishes(set).ignored || isManaged(set) || ignore.some((expression) => expression.test(set.id));
