import type { Pressed } from '../../delivery/rules/delivery.ts';
import { act } from '../../event/act.ts';
import type { Permit } from '../../event/act-token.ts';
import { cut } from '../../event/text.ts';
import { mayDo } from '../../routing/acts.ts';
import type { ActParts } from './act-parts.ts';
import { onceOf, pressedOf, type Standing, standingOf } from './standing.ts';

/** What whoever pressed a button hears. */
export type Answer = Standing['answer'] | 'denied';

/** Who pressed, as the chat says: `id` is undefined of whom nobody knows. */
type Who = Pick<Pressed['act'], 'by' | 'via' | 'at'> & { readonly id: string | undefined };

/**
 * Who pressed, as people read it: the first of some names in which there is something to see. What they are told takes no other,
 * and a button that is pressed under such a name would be used up for nothing.
 */
export function namedBy(max: number, ...names: readonly (string | undefined)[]): string | undefined {
  for (const name of names) {
    const { data } = act.shape.by.safeParse(name);
    if (data !== undefined) return cut(data, max);
  }
  return undefined;
}

/** Queues what somebody has pressed for, where they may and there is something to do. Rejects with a StorageError. */
export async function pressedBy(
  { rules, ports }: Pick<ActParts, 'rules' | 'ports'>,
  { token, permit }: { readonly token: string; readonly permit: Permit },
  { id, ...who }: Who,
): Promise<Answer> {
  if (!mayDo(rules, permit.button, id)) return 'denied';
  const once = onceOf(token);
  const { answer } = await standingOf(ports, permit, once);
  if (answer === 'taken') await ports.deliveries.send(pressedOf(permit, once, who));
  return answer;
}
