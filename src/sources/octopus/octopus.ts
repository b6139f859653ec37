import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { loginOf } from '../fields.ts';
import { type Phase, type Standing, severityOf } from '../phase.ts';
import { defineSource, linkTo } from '../source.ts';
import { namesOf } from './names.ts';
import { type Event, payload } from './payload.ts';

interface Meaning {
  readonly phase: Phase;
  readonly extra?: string;
  readonly outcome?: Standing['outcome'];
}

// Categories that are events; machines, certificates, documents and users are not. GET /api/events/categories of a
// server lists its own.
const CATEGORIES: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['DeploymentQueued', { phase: 'requested', extra: 'queued' }],
  ['DeploymentStarted', { phase: 'started' }],
  ['DeploymentResumed', { phase: 'started', extra: 'resumed' }],
  ['DeploymentSucceeded', { phase: 'succeeded' }],
  ['DeploymentFailed', { phase: 'failed' }],
  ['ManualInterventionInterruptionRaised', { phase: 'waiting' }],
  ['GuidedFailureInterruptionRaised', { phase: 'waiting' }],
  ['DeploymentCanceled', { phase: 'cancelled' }],
  ['TaskCanceled', { phase: 'cancelled' }],
  ['RunbookRunQueued', { phase: 'requested', extra: 'queued' }],
  ['RunbookRunStarted', { phase: 'started' }],
  ['RunbookRunSucceeded', { phase: 'succeeded' }],
  ['RunbookRunFailed', { phase: 'failed' }],
]);

// Of deployments, too, and no news: who edited what, and the task of the server behind a deployment.
const NOISE =
  /^(Created|Modified|Deleted|Cloned|Task\w*|\w*(Machine|Certificate|Document|User|Snapshot|Target|Login)\w*)$/;

const WITH_WARNINGS = { outcome: 'warnings' } as const;

/**
 * Whether a success left warnings behind. Octopus has a mark of its own for it, "Success with warnings"
 * (`HasWarningsOrErrors` of the task in its REST API); no name counts as a word of the message.
 */
const hasWarnings = ({ HasWarningsOrErrors, ...event }: Event): boolean =>
  HasWarningsOrErrors?.toLowerCase() === 'true' || /\bwith warnings\b/i.test(unnamed(event));

/** The message of an event without the names that it refers to. */
const unnamed = ({ Message = '', MessageReferences }: Pick<Event, 'Message' | 'MessageReferences'>): string =>
  MessageReferences.toSorted((a, b) => (b.StartIndex ?? 0) - (a.StartIndex ?? 0)).reduce(
    (text, { StartIndex: at = 0, Length: length = 0 }) => text.slice(0, at) + text.slice(at + length),
    Message,
  );

const UNKNOWN: Meaning = { phase: 'unknown' };

/** A deployment or a run of a runbook; tasks are cancelled that are neither, such as health checks. */
const subjectOf = (named: ReturnType<typeof namesOf>): { id: string; runbook: boolean } | undefined => {
  const deployment = named('Deployments').id;
  const run = named('RunbookRuns').id;
  if (deployment !== undefined) return { id: deployment, runbook: false };
  return run === undefined ? undefined : { id: run, runbook: true };
};

/** The task's page, under the server's public address or the one that the configuration gives. */
function pageOf(rel: string, addresses: readonly (string | undefined)[], { SpaceId }: Event, id: string | undefined) {
  if (id === undefined) return [];
  const kind = id.startsWith('RunbookRuns-') ? 'runbookRuns' : 'deployments';
  const page = ['app#', SpaceId, kind, id].filter(Boolean).join('/');
  return addresses
    .flatMap((address) => linkTo(rel, address && `${address.replace(/(?<!\/)\/+$/, '')}/${page}`))
    .slice(0, 1);
}

export const octopus = defineSource({
  name: 'octopus',
  detects: ({ EventType, Payload }) =>
    EventType === 'SubscriptionPayload' || (isObject(Payload) && ('Event' in Payload || 'Subscription' in Payload)),
  payload,
  normalize: ({ Timestamp, Payload }, context) => {
    const { baseUrl, receivedAt } = context;
    const { Event: event, ServerUri, BatchProcessingDate } = Payload;
    const { Category: category = '' } = event;
    const named = namesOf(event);
    const task = subjectOf(named);
    const isNews = category !== '' && task !== undefined && !NOISE.test(category);
    const plain = CATEGORIES.get(category) ?? (isNews ? UNKNOWN : undefined);
    const meaning = plain?.phase === 'succeeded' && hasWarnings(event) ? { ...plain, ...WITH_WARNINGS } : plain;
    if (meaning === undefined || (meaning.extra !== undefined && !context.includes(meaning.extra))) return [];
    if (event.Category?.startsWith('Task') && task === undefined) return [];
    if ((task?.runbook || event.Category?.startsWith('Runbook')) && !context.includes('runbooks')) return [];
    const project = named('Projects');
    const runbook = named('Runbooks');
    const subject =
      [project.name, runbook.name].filter(Boolean).join(' / ') || event.Message || project.id || 'Octopus Deploy';
    const tenant = named('Tenants').name;
    return [
      {
        kind: 'deployment',
        id: identity(
          'octopus',
          ServerUri ?? '',
          event.Id ?? [event.Category, task?.id, event.Message, event.Occurred].join('@'),
        ),
        story: task && ['octopus', URL.parse(ServerUri ?? '')?.host, event.SpaceId, task.id].filter(Boolean).join('/'),
        source: 'octopus',
        severity: severityOf(meaning),
        occurredAt: event.Occurred ?? BatchProcessingDate ?? Timestamp ?? receivedAt,
        resource: { name: project.name ?? subject },
        links: pageOf(meaning.phase === 'waiting' ? 'review' : 'run', [ServerUri, baseUrl], event, task?.id),
        properties: tenant === undefined ? undefined : { tenant },
        environment: named('Environments').name,
        phase: meaning.phase,
        outcome: meaning.outcome,
        word: meaning === UNKNOWN ? category : undefined,
        subject,
        version: named('Releases').name,
        actor: person(event.Username),
        change: event.Comments,
        output: event.Details,
      },
    ];
  },
  extras: {
    queued: 'deployments that are queued',
    resumed: 'deployments that go on after an interruption',
    runbooks: 'runs of runbooks',
  },
});

/** A login; of an address, the part before the @. The server itself is nobody. */
const person = (user: string | undefined): string | undefined => (user === 'system' ? undefined : loginOf(user));
