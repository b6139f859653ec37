import { eventKinds } from '../event/event.ts';
import { identity } from '../event/identity.ts';
import { isObject, jsonIn } from '../event/json.ts';
import { type SourceContext, wordOf } from './source.ts';

type Body = Readonly<Record<string, unknown>>;

export const isCloudEvent = (body: unknown): body is Body =>
  isObject(body) && 'specversion' in body && wordOf(body['type']) !== '';

/** The data of a CloudEvent; undefined where it has none that is JSON. */
export function dataOf({ data, data_base64: bytes }: Body): unknown {
  if (data !== undefined || typeof bytes !== 'string') return data;
  return jsonIn(Buffer.from(bytes, 'base64').toString('utf8'));
}

/** Whether a body is a CloudEvent with an event of one's own in it, as an SDK or another relay posts it. */
export function holdsOwn(body: unknown): boolean {
  const data = isCloudEvent(body) ? dataOf(body) : undefined;
  return isObject(data) && eventKinds.some((kind) => kind === data['kind']);
}

// A batch may be empty: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#4-json-batch-format
const BATCH = /^\s*application\/cloudevents-batch\+json\b/i;

export const isEmptyBatch = (payload: unknown, headers: SourceContext['headers']): boolean =>
  Array.isArray(payload) && payload.length === 0 && BATCH.test(headers.get('content-type') ?? '');

// What another relay says of itself, or of its scale sets, is told where it runs.
const OF_ANOTHER = /^autoscale-relay\.(drift|digest|notice|act|review)\./;

/** The events of one's own in a body: of CloudEvents the data of each, of anything else the body. */
export function ownIn(payload: unknown): readonly unknown[] {
  const members = Array.isArray(payload) ? payload : [payload];
  if (members.length === 0 || !members.every(isCloudEvent)) return [payload];
  return members.filter(({ type }) => !OF_ANOTHER.test(wordOf(type))).map(opened);
}

function opened(event: Body): unknown {
  const data = dataOf(event);
  if (!isObject(data)) return data;
  const { id, source, time } = event;
  // `source` and `id` together name the occurrence.
  return {
    ...(wordOf(id) !== '' && { id: identity('custom', wordOf(source), wordOf(id)) }),
    ...(time !== undefined && { occurredAt: time }),
    ...data,
  };
}
