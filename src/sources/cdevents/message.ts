import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { date, object, required, text } from '../fields.ts';
import { dataOf, isCloudEvent } from '../own-cloud-event.ts';
import { said } from '../phase.ts';
import { type EventDraft, type SourceContext, wordOf } from '../source.ts';

// https://github.com/cdevents/spec/blob/main/spec.md
// As a CloudEvent: https://github.com/cdevents/spec/blob/main/cloudevents-binding.md

type Body = Readonly<Record<string, unknown>>;

const part = (given: unknown): Body => (isObject(given) ? given : {});

const reference = object({ id: text, name: text });

/** What the subjects say that are told. Until 0.4, a `uri` is called `url`. */
const content = z.preprocess(
  part,
  z.object({
    ...{ pipelineName: text, taskName: text, name: text, description: text },
    ...{ uri: text, url: text, ticketURI: text, approvalDetailsUrl: text, resourceTargetUrl: text },
    ...{ outcome: text, errors: text, reason: text, severity: text, status: text },
    ...{ environment: reference, service: reference, artifactId: text, requestor: text, responder: text },
    ...{ pipelineRun: reference, testSuiteRun: reference, testSuite: reference, testCase: reference },
  }),
);

export type Content = z.output<typeof content>;

// `dev.cdeventsx.` is of events that tools define themselves: https://github.com/cdevents/spec/blob/main/custom/README.md
const TYPE = /^dev\.cdevents(?<own>x?)\.(?<subject>[a-z0-9-]+)\.(?<predicate>[a-z0-9-]+)(\.|$)/i;

/** Whether a body is a CDEvent, plain or as a CloudEvent. */
export function isCdEvent(given: unknown): boolean {
  const { context } = plain(given);
  return TYPE.test(wordOf(part(context)['type']));
}

/** A CDEvent as it is posted plain; of a CloudEvent, its data, and what its attributes repeat of that. */
function plain(given: unknown): Body {
  if (!isCloudEvent(given)) return part(given);
  const { id, source, type, time, subject } = given;
  const data = part(dataOf(given));
  return {
    context: { id, source, type, timestamp: time, ...part(data['context']) },
    subject: { id: subject, ...part(data['subject']) },
  };
}

const type = required
  .refine((given) => TYPE.test(given), { error: 'expected a type such as dev.cdevents.service.deployed.0.3.0' })
  .transform((given) => {
    const { own, subject = '', predicate = '' } = TYPE.exec(given)?.groups ?? {};
    return { isOwn: own !== '', subject: subject.toLowerCase(), predicate: predicate.toLowerCase() };
  });

/** One event, however it came. */
export const message = z.preprocess(
  plain,
  z
    .object({
      context: z.object({ id: text, source: text, type, timestamp: date, chainId: text }),
      subject: z.object({ id: required, source: text, content }),
    })
    .transform(({ context: { type: of, ...context }, subject }) => ({
      ...context,
      ...of,
      /** Names what it is about, uniquely within `within`. */
      about: subject.id,
      within: subject.source ?? context.source ?? '',
      content: subject.content,
    })),
);

export type Message = z.output<typeof message>;

/** What every event has that is made of a message. */
export function common(given: Message, { receivedAt }: SourceContext) {
  const { id, source = '', timestamp, subject, predicate, about, within, chainId } = given;
  const environment = given.content.environment?.name ?? given.content.environment?.id;
  // A service has a story in each environment.
  const place = subject === 'service' && environment !== undefined ? `@${environment}` : '';
  return {
    // An id is unique within its source. What happened is there because the specification's own examples share ids.
    id: identity('cdevents', source, id ?? [about, timestamp].join('@'), subject, predicate),
    story: `cdevents:${within}/${subject}/${about}${place}`,
    source: 'cdevents',
    occurredAt: timestamp ?? receivedAt,
    environment,
    properties: said({ source: within || undefined, chainId }),
  };
}

/** The events of a message, or why there is none. */
export type Meaning = (given: Message, context: SourceContext) => readonly EventDraft[] | string;
