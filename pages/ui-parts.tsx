import { signal } from '@preact/signals';
import { type ComponentChildren, createRef } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Button, Icon } from './parts.tsx';
import { Refused } from './ui-api.ts';
import type { Brief, State } from './ui-data.ts';
import { severityText, stateText, timeText, words } from './ui-words.ts';

/** A time of the reader's clock, and the exact one for whoever asks for it. */
export const Time = ({ at }: { readonly at: string }) => (
  <time dateTime={at} title={at}>
    {timeText(at)}
  </time>
);

export const StateMark = ({ state }: { readonly state: State }) => (
  <span class="mark" data-state={state}>
    {stateText(state)}
  </span>
);

export const SeverityMark = ({ severity }: { readonly severity: string }) => (
  <span class="severity" data-severity={severity}>
    {severityText(severity)}
  </span>
);

/** What an event tells, in one line. Names are somebody else's: each keeps its own direction. */
export const Outline = ({ event: { subject, told, figure } }: { readonly event: Brief }) => (
  <>
    <bdi class="subject">{subject}</bdi> <bdi class="told">{[told, figure].filter(Boolean).join(' ')}</bdi>
  </>
);

/** Where it is and who said so. */
export const Where = ({ event: { resource, subject, environment, source } }: { readonly event: Brief }) => (
  <bdi class="where">{[resource !== subject && resource, environment, source].filter(Boolean).join(' · ')}</bdi>
);

export const refusedText = (error: unknown): string =>
  (error instanceof Refused && error.status > 0 && (error.message || `HTTP ${error.status}`)) ||
  words.value.page.noAnswer;

export const Trouble = ({ text, again }: { readonly text: string; readonly again?: () => void }) => (
  <div class="problem" role="alert">
    <Icon name="cross" />
    <p>{text}</p>
    {again && (
      <Button look="small" press={again}>
        {words.value.page.again}
      </Button>
    )}
  </div>
);

export const Reading = () => (
  <p class="progress" role="status">
    {words.value.page.loading}
  </p>
);

/** What a view reads once: the answer, or why there is none. */
export function useAnswer<T>(read: (ended: AbortSignal) => Promise<T>, of: readonly unknown[]) {
  const [round, again] = useState(0);
  const [state, set] = useState<{ readonly answer?: T; readonly error?: unknown }>({});
  useEffect(() => {
    const ended = new AbortController();
    read(ended.signal).then(
      (answer) => set({ answer }),
      (error: unknown) => ended.signal.aborted || set((before) => ({ ...before, error })),
    );
    return () => ended.abort();
  }, [...of, round]);
  return { ...state, again: () => again((before) => before + 1) };
}

interface Question {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly act: () => void;
}

const asked = signal<Question>();
const dialog = createRef<HTMLDialogElement>();

/** Asks before anything is done that others notice. */
export function ask(question: Question): void {
  asked.value = question;
  dialog.current?.showModal();
}

export const Asking = () => {
  const question = asked.value;
  const done = () => dialog.current?.close();
  return (
    <dialog ref={dialog} id="asking" class="help" aria-labelledby="asking-title">
      <h2 id="asking-title">{question?.title}</h2>
      <p>{question?.text}</p>
      <div class="asking-buttons">
        <Button
          look="primary"
          press={() => {
            done();
            question?.act();
          }}
        >
          {question?.yes}
        </Button>
        <Button press={done}>{words.value.page.cancel}</Button>
      </div>
    </dialog>
  );
};

export const Section = ({ title, children }: { readonly title: ComponentChildren; children: ComponentChildren }) => (
  <section class="part">
    <h2>{title}</h2>
    {children}
  </section>
);
