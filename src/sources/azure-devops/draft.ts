import { identity } from '../../event/identity.ts';
import { loginOf } from '../fields.ts';
import { SEVERITY, said } from '../phase.ts';
import type { EventDraft, SourceContext } from '../source.ts';
import { aboutIn } from './message.ts';
import type { Body, Person } from './payload.ts';

export type Read = (body: Body, type: string, context: SourceContext) => EventDraft[];

type Deployment = Extract<EventDraft, { kind: 'deployment' }>;

interface Own {
  readonly severity?: Deployment['severity'] | undefined;
  /** The run or the release, and its environment; no story without the first. */
  readonly story: readonly (string | undefined)[];
  /** What else tells this occurrence from others of the story. */
  readonly key?: string | undefined;
  readonly at: string | undefined;
  readonly subject: string | undefined;
  readonly resource?: string | undefined;
  readonly links: Deployment['links'];
  readonly properties?: Readonly<Record<string, string | undefined>> | undefined;
}

export type Facts = Own & Omit<Deployment, 'kind' | 'id' | 'source' | 'occurredAt' | keyof Own>;

// Placeholders of the samples and of the "Test" button.
const NONE = /^[0-]*$/;

const known = (id: string | undefined): string | undefined => (id === undefined || NONE.test(id) ? undefined : id);

const projectOf = ({ resource }: Body): string | undefined =>
  resource?.project?.name ??
  resource?.definition?.project?.name ??
  resource?.release?.project?.name ??
  resource?.deployment?.release?.project?.name ??
  resource?.manualIntervention?.project?.name;

const projectKey = (body: Body): string =>
  known(body.resourceContainers?.project?.id) ??
  known(body.resource?.project?.id) ??
  known(body.resource?.projectId) ??
  projectOf(body) ??
  '';

/**
 * The notification's id is the occurrence's. The samples of the documentation and the "Test" button repeat theirs, so
 * that what happened to what is part of the identity as well.
 */
export const idOf = (body: Body, type: string, ...parts: readonly (string | undefined)[]): string =>
  identity(
    'azure-devops',
    type,
    known(body.id) ?? body.createdDate ?? '',
    projectKey(body),
    ...parts.map((part) => part ?? ''),
  );

export function draft(body: Body, type: string, { receivedAt }: SourceContext, facts: Facts): EventDraft {
  const { story, key, at, subject, resource, properties, ...rest } = facts;
  const name = subject ?? aboutIn(body) ?? type;
  return {
    ...rest,
    kind: 'deployment',
    id: idOf(body, type, ...story, rest.step, key, rest.phase, at),
    story: storyOf(body, story),
    source: 'azure-devops',
    severity: facts.severity ?? SEVERITY[facts.phase],
    occurredAt: at ?? body.createdDate ?? receivedAt,
    resource: { name: resource ?? name },
    properties: said({ project: projectOf(body), ...properties }),
    project: projectOf(body),
    subject: name,
  };
}

function storyOf(body: Body, [first, ...rest]: Facts['story']): string | undefined {
  const parts = ['azure-devops', projectKey(body), first, ...rest].filter(Boolean);
  return first === undefined ? undefined : parts.join('/').toLowerCase();
}

/** An end without a word of how: the sender's own sentence, or its type where even that was left out. */
export function asEvent(
  body: Body,
  type: string,
  { receivedAt }: SourceContext,
  links: Deployment['links'],
): EventDraft {
  const title = body.message?.text ?? body.detailedMessage?.text ?? type;
  return {
    kind: 'custom',
    id: idOf(body, type),
    source: 'azure-devops',
    severity: 'info',
    occurredAt: body.createdDate ?? receivedAt,
    resource: { name: projectOf(body) ?? title },
    links,
    title,
  };
}

/** A display name; of an address, the part before the @, with no domain in front. */
export function nameOf(person: Person): string | undefined {
  const name = person?.displayName ?? person?.uniqueName?.split('\\').at(-1);
  return loginOf(name);
}
