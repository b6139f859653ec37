import type { EventOf } from '../event/event.ts';
import { conversationsIn, withThreadLinks } from '../event/thread-links.ts';
import { rootOf } from './conversations.ts';
import type { Dispatch } from './dispatch.ts';
import { regardless } from './regardless.ts';
import { writerTo } from './send.ts';

/** So many lines of a digest are shown with their links; a chat counts each question. */
const MOST_ASKED = 5;

/** A digest whose lines lead to the threads of their stories. Never fails: a line keeps the link that it has. */
export async function withThreadPages(
  dispatch: Dispatch,
  digest: EventOf<'digest'>,
  name: string,
): Promise<EventOf<'digest'>> {
  const writer = await writerTo(dispatch, name);
  const page = writer?.living?.page;
  if (writer === undefined || page === undefined) return digest;
  const pages = new Map<string, string>();
  for (const conversation of conversationsIn(digest).slice(0, MOST_ASKED)) {
    const root = await regardless(rootOf(dispatch, conversation, name));
    if (root === undefined) continue;
    const answer = 'of' in page ? undefined : await writer.call(page.ask(root), digest.id);
    // Who is silent or has enough is asked no more: the digest waits meanwhile.
    if (answer?.verdict.kind === 'retry' || answer?.verdict.kind === 'broken') break;
    const url = 'of' in page ? page.of(root) : page.read(answer?.body ?? '');
    if (url !== undefined) pages.set(conversation, url);
  }
  return withThreadLinks(digest, (conversation) => pages.get(conversation));
}
