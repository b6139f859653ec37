import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { hmacHeader } from '../signature.ts';
import { defineSource, type Source, type SourceContext } from '../source.ts';
import { published, pushedPackage, pushedToRegistry } from './artifact.ts';
import { protectionRule, requested, status } from './deployment.ts';
import { deploymentReview } from './review.ts';
import { EXTRAS } from './words.ts';
import { workflowJob, workflowRun } from './workflow.ts';

// https://docs.github.com/webhooks/webhook-events-and-payloads

/** Who reads which event; every other event is read and not reported. */
const readers: ReadonlyMap<string, Source> = new Map([
  ['deployment', requested],
  ['deployment_status', status],
  ['deployment_protection_rule', protectionRule],
  ['deployment_review', deploymentReview],
  ['workflow_run', workflowRun],
  ['workflow_job', workflowJob],
  ['release', published],
  ['registry_package', pushedToRegistry],
  ['package', pushedPackage],
]);

// For a body that comes without its header, as in a preview: the first key that is there names the event.
const KEYS: readonly (readonly [key: string, event: string])[] = [
  ['zen', 'ping'],
  // The status of a deployment by Actions has a check run beside it, and a check run may have a deployment.
  ['deployment_status', 'deployment_status'],
  ['check_run', 'check_run'],
  ['deployment_callback_url', 'deployment_protection_rule'],
  ['reviewers', 'deployment_review'],
  ['workflow_job', 'workflow_job'],
  ['deployment', 'deployment'],
  ['workflow_run', 'workflow_run'],
  ['release', 'release'],
  ['registry_package', 'registry_package'],
  ['package', 'package'],
];

type Body = Readonly<Record<string, unknown>>;

function eventOf(body: Body, headers: SourceContext['headers']): string {
  const event = headers.get('x-github-event')?.trim().toLowerCase();
  return event || (KEYS.find(([key]) => Object.hasOwn(body, key))?.[1] ?? '');
}

const fromGithub = ({ repository, sender }: Body): boolean =>
  isObject(repository) && 'full_name' in repository && isObject(sender) && 'login' in sender;

const base = defineSource({
  name: 'github',
  detects: (body, headers) => headers.get('x-github-event') !== null || fromGithub(body),
  payload: z.looseObject({}),
  keys: ['action', 'repository', 'sender', 'organization', 'installation', ...readers.keys()],
  normalize: (body, { headers }) => (eventOf(body, headers) === 'ping' ? { reply: {} } : []),
  signature: hmacHeader('x-hub-signature-256', 'sha256', 'sha256='),
  extras: EXTRAS,
});

export const github: Source = {
  ...base,
  read: (payload, context) =>
    ((isObject(payload) ? readers.get(eventOf(payload, context.headers)) : undefined) ?? base).read(payload, context),
};
