import type * as z from 'zod';
import { armKey, armResource } from '../arm.ts';
import { number, object, text } from '../fields.ts';
import { SEVERITY, type Standing } from '../phase.ts';
import { linkTo, portalUrl, type SourceContext } from '../source.ts';
import { common, family, type Message, pairs } from './message.ts';

// https://learn.microsoft.com/azure/event-grid/event-schema-app-service

const PREFIX = /^Microsoft\.Web(\/(sites|serverfarms))?\./i;

// The text "None" stands for what is missing.
const given = text.transform((value) => (value?.toLowerCase() === 'none' ? undefined : value));
const detail = object({ action: given, status: given });

const data = object({
  appEventTypeDetail: detail,
  // The documentation's table has one name, its sample the other.
  appServicePlanEventTypeDetail: detail,
  serverFarmEventTypeDetail: detail,
  name: given,
  siteName: given,
  correlationRequestId: given,
  sourceSlot: given,
  targetSlot: given,
  sku: object({ name: given, capacity: number }),
});

type Data = z.output<typeof data>;

/** An event in two words: "SlotSwap" and "Completed", "AppUpdated" and "Stopped". */
interface Happening {
  readonly what: string;
  readonly ending?: string | undefined;
}

const PHASES: ReadonlyMap<string, Standing['phase']> = new Map([
  ['started', 'started'],
  ['completed', 'succeeded'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['canceled', 'cancelled'],
]);

// What was done to an app or a plan; that it was done is all that these words say.
const DONE: ReadonlySet<string> = new Set([
  'restarted',
  'stopped',
  'changedappsettings',
  'updated',
  'created',
  'deleted',
]);

function standingOf(ending: string | undefined): Standing {
  const phase = PHASES.get(ending?.toLowerCase() ?? '');
  if (phase !== undefined) return { phase };
  return ending === undefined || DONE.has(ending.toLowerCase())
    ? { phase: 'succeeded' }
    : { phase: 'unknown', word: ending };
}

interface Alarm {
  /** In the words of the types. */
  readonly rule: string;
  readonly state: 'fired' | 'resolved';
  readonly severity: 'warning' | 'error';
}

// What is an alert, by both words; everything else is a deployment.
const ALARMS: ReadonlyMap<string, Alarm> = new Map([
  ['appupdated stopped', { rule: 'AppUpdated.Stopped', state: 'fired', severity: 'warning' }],
  ['appupdated started', { rule: 'AppUpdated.Stopped', state: 'resolved', severity: 'warning' }],
  ['backupoperation failed', { rule: 'BackupOperationFailed', state: 'fired', severity: 'error' }],
]);

// What is reported whatever it says; all else only when it failed, or by the extra that is named.
const RULES: ReadonlyMap<string, 'always' | 'plans'> = new Map([
  ['slotswap', 'always'],
  ['slotswapwithpreview', 'always'],
  ['restoreoperation', 'always'],
  ['appserviceplanupdated', 'plans'],
]);

export const web = family({
  types: PREFIX,
  data,
  meaning(message, told, context) {
    const happening = happeningOf(message.type, told);
    const { what, ending } = happening;
    const site = about(message, told, context);
    const alarm = ALARMS.get(`${what} ${ending}`.toLowerCase());
    if (alarm !== undefined) {
      const story = `${site.story}#${what.toLowerCase()}`;
      return [{ ...site, ...alarm, kind: 'alert', story, value: ending }];
    }
    const standing = standingOf(ending);
    const { phase } = standing;
    const rule = RULES.get(what.toLowerCase()) ?? 'operations';
    if (rule !== 'always' && phase !== 'failed' && phase !== 'unknown' && !context.includes(rule)) return [];
    const story = `${site.story}#${run(what, told)}`;
    return [{ ...site, ...deploymentOf(happening, standing, told), story, subject: site.resource.name }];
  },
});

/** The type says what; how it ended is in the type or, for apps and plans, in the data. */
function happeningOf(type: string, told: Data): Happening {
  const [first, word] = type.replace(PREFIX, '').split('.');
  const what = first || type;
  const whole =
    /^(\w+?)(Started|Completed|Failed|Cancell?ed)$/i.exec(what) ??
    /^(SlotSwapWithPreview|SlotSwap|BackupOperation|RestoreOperation)(\w+)$/i.exec(what);
  if (whole !== null) return { what: whole[1] ?? what, ending: whole[2] };
  const plan = told?.appServicePlanEventTypeDetail ?? told?.serverFarmEventTypeDetail;
  return { what, ending: told?.appEventTypeDetail?.action ?? word ?? plan?.status ?? plan?.action };
}

/** All steps of one operation have the same correlation id, where they have one. */
const run = (what: string, told: Data): string => (told?.correlationRequestId ?? what).toLowerCase();

function about(message: Message, told: Data, context: SourceContext) {
  const id = message.topic ?? '';
  const arm = armResource(id);
  // The subject is "/Microsoft.Web/sites/<name>".
  const name = told?.siteName ?? told?.name ?? arm?.name ?? message.subject?.split('/').at(-1);
  return {
    ...common(message, context),
    story: armKey(arm?.id ?? message.subject ?? id),
    resource: { ...arm, name: name || message.type },
    links: linkTo('resource', portalUrl(id)),
  };
}

function deploymentOf({ what, ending }: Happening, { phase, word }: Standing, told: Data) {
  const { sourceSlot, targetSlot, sku } = told ?? {};
  return {
    kind: 'deployment',
    severity: SEVERITY[phase],
    phase,
    word,
    // An app's update says in its action what was done; the name of everything else is enough.
    step: what.toLowerCase() === 'appupdated' ? (ending ?? what) : what,
    environment: targetSlot,
    properties: pairs({ sourceSlot, targetSlot, sku: sku?.name, capacity: sku?.capacity?.toString() }),
  } as const;
}
