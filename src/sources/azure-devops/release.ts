import { MINUTE_MILLISECONDS } from '../../event/time/units.ts';
import { approversIn, neededOf, waitsUntil } from '../approvers.ts';
import { type Phase, secondsBetween } from '../phase.ts';
import { asEvent, draft, type Facts, nameOf, type Read } from './draft.ts';
import { lastWords, linkOf, releaseIn } from './message.ts';
import { endOf, type Outcome, outcomeOf } from './outcome.ts';
import type { Body, Resource } from './payload.ts';

/** The release, its definition and its environment, from wherever an event of this kind has them. */
function base(body: Body): Pick<Facts, 'story' | 'subject' | 'resource' | 'version' | 'environment' | 'links'> {
  const { release, environment, deployment, approval, project } = body.resource ?? {};
  const said = releaseIn(body);
  // A start has an empty release beside the environment's own.
  const own = [release, environment?.release, deployment?.release].find((each) => each?.name) ?? release;
  const definition =
    release?.releaseDefinition?.name ??
    approval?.releaseDefinition?.name ??
    deployment?.releaseDefinition?.name ??
    environment?.releaseDefinition?.name ??
    own?.releaseDefinition?.name ??
    said.definition;
  const name = own?.name ?? approval?.release?.name ?? said.release;
  const stage =
    environment?.name ??
    approval?.releaseEnvironment?.name ??
    (deployment?.environment ?? deployment?.releaseEnvironment)?.name ??
    said.stage;
  const subject = definition ?? project?.name ?? name;
  return {
    story: [own?.id ?? approval?.release?.id, stage],
    subject,
    resource: definition ?? name,
    version: name === subject ? undefined : name,
    environment: stage,
    links: linkOf('run', body, own?._links?.web?.href, release?._links?.web?.href),
  };
}

export const releaseCreated: Read = (body, type, context) => {
  const release = body.resource?.release;
  const { story, ...facts } = base(body);
  const actor = nameOf(release?.createdBy);
  const at = release?.createdOn;
  return [draft(body, type, context, { ...facts, phase: 'requested', story, at, actor, change: release?.description })];
};

export const releaseAbandoned: Read = (body, type, context) => {
  const release = body.resource?.release;
  const actor = nameOf(release?.modifiedBy);
  const at = release?.modifiedOn;
  return [draft(body, type, context, { ...base(body), phase: 'cancelled', at, actor, change: release?.description })];
};

export const deploymentStarted: Read = (body, type, context) => {
  const { deployment, environment } = body.resource ?? {};
  const at = deployment?.startedOn ?? environment?.modifiedOn;
  const actor = nameOf(deployment?.requestedFor) ?? nameOf(deployment?.requestedBy);
  return [draft(body, type, context, { ...base(body), phase: 'started', at, actor })];
};

export const deploymentCompleted: Read = (body, type, context) => {
  const { deployment, environment } = body.resource ?? {};
  const outcome = deployedAs(body.resource) ?? outcomeOf(lastWords(body));
  const facts = base(body);
  if (outcome === undefined) return [asEvent(body, type, context, facts.links)];
  const { phase, ...rest } = outcome;
  if (phase === undefined) return [];
  const minutes = environment?.timeToDeploy;
  return [
    draft(body, type, context, {
      ...facts,
      ...rest,
      phase,
      at: deployment?.completedOn ?? environment?.modifiedOn,
      actor: nameOf(deployment?.requestedFor) ?? nameOf(deployment?.requestedBy),
      duration:
        secondsBetween(deployment?.startedOn, deployment?.completedOn) ??
        (minutes !== undefined && minutes >= 0 && minutes < 500_000 ? Math.round(minutes * 60) : undefined),
      failedStep: phase === 'failed' ? failedTask(body.resource) : undefined,
    }),
  ];
};

/** An environment has no word for a failure: it is "rejected", by an approver or by a task that failed. */
function deployedAs(resource: Resource | undefined): Outcome | undefined {
  const { deployment, environment } = resource ?? {};
  const outcome = endOf(deployment?.deploymentStatus, deployment?.status, environment?.status);
  if (outcome?.phase !== 'rejected') return outcome;
  const approvals = [...(environment?.preDeployApprovals ?? []), ...(environment?.postDeployApprovals ?? [])];
  return approvals.some((approval) => approval?.status?.toLowerCase() === 'rejected') ? outcome : { phase: 'failed' };
}

