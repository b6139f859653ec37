import * as z from 'zod';
import { PROPERTIES } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { environmentIn, isEnvironment } from '../alertmanager/labels.ts';
import { date, required, text } from '../fields.ts';
import { SEVERITY } from '../phase.ts';
import { hmacHeader } from '../signature.ts';
import { defineSource } from '../source.ts';
import { EXTRAS, outcomeOf } from './outcome.ts';

// https://fluxcd.io/flux/components/notification/providers/#generic-webhook
// https://github.com/fluxcd/pkg/blob/main/apis/event/v1beta1/event.go

/** What the controllers and the alert say beside: its keys may have the group of an API before them. */
const metadata = z
  .preprocess((given) => (isObject(given) ? given : {}), z.record(z.string(), text))
  .transform((given) => {
    const named = Object.entries(given).flatMap(([key, value]) =>
      value === undefined ? [] : [[key.replace(/^[\w.-]+\.fluxcd\.io\//, ''), value] as const],
    );
    return new Map(named);
  });

const payload = z.object({
  involvedObject: z.object({ kind: required, namespace: text, name: required, uid: text }),
  severity: text,
  timestamp: date,
  message: text,
  reason: text,
  metadata,
  reportingController: text,
});
type Event = z.output<typeof payload>;

export const flux = defineSource({
  name: 'flux',
  detects: ({ involvedObject, ...body }, headers) =>
    headers.get('gotk-component') !== null || (isObject(involvedObject) && 'reportingController' in body),
  // Mappings in relay.yaml have read Flux before.
  yields: () => true,
  payload,
  signature: hmacHeader('x-signature', 'sha256', 'sha256='),
  extras: EXTRAS,
  normalize: (event, context) => {
    const { involvedObject, timestamp, message, metadata } = event;
    const { kind, namespace, name } = involvedObject;
    const standing = outcomeOf(event, context);
    if (standing === undefined) return [];
    return [
      {
        kind: 'deployment',
        source: 'flux',
        ...standing,
        severity: standing.step === 'Rollback' ? 'warning' : SEVERITY[standing.phase],
        id: identity('flux', ...occurrenceOf(event)),
        story: storyOf(event),
        occurredAt: timestamp ?? context.receivedAt,
        environment: environmentIn(metadata),
        resource: { name, group: metadata.get('cluster') ?? namespace },
        subject: `${kind}/${name}`,
        ...revisionIn(metadata.get('revision')),
        output: message,
        properties: propertiesOf(event),
        links: [],
      },
    ];
  },
});

const objectIn = ({ involvedObject: { kind, namespace = '', name, uid = '' } }: Event): readonly string[] => [
  kind,
  namespace,
  name,
  // Two clusters have objects of the same names.
  uid,
];

const storyOf = (event: Event): string =>
  `flux:${objectIn(event).filter(Boolean).join('/')}@${event.metadata.get('revision') ?? ''}`;

/**
 * What tells one event from the next of its object. That it is as it should be is said again at each interval, with another
 * duration, to have the status of its commit kept: that is news once for each revision.
 * https://github.com/fluxcd/kustomize-controller/blob/main/internal/controller/kustomization_controller.go
 */
function occurrenceOf(event: Event): readonly string[] {
  const { metadata, severity = '', reason = '', timestamp = '', message = '' } = event;
  const revision = metadata.get('revision');
  const isStatus = metadata.get('commit_status') === 'update' && severity.toLowerCase() === 'info';
  const occurrence = isStatus && revision !== undefined ? [revision] : [timestamp, message];
  return [...objectIn(event), severity, reason, ...occurrence];
}

// "main@sha1:<commit>", and "main/<commit>" until Flux 2: https://github.com/fluxcd/flux2/tree/main/rfcs/0005-artifact-revision-and-digest
const COMMIT = /^(?:(?<branch>.+)[@/])?(?:sha1:|(?<=\/)|^)(?<commit>[0-9a-f]{40})$/;

/** A revision as the branch and commit that it is, or as a version. */
function revisionIn(revision: string | undefined) {
  const { branch, commit } = COMMIT.exec(revision ?? '')?.groups ?? {};
  return commit === undefined ? { version: revision } : { commit, branch };
}

// What is said elsewhere, and what is for controllers.
const SAID = ['revision', 'token', 'checksum', 'digest', 'commit_status'];

/** The cluster and the summary first: a message shows five. The namespace is a fact where the cluster stands in its place. */
function propertiesOf({ metadata, reason = '', involvedObject: { namespace = '' } }: Event): Record<string, string> {
  const within = metadata.has('cluster') ? namespace : '';
  const said = new Map([['cluster', ''], ['summary', ''], ['reason', reason], ['namespace', within], ...metadata]);
  const shown = [...said].filter(([key, value]) => value !== '' && !SAID.includes(key) && !isEnvironment(key));
  return Object.fromEntries(shown.slice(0, PROPERTIES.most));
}
