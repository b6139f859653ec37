import { structured } from '../binary-event.ts';
import { date } from '../fields.ts';
import { dataOf, isCloudEvent } from '../own-cloud-event.ts';
import { type SourceContext, wordOf } from '../source.ts';

type Headers = SourceContext['headers'];

/** A CloudEvent as a whole, with its data opened, also where its attributes came as headers; any other body as it is. */
function whole(member: unknown, headers: Headers): unknown {
  const event = isCloudEvent(member) ? member : structured(member, headers, undefined);
  return isCloudEvent(event) ? { ...event, data: dataOf(event) } : event;
}

/** What `like` may know a body by: of a CloudEvent all of it, or its data. */
export function formsOf(member: unknown, headers: Headers): readonly unknown[] {
  const event = whole(member, headers);
  return isCloudEvent(event) ? [event, event['data']] : [member];
}

/** What a CloudEvent says of the occurrence, where a mapping does not: `source` and `id` together name it. */
export function attributesOf(member: unknown, headers: Headers): Readonly<Record<string, string>> {
  const event = whole(member, headers);
  if (!isCloudEvent(event)) return {};
  const { id, source } = event;
  const at = date.parse(event['time']);
  return {
    ...(wordOf(id) !== '' && { id: JSON.stringify([wordOf(source), wordOf(id)]) }),
    ...(at !== undefined && { occurredAt: at }),
  };
}
