import { useRef } from 'preact/hooks';
import { Button, counted } from './parts.tsx';
import { problem } from './state.ts';

async function clear(): Promise<void> {
  const response = await fetch('/inbox/messages', { method: 'DELETE' }).catch(() => undefined);
  problem.value = response?.ok ? undefined : 'The messages could not be cleared. Is the relay still running?';
}

/** Asks before it deletes: nothing brings the messages back. */
export function ClearButton({ count }: { readonly count: number }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const remove = (): void => {
    dialog.current?.close();
    void clear();
  };
  return (
    <>
      <Button id="clear" press={() => dialog.current?.showModal()}>
        Clear
      </Button>
      <dialog ref={dialog} class="help ask" aria-labelledby="ask-title" aria-describedby="ask-words">
        <form method="dialog">
          <h2 id="ask-title">{`Delete ${counted(count, 'message')}?`}</h2>
          <p id="ask-words">All of them go, also those that no filter shows now. This cannot be undone.</p>
          <p class="answers">
            <button class="button" type="submit" autofocus>
              Keep them
            </button>
            <Button id="clear-all" look="danger" press={remove}>
              {`Delete ${counted(count, 'message')}`}
            </Button>
          </p>
        </form>
      </dialog>
    </>
  );
}
