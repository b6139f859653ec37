import { event } from '../../event/event.ts';
import { PayloadError } from '../../problems/errors.ts';
import { isCdEvent } from '../cdevents/message.ts';
import { eachOf, membersOf } from '../fields.ts';
import { holdsOwn, isCloudEvent, isEmptyBatch } from '../own-cloud-event.ts';
import { defineSource, type Source, type SourceContext, wordOf } from '../source.ts';
import { containerRegistry } from './container-registry.ts';
import { health } from './health.ts';
import { clusterSupport, nodePools } from './kubernetes.ts';
import { maintenance } from './maintenance.ts';
import { messageOf } from './message.ts';
import { others, validation } from './protocol.ts';
import { resources } from './resources.ts';
import { web } from './web.ts';

const message = messageOf([
  validation,
  resources,
  health,
  maintenance,
  nodePools,
  clusterSupport,
  web,
  containerRegistry,
  others,
]);

// One event or a list of them, in both schemas: the documentation shows one event of the Event Grid schema without its
// list, and CloudEvents come in lists where output batching is on.
const payload = eachOf(message, 'expected an event or a list of events');

const MICROSOFT = /^Microsoft\.\w+[./]/i;

const base = defineSource({
  name: 'event-grid',
  detects: (body, headers) =>
    isByGrid(headers) ||
    /^\s*application\/cloudevents(-batch)?\+json\b/i.test(headers.get('content-type') ?? '') ||
    ('specversion' in body && ('type' in body || 'source' in body)) ||
    ('eventType' in body && 'data' in body && ['eventTime', 'topic', 'subject'].some((key) => key in body)) ||
    (MICROSOFT.test(wordOf(body['eventType'])) && !('publisherId' in body)),
  payload,
  keys: ['eventType', 'eventTime', 'topic', 'subject', 'data', 'dataVersion', 'metadataVersion', 'specversion', 'type'],
  extras: {
    writes:
      'writes of scale sets and App Service plans, and deleted instances, that went well: one for each scaling too',
    resources: 'writes and deletes of all other resources',
    actions: 'actions on all other resources, such as listKeys',
    operations: 'restarts, changed settings and backups of apps',
    plans: 'changes of App Service plans, with the new number of instances',
    other: 'events of all other types, by type and subject',
  },
  normalize: (meanings, context) => {
    const read = meanings.map((meaning) => meaning(context));
    const drafts = read.flatMap((each) => ('reply' in each ? [] : each));
    if (drafts.length === 0) return read.find((each) => 'reply' in each) ?? [];
    // An event that the schema would refuse must not lose the others of its list either.
    const whole = drafts.filter((draft) => event.safeParse(draft).success);
    return whole.length > 0 ? whole : drafts;
  },
});

/** A CloudEvent of a type that is not Microsoft's: of whoever sent it here, unless Event Grid did. */
const isForeign = (member: unknown): boolean => isCloudEvent(member) && !MICROSOFT.test(wordOf(member['type']));

const isByGrid = (headers: SourceContext['headers']): boolean => headers.get('aeg-event-type') !== null;

/** A CloudEvent that is read for what is in it. */
const isAnothers = (member: unknown, headers: SourceContext['headers']): boolean =>
  holdsOwn(member) || (isCdEvent(member) && !isByGrid(headers));

const NOT_KNOWN =
  'nobody here knows CloudEvents of this type: put an event of your own into its data (docs/senders/custom.md), read it by a mapping (docs/senders/mapping.md), or take them as they are with `include: [other]` of event-grid';

const isForeignAlone = (payload: unknown, headers: SourceContext['headers']): boolean =>
  !isByGrid(headers) && membersOf(payload).every(isForeign);

export const eventGrid: Source = {
  ...base,
  yields: isForeignAlone,
  detects: (payload, headers) =>
    !isAnothers(membersOf(payload)[0], headers) && (base.detects(payload, headers) || isEmptyBatch(payload, headers)),
  read(payload, context) {
    if (isEmptyBatch(payload, context.headers)) return [];
    if (!context.includes('other') && isForeignAlone(payload, context.headers)) {
      throw new PayloadError(base.name, [{ path: 'type', message: NOT_KNOWN }]);
    }
    return base.read(payload, context);
  },
};
