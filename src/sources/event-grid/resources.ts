import { armKey, armResource } from '../arm.ts';
import { object, text } from '../fields.ts';
import { SEVERITY, type Standing } from '../phase.ts';
import { type EventDraft, linkTo, portalUrl, type SourceContext } from '../source.ts';
import { common, family, type Message } from './message.ts';
import { idOfType, type Operation, operationOf } from './operation.ts';

// https://learn.microsoft.com/azure/event-grid/event-schema-resource-groups
// `claims`, `authorization.evidence` and `httpRequest` hold names and addresses of people and are not read.
const data = object({
  operationName: text,
  status: text,
  resourceUri: text,
  authorization: object({ action: text, scope: text }),
});

const TYPE = /^Microsoft\.Resources\.Resource(Write|Delete|Action)(\w+)$/i;

type Rule = 'always' | 'writes' | 'resources' | 'actions';

// What is reported without being asked for; all else by the extra that is named. Autoscale writes its target each time it
// scales, and a cluster's autoscaler deletes instances: where such a call went well, it says nothing about a deployment.
const RULES: ReadonlyMap<string, Rule> = new Map([
  ['microsoft.compute/virtualmachinescalesets/write', 'writes'],
  ['microsoft.compute/virtualmachinescalesets/delete', 'always'],
  ['microsoft.compute/virtualmachinescalesets/action', 'always'],
  ['microsoft.compute/virtualmachinescalesets/delete/action', 'writes'],
  ['microsoft.compute/galleries/images/versions/write', 'always'],
  ['microsoft.compute/galleries/images/versions/delete', 'always'],
  ['microsoft.virtualmachineimages/imagetemplates/run', 'always'],
  ['microsoft.virtualmachineimages/imagetemplates/cancel', 'always'],
  ['microsoft.web/sites/write', 'always'],
  ['microsoft.web/sites/slots/write', 'always'],
  ['microsoft.web/serverfarms/write', 'writes'],
]);

const OTHERS = { write: 'resources', delete: 'resources', action: 'actions' } as const satisfies Record<string, Rule>;

// "rollingUpgrades/action" cancels a rolling upgrade, and "osRollingUpgrade/action" starts one:
// https://learn.microsoft.com/azure/role-based-access-control/permissions/compute
const CANCELS: ReadonlySet<string> = new Set([
  'microsoft.compute/virtualmachinescalesets/rollingupgrades',
  'microsoft.virtualmachineimages/imagetemplates/cancel',
]);

const ARTIFACTS: ReadonlyMap<string, 'completed' | 'deleted'> = new Map([
  ['microsoft.compute/galleries/images/versions/write', 'completed'],
  ['microsoft.compute/galleries/images/versions/delete', 'deleted'],
  ['microsoft.virtualmachineimages/imagetemplates/run', 'completed'],
]);

const OUTCOME: ReadonlyMap<string, Standing['phase']> = new Map([
  ['success', 'succeeded'],
  ['succeeded', 'succeeded'],
  ['failure', 'failed'],
  ['cancel', 'cancelled'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
  ['cancelled', 'cancelled'],
]);

// Of the calls that an operation is made of: how it ended is in the type.
const CALLS: ReadonlySet<string> = new Set(['accepted', 'created', 'ok', 'started', 'updated', 'nocontent']);

/** A success that the event's own status does not bear out is none that anybody may rely on. */
function standingOf(suffix: string, status: string | undefined): Standing {
  const phase = OUTCOME.get(status?.toLowerCase() ?? '');
  if (phase !== undefined) return { phase };
  const typed = OUTCOME.get(suffix.toLowerCase());
  if (typed === undefined) return { phase: 'unknown', word: suffix };
  const isBorneOut = status === undefined || CALLS.has(status.toLowerCase().replaceAll(' ', ''));
  return typed !== 'succeeded' || isBorneOut ? { phase: typed } : { phase: 'unknown', word: status };
}

export const resources = family({
  types: TYPE,
  data,
  meaning(message, given, context) {
    const uri = given?.resourceUri ?? given?.authorization?.scope ?? message.subject ?? message.topic ?? '';
    const [, verb = '', suffix = ''] = TYPE.exec(message.type) ?? [];
    const operation =
      operationOf(given?.operationName ?? given?.authorization?.action ?? '') ?? unnamed(verb.toLowerCase(), uri);
    const standing = standingOf(suffix, given?.status);
    const { phase } = standing;
    return isReported(operation, phase, context) ? [draft(message, { operation, ...standing, uri }, context)] : [];
  },
});

/** An event that does not name its operation is about what its type says, on the resource that it names. */
const unnamed = (verb: string, uri: string): Operation => ({
  type: armResource(uri)?.type?.toLowerCase() ?? '',
  verb: verb === 'write' || verb === 'delete' ? verb : 'action',
  step: verb,
});

const nameOf = ({ type, step }: Operation): string => `${type}/${step.toLowerCase()}`;

function isReported(operation: Operation, phase: Standing['phase'], { includes }: SourceContext): boolean {
  const { type, verb } = operation;
  const rule = RULES.get(nameOf(operation)) ?? RULES.get(`${type}/${verb}`) ?? OTHERS[verb];
  return rule === 'always' || (rule === 'writes' && phase !== 'succeeded') || includes(rule);
}

interface Done extends Standing {
  readonly operation: Operation;
  readonly uri: string;
}

function draft(message: Message, { operation, phase, word, uri }: Done, context: SourceContext): EventDraft {
  const id = idOfType(uri, operation.type);
  const arm = armResource(id);
  const { name, version } = named(operation, id, arm?.name ?? (uri || operation.type || message.type));
  const given = {
    ...common(message, context),
    story: armKey(id) || undefined,
    resource: { ...arm, name },
    links: linkTo('resource', portalUrl(id)),
    version,
  };
  const action = ARTIFACTS.get(nameOf(operation));
  if (action !== undefined && phase === 'succeeded') {
    return { ...given, kind: 'artifact', severity: 'info', action, name };
  }
  const told = phase === 'succeeded' && CANCELS.has(nameOf(operation)) ? 'cancelled' : phase;
  return {
    ...given,
    kind: 'deployment',
    severity: SEVERITY[told],
    phase: told,
    word,
    subject: name,
    step: operation.step,
  };
}

/** A version of an image is known by its definition; everything else by its own name. */
function named({ type }: Operation, id: string, name: string): { name: string; version?: string | undefined } {
  if (type !== 'microsoft.compute/galleries/images/versions') return { name };
  const [definition, , version] = id.split('/').slice(-3);
  return definition ? { name: definition, version } : { name };
}
