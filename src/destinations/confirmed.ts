import type { Answer } from './answer.ts';
import { startOf } from './exchange.ts';
import type { Post } from './transport.ts';

/** Posts what must not be there twice: whoever has begun to answer has taken it, also if the answer is lost on its way. */
export async function confirmed(
  post: Post,
  letter: Parameters<Post>[0],
  read: typeof startOf = startOf,
): Promise<Answer> {
  let isAnswered = false;
  const came = await post(letter, (body) => {
    isAnswered = true;
    return read(body);
  });
  return came.kind === 'unanswered' && isAnswered ? { kind: 'unanswered', reason: 'unconfirmed' } : came;
}
