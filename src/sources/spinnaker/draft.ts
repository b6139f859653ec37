import { identity } from '../../event/identity.ts';
import { loginOf } from '../fields.ts';
import { severityOf } from '../phase.ts';
import { type EventDraft, linkTo, type SourceContext } from '../source.ts';
import type { Event, Execution } from './payload.ts';

type Deployment = Extract<EventDraft, { kind: 'deployment' }>;
type Given =
  | 'kind'
  | 'id'
  | 'story'
  | 'source'
  | 'severity'
  | 'occurredAt'
  | 'resource'
  | 'links'
  | 'subject'
  | 'version'
  | 'commit'
  | 'branch';

export interface Facts extends Omit<Deployment, Given> {
  readonly at: string | undefined;
  /** The stage, where the event is of one. */
  readonly part?: string | undefined;
}

/** Current versions give every event an id; it goes with the event when echo sends it again. */
export const idOf = ({ eventId, details }: Event, ...parts: readonly (string | undefined)[]): string =>
  identity(
    'spinnaker',
    details.type.toLowerCase(),
    ...(eventId === undefined ? parts.map((part) => part ?? '') : [eventId]),
  );

export function draft(event: Event, { baseUrl, receivedAt }: SourceContext, facts: Facts): EventDraft {
  const { at, part, ...rest } = facts;
  const { details, content } = event;
  const execution = content?.execution;
  const application = details.application ?? execution?.application;
  const execId = execution?.id ?? content?.executionId;
  const subject = execution?.name ?? execution?.description ?? application ?? details.type;
  return {
    ...rest,
    kind: 'deployment',
    id: idOf(event, execId, part, rest.phase, at ?? details.created),
    story: execId === undefined ? undefined : ['spinnaker', application ?? '', execId].join('/').toLowerCase(),
    source: 'spinnaker',
    severity: severityOf(facts),
    occurredAt: at ?? details.created ?? receivedAt,
    resource: { name: application ?? subject },
    links: linkTo(rest.phase === 'waiting' ? 'review' : 'run', deckUrl(baseUrl, application, execId, operation(event))),
    subject,
    ...triggerOf(execution),
  };
}

/** Whether it is an operation that somebody started by hand, not a pipeline; orca calls it an orchestration. */
export const operation = ({ details, content }: Event): boolean =>
  /^orca:orchestration:/i.test(details.type) ||
  content?.standalone === 'true' ||
  content?.execution?.type?.toUpperCase() === 'ORCHESTRATION';

/** The events do not say where Deck is; the configuration may. */
function deckUrl(baseUrl: string | undefined, application: string | undefined, id: string | undefined, task: boolean) {
  if (baseUrl === undefined || application === undefined || id === undefined) return undefined;
  const page = [application, task ? 'tasks' : 'executions', id].map(encodeURIComponent).join('/');
  return `${baseUrl.replace(/[/#]+$/, '')}/#/applications/${page}`;
}

function triggerOf(execution: Execution) {
  const trigger = execution?.trigger;
  const commit = trigger?.buildInfo?.scm.find((each) => each?.sha1);
  const build = trigger?.buildInfo?.number ?? trigger?.buildNumber;
  return {
    version: trigger?.tag ?? (build && `#${build}`),
    commit: commit?.sha1 ?? trigger?.hash,
    branch: commit?.branch ?? trigger?.branch,
  };
}

/** A login; of an address, the part before the @. Nobody in particular is nobody. */
export function person(user: string | undefined): string | undefined {
  const login = loginOf(user);
  return login === undefined || /^\[?anonymous\]?$/i.test(login) ? undefined : login || undefined;
}