const failedTask = (resource: Resource | undefined): string | undefined =>
  resource?.environment?.deploySteps
    .flatMap((step) => step?.releaseDeployPhases ?? [])
    .flatMap((phase) => phase?.deploymentJobs ?? [])
    .flatMap((job) => job?.tasks ?? [])
    .find((task) => task?.status?.toLowerCase() === 'failed')?.name;

const APPROVALS: ReadonlyMap<Phase, Phase> = new Map([['succeeded', 'approved']]);

/** Pending and completed approvals before or after a deployment. Those that nobody had to give are no news. */
export const releaseApproval: Read = (body, type, context) => {
  const approval = body.resource?.approval;
  if (approval?.isAutomated === 'true') return [];
  const pending = type.endsWith('pending');
  const outcome: Outcome | undefined = pending
    ? { phase: 'waiting' }
    : (endOf(approval?.status) ?? outcomeOf(lastWords(body)));
  const facts = base(body);
  if (outcome === undefined) return [asEvent(body, type, context, facts.links)];
  const { phase, ...rest } = outcome;
  if (phase === undefined) return [];
  return [
    draft(body, type, context, {
      ...facts,
      ...rest,
      phase: APPROVALS.get(phase) ?? phase,
      at: pending ? approval?.createdOn : (approval?.modifiedOn ?? approval?.createdOn),
      actor:
        pending || phase === 'cancelled' ? undefined : (nameOf(approval?.approvedBy) ?? nameOf(approval?.approver)),
      key: [approval?.id, approval?.trialNumber, approval?.attempt, approval?.approvalType].join('/'),
      properties: { approval: approval?.approvalType, comment: approval?.comments },
      ...(pending && waitOf(body.resource)),
      links: facts.links.map(({ url }) => ({ rel: 'review', url })),
    }),
  ];
};

const MINUTES_OF_THIRTY_DAYS = 30 * 24 * 60;

/** Whose approval a stage waits for, and until when: each approver is told by an event of their own, and one message has all of them. */
function waitOf(resource: Resource | undefined): Pick<Facts, 'waitingFor' | 'expiresAt' | 'properties'> {
  const { approval, release } = resource ?? {};
  const isAfter = /^post/i.test(approval?.approvalType ?? '');
  const stage = release?.environments.find((each) => each?.id && each.id === approval?.releaseEnvironment?.id);
  const asked = (isAfter ? stage?.postDeployApprovals : stage?.preDeployApprovals) ?? [];
  const others = asked.filter((each) => each?.status?.toLowerCase() === 'pending' && each.isAutomated !== 'true');
  const options = (isAfter ? stage?.postApprovalsSnapshot : stage?.preApprovalsSnapshot)?.approvalOptions;
  // 0 is the default: 30 days.
  const minutes = options?.timeoutInMinutes === 0 ? MINUTES_OF_THIRTY_DAYS : options?.timeoutInMinutes;
  return {
    properties: {
      approval: approval?.approvalType,
      comment: approval?.comments,
      approvals: neededOf(options?.requiredApproverCount, asked.length),
    },
    waitingFor: approversIn([approval, ...others].map((each) => nameOf(each?.approver))),
    expiresAt: waitsUntil(approval?.createdOn, minutes && minutes * MINUTE_MILLISECONDS),
  };
}

/** A task that waits for a person: of a release, or as the newer samples have it. */
export const interventionPending: Read = (body, type, context) => {
  const { manualIntervention, approval } = body.resource ?? {};
  const { subject, ...facts } = base(body);
  return [
    draft(body, type, context, {
      ...facts,
      phase: 'waiting',
      key: manualIntervention?.id,
      at: approval?.createdOn,
      subject: subject ?? manualIntervention?.name ?? manualIntervention?.project?.name,
      properties: { instructions: manualIntervention?.instructions ?? approval?.instructions },
    }),
  ];
};
