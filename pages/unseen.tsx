import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { InboxMessage } from './message.ts';
import { Button } from './parts.tsx';

const FAR_PX = 120;

const list = (): HTMLElement | null => document.querySelector('.virtual');

const isDown = (): boolean => scrollY > FAR_PX || (list()?.scrollTop ?? 0) > 0;

const count = signal(0);

/** Counts what comes while somebody reads further down. */
export function startUnseen(messages: ReadonlySignal<readonly InboxMessage[]>): void {
  let seen = 0;
  const look = (all: readonly InboxMessage[]): void => {
    if (!isDown()) seen = Math.max(0, ...all.map(({ id }) => id));
    count.value = all.filter(({ id }) => id > seen).length;
  };
  effect(() => look(messages.value));
  addEventListener('scroll', () => look(messages.peek()), { capture: true, passive: true });
}

function up(): void {
  list()?.scrollTo({ top: 0 });
  scrollTo({ top: 0 });
}

export const Unseen = () =>
  count.value === 0 ? null : (
    <Button id="unseen" look="primary unseen-count" press={up}>
      {`↑ ${count.value.toLocaleString('en')} new`}
    </Button>
  );
