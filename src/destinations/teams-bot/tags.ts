import { asList, asObject } from '../../event/json.ts';

// The tenant, the group and the tag, in Base64: https://learn.microsoft.com/graph/api/teamworktag-list. What is no such id is refused with
// 502, as if Teams had a fault.
const TAG = /^[A-Za-z0-9+/]{80,400}={0,2}$/;

/** Whether a mention's id is that of a tag: people have names and object ids. */
export const isTagId = (id: string): boolean => TAG.test(id);

/**
 * A message whose tags are called as such: without their type they would be people that nobody knows. Flows call no tags, and their
 * messages are the same otherwise.
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations#tag-mention
 */
export function withTags(activity: object): object {
  const { attachments } = asObject(activity);
  return attachments === undefined ? activity : { ...activity, attachments: asList(attachments).map(tagged) };
}

function tagged(attachment: unknown): unknown {
  const content = asObject(asObject(attachment)['content']);
  const { entities, ...msteams } = asObject(content['msteams']);
  if (entities === undefined) return attachment;
  const marked = { ...msteams, entities: asList(entities).map(called) };
  return { ...asObject(attachment), content: { ...content, msteams: marked } };
}

function called(entity: unknown): unknown {
  const mentioned = asObject(asObject(entity)['mentioned']);
  const { id } = mentioned;
  return typeof id === 'string' && isTagId(id)
    ? { ...asObject(entity), mentioned: { ...mentioned, type: 'tag' } }
    : entity;
}
