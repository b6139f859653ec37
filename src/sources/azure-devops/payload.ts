import * as z from 'zod';
import { date, list, number, object, text } from '../fields.ts';

// What service hooks send: https://learn.microsoft.com/azure/devops/service-hooks/events
// "Resource details to send" and "Messages to send" may leave out all of the resource and of the messages
// (https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks), so that only the type is asked for.

const named = object({ id: text, name: text });
const person = object({ displayName: text, uniqueName: text });
const links = object({ web: object({ href: text }) });
const message = object({ text, html: text, markdown: text });

const asked = object({ status: text, isAutomated: text, approver: person });

// https://learn.microsoft.com/javascript/api/azure-devops-extension-api/approvaloptions
const snapshot = object({ approvalOptions: object({ timeoutInMinutes: number, requiredApproverCount: number }) });

const stage = object({
  id: text,
  preDeployApprovals: list(asked),
  postDeployApprovals: list(asked),
  preApprovalsSnapshot: snapshot,
  postApprovalsSnapshot: snapshot,
});

const release = object({
  id: text,
  name: text,
  createdOn: date,
  modifiedOn: date,
  createdBy: person,
  modifiedBy: person,
  description: text,
  releaseDefinition: named,
  project: named,
  environments: list(stage),
  _links: links,
});

const task = object({ name: text, status: text });
const job = object({ tasks: list(task) });
const step = object({ status: text, releaseDeployPhases: list(object({ deploymentJobs: list(job) })) });

const environment = object({
  id: text,
  name: text,
  status: text,
  modifiedOn: date,
  // Minutes.
  timeToDeploy: number,
  release,
  releaseDefinition: named,
  preDeployApprovals: list(object({ status: text })),
  postDeployApprovals: list(object({ status: text })),
  deploySteps: list(step),
});

const deployment = object({
  id: text,
  attempt: text,
  status: text,
  deploymentStatus: text,
  startedOn: date,
  completedOn: date,
  requestedBy: person,
  requestedFor: person,
  release,
  releaseDefinition: named,
  releaseEnvironment: named,
  environment: named,
});

const approval = object({
  id: text,
  status: text,
  approvalType: text,
  isAutomated: text,
  trialNumber: text,
  attempt: text,
  createdOn: date,
  modifiedOn: date,
  lastModifiedOn: date,
  approver: person,
  approvedBy: person,
  comments: text,
  instructions: text,
  release: named,
  releaseDefinition: named,
  releaseEnvironment: named,
  minRequiredApprovers: number,
  steps: list(object({ assignedApprover: person, actualApprover: person, status: text, comment: text })),
});

/** A stage or a job; a run has other words for its times. */
const part = object({
  id: text,
  name: text,
  displayName: text,
  state: text,
  result: text,
  startTime: date,
  finishTime: date,
  _links: links,
});

const self = object({ refName: text, version: text });

const run = object({
  id: text,
  name: text,
  state: text,
  result: text,
  createdDate: date,
  finishedDate: date,
  pipeline: named,
  resources: object({ repositories: object({ self }) }),
  _links: links,
});

const resource = object({
  id: text,
  buildNumber: text,
  status: text,
  result: text,
  startTime: date,
  finishTime: date,
  sourceBranch: text,
  sourceVersion: text,
  sourceGetVersion: text,
  definition: object({ id: text, name: text, project: named }),
  requestedFor: person,
  requests: list(object({ requestedFor: person })),
  repository: object({ type: text, url: text }),
  repositories: list(object({ type: text, url: text, change: object({ message: text, version: text }) })),
  project: named,
  projectId: text,
  release,
  environment,
  deployment,
  approval,
  run,
  stage: part,
  job: part,
  pipeline: named,
  stageName: text,
  attemptId: text,
  // What a check guards: an environment, a service connection.
  resource: object({ type: text, name: text }),
  manualIntervention: object({ id: text, name: text, instructions: text, project: named }),
  poolName: text,
  poolId: text,
  resourceId: text,
  previousSize: number,
  newSize: number,
  _links: links,
});

export const payload = z
  .object({
    eventType: text,
    // Samples of some newer events have this name instead.
    eventId: text,
    publisherId: text,
    id: text,
    message,
    detailedMessage: message,
    resource,
    resourceContainers: object({ project: object({ id: text }) }),
    createdDate: date,
  })
  .refine(({ eventType, eventId }) => (eventType ?? eventId) !== undefined, {
    path: ['eventType'],
    error: 'expected text',
  });

export type Body = z.output<typeof payload>;
export type Resource = NonNullable<Body['resource']>;
export type Person = z.output<typeof person>;
