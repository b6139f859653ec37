import { approversIn, neededOf } from '../approvers.ts';
import { secondsBetween } from '../phase.ts';
import type { SourceContext } from '../source.ts';
import { branchOf, checkOf } from './build.ts';
import { asEvent, draft, type Facts, nameOf, type Read } from './draft.ts';
import { anchorsOf, lastWords, linkOf, runIn } from './message.ts';
import { endOf, outcomeOf } from './outcome.ts';
import type { Body } from './payload.ts';

const LEVELS = ['run', 'stage', 'job'] as const;
type Level = (typeof LEVELS)[number];

/** Which extras the configuration must include for a state to be an event. A state that is not here never is. */
const NEEDS: Record<Level, Readonly<Record<'started' | 'waiting' | 'completed', readonly string[] | undefined>>> = {
  run: { started: ['started'], waiting: undefined, completed: [] },
  stage: { started: ['stages', 'started'], waiting: ['stages'], completed: ['stages'] },
  // A job that waits, waits for an agent.
  job: { started: ['jobs', 'started'], waiting: undefined, completed: ['jobs'] },
};

const STATES: ReadonlyMap<string, 'started' | 'waiting' | 'completed'> = new Map([
  ['inprogress', 'started'],
  ['running', 'started'],
  ['waiting', 'waiting'],
  ['completed', 'completed'],
]);

/** A state that nobody knows counts as an end: whether it is one, somebody has to look. */
const stateOf = (word: string): 'started' | 'waiting' | 'completed' | undefined =>
  STATES.get(word.toLowerCase()) ?? (endOf(word) === undefined ? undefined : 'completed');

const wanted = (level: Level, state: 'started' | 'waiting' | 'completed', context: SourceContext): boolean =>
  NEEDS[level][state]?.every((extra) => context.includes(extra)) ?? false;

/** `run-`, `stage-` and `job-state-changed-event`. */
export const stateChanged: Read = (body, type, context) => {
  const level = LEVELS.find((each) => type.startsWith(each)) ?? 'run';
  const { run } = body.resource ?? {};
  const part = level === 'run' ? undefined : body.resource?.[level];
  const own = part ?? (level === 'run' ? run : undefined);
  const ended = endOf(own?.result, own?.state) ?? outcomeOf(lastWords(body));
  const state = own?.state === undefined ? stateIn(body, ended !== undefined) : stateOf(own.state);
  if (state === undefined || !wanted(level, state, context)) return [];
  const links = linkOf('run', body, own?._links?.web?.href, run?._links?.web?.href);
  if (state === 'completed' && ended === undefined) return [asEvent(body, type, context, links)];
  const { phase, ...rest } = state === 'completed' ? (ended ?? {}) : { phase: state };
  if (phase === undefined) return [];
  const from = part?.startTime ?? (level === 'run' ? run?.createdDate : undefined);
  const to = part?.finishTime ?? (level === 'run' ? run?.finishedDate : undefined);
  return [
    draft(body, type, context, {
      ...rest,
      ...base(body),
      phase,
      ...(level === 'run' && checkOf(run?.resources?.repositories?.self?.refName, { ...rest, phase })),
      at: state === 'completed' ? to : state === 'started' ? from : undefined,
      environment: level === 'run' ? undefined : stageOf(body),
      step: level === 'job' ? nameOfPart(body.resource?.job) : undefined,
      duration: state === 'completed' ? secondsBetween(from, to) : undefined,
      links,
    }),
  ];
};

/** Without a resource: an end if the message ends with one, nothing if it says something else, unknown if it says nothing. */
const stateIn = ({ message, detailedMessage }: Body, ended: boolean): 'completed' | undefined =>
  ended || (message?.text ?? detailedMessage?.text) === undefined ? 'completed' : undefined;

