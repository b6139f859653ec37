import { PayloadError, type Problem } from '../problems/errors.ts';
import { sources } from './registry.ts';
import type { Read, Source, SourceContext } from './source.ts';

/**
 * The events of a body, or the reply. Throws a PayloadError, also for a body in which the source finds neither a mark of
 * its sender nor an event: that is no noise, it has come to a wrong address, and left out it would be lost unseen.
 */
export async function readAs(source: Source, payload: unknown, context: SourceContext): Promise<Read> {
  if (source.detects(payload, context.headers)) return source.read(payload, context);
  let problems: readonly Problem[] = [];
  try {
    const read = source.read(payload, context);
    if ('reply' in read || read.length > 0) return read;
  } catch (error) {
    if (!(error instanceof PayloadError)) throw error;
    problems = error.problems;
  }
  const sender = await senderOf(payload, context.headers);
  if (sender !== undefined) {
    const like = `it looks like ${sender}; post it to /api/webhooks/${sender}`;
    throw new PayloadError(source.name, [{ path: '', message: like }]);
  }
  const unmarked = `no header and no field of it shows that ${source.name} sent it`;
  throw new PayloadError(source.name, problems.length > 0 ? problems : [{ path: '', message: unmarked }]);
}

/** Whose body it may be. Every source is asked, and so loaded: nobody waits for that but who sent a wrong body. */
async function senderOf(payload: unknown, headers: SourceContext['headers']): Promise<string | undefined> {
  for (const { name, load } of sources) if ((await load()).detects(payload, headers)) return name;
  return undefined;
}
