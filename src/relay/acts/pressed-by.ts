import type { Pressed } from '../../delivery/rules/delivery.ts';
import type { Permit } from '../../event/act-token.ts';
import { mayDo } from '../../routing/acts.ts';
import type { ActParts } from './act-parts.ts';
import { onceOf, pressedOf, type Standing, standingOf } from './standing.ts';

/** What whoever pressed a button hears. */
export type Answer = Standing['answer'] | 'denied';

/** Who pressed, as the chat says: `id` is undefined of whom nobody knows. */
type Who = Pick<Pressed['act'], 'by' | 'via' | 'at'> & { readonly id: string | undefined };

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
