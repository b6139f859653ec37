import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { madeAs } from '../phase.ts';
import { commit, part, placeOf, project, whereOf } from './payload.ts';
import { RELEASE_ACTION, RELEASE_NOISE } from './words.ts';

const body = z.object({
  id: text,
  tag: required,
  action: text,
  url: text,
  created_at: date,
  released_at: date,
  project,
  commit,
});

export const release = part(body, (it, { receivedAt }) => {
  const { action = RELEASE_ACTION } = it;
  if (RELEASE_NOISE.has(action)) return [];
  const where = whereOf(it.project);
  const name = placeOf(it.project);
  return [
    {
      kind: 'artifact' as const,
      source: 'gitlab',
      ...madeAs(action === RELEASE_ACTION ? 'completed' : undefined, action),
      id: identity('gitlab', where, 'release', it.id ?? it.tag, ...(action === RELEASE_ACTION ? [] : [action])),
      story: `gitlab:${where}/releases/${it.tag}`.toLowerCase(),
      // A release can be announced for a day to come.
      occurredAt: it.created_at ?? it.released_at ?? receivedAt,
      resource: { name },
      name,
      version: it.tag,
      links: linksOf(['resource', it.url], ['changes', it.commit?.url], ['resource', it.project?.web_url]),
    },
  ];
});