function base(body: Body): Pick<Facts, 'story' | 'subject' | 'version' | 'branch' | 'commit' | 'change'> {
  const { run, pipeline, repositories = [] } = body.resource ?? {};
  const self = run?.resources?.repositories?.self;
  const change = repositories.find((each) => each?.change)?.change;
  return {
    story: [run?.id ?? runIn(body)],
    subject: pipeline?.name ?? run?.pipeline?.name,
    version: run?.name ?? run?.id,
    branch: branchOf(self?.refName),
    commit: self?.version ?? change?.version,
    change: change?.message?.split('\n')[0],
  };
}

/** A pipeline without stages, and a stage without jobs, has one by this name. */
const nameOfPart = (part: { displayName?: string | undefined; name?: string | undefined } | undefined) =>
  [part?.displayName, part?.name].find((name) => name !== undefined && name !== '__default');

const stageOf = ({ resource }: Body): string | undefined =>
  nameOfPart(resource?.stage ?? { name: resource?.stageName });

/** Pending and completed approvals of a run's stage. In the samples, only the message names the run and the environment. */
export const stageApproval: Read = (body, type, context) => {
  const { approval, resource: guarded } = body.resource ?? {};
  const pending = type.endsWith('pending');
  const outcome = pending ? { phase: 'waiting' as const } : endOf(approval?.status);
  const links = linkOf('review', body, body.resource?.run?._links?.web?.href);
  if (outcome === undefined) return [asEvent(body, type, context, links)];
  const { phase, ...rest } = outcome;
  if (phase === undefined) return [];
  const { story, subject, ...facts } = base(body);
  const names = namesOf(body);
  const environment = guarded?.name ?? names.environment ?? stageOf(body);
  // Of those in sequence, some may have approved before.
  const open = approval?.steps.filter((step) => OPEN.has(step?.status?.toLowerCase() ?? '')) ?? [];
  const decided = approval?.steps.filter((step) => step?.status?.toLowerCase() === approval.status?.toLowerCase());
  // Whoever let the time pass has decided nothing.
  const assigned = TIMED_OUT.test(approval?.status ?? '') ? undefined : 'assignedApprover';
  const deciders = decided?.map((step) => nameOf(step?.actualApprover) ?? (assigned && nameOf(step?.[assigned])));
  return [
    draft(body, type, context, {
      ...rest,
      ...facts,
      phase,
      story: [story[0] ?? approval?.id],
      key: [approval?.id, environment, body.resource?.attemptId].join('/'),
      subject: subject ?? names.pipeline,
      at: pending ? approval?.createdOn : (approval?.lastModifiedOn ?? approval?.createdOn),
      environment,
      waitingFor: pending ? approversIn(open.map((step) => nameOf(step?.assignedApprover))) : undefined,
      actor: pending ? undefined : joined(deciders),
      properties: {
        instructions: approval?.instructions,
        approvals: pending ? neededOf(approval?.minRequiredApprovers, open.length) : undefined,
        approval: TIMED_OUT.test(approval?.status ?? '') ? approval?.status : undefined,
        comment: pending ? undefined : joined(decided?.map((step) => step?.comment)),
      },
      links,
    }),
  ];
};

const OPEN: ReadonlySet<string> = new Set(['', 'pending', 'uninitiated']);

const TIMED_OUT = /^timed ?out$/i;

/** Several may have to approve, each with a comment. */
const joined = (names: readonly (string | undefined)[] = []): string | undefined =>
  [...new Set(names)].filter((name) => name !== undefined).join(', ') || undefined;

const SENTENCE = /deployment of pipeline (.{1,200}) to environment (.{1,200}?)\.?$/;

/** The two names that the message links; where it has no links, the two of its one documented sentence. */
function namesOf(body: Body): { pipeline?: string | undefined; environment?: string | undefined } {
  const anchors = anchorsOf(body);
  const at = (path: string) => anchors.find(({ href }) => URL.parse(href)?.pathname.includes(path))?.text || undefined;
  const [, pipeline, environment] =
    SENTENCE.exec((body.message?.text ?? body.detailedMessage?.text ?? '').slice(0, 500)) ?? [];
  return { pipeline: at('/_build/results') ?? pipeline, environment: at('/_environments/') ?? environment };
}
