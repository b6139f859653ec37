import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { announce } from './state.ts';

const DRAWING = {
  relay: 'M6 18v-4M12 18v-8M18 18V6',
  slack: 'M10 4 8 20M16 4l-2 16M4.500 9h16M3.500 15h16',
  'slack-app': 'M10 4 8 20M16 4l-2 16M4.500 9h16M3.500 15h16',
  teams: 'M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12.500h5',
  'teams-bot': 'M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12.500h5',
  'google-chat': 'M5 4h14v12h-6l-4 4v-4H5zM9 9h6M9 12h4',
  pagerduty: 'M12 3a6 6 0 0 0-6 6v5l-2 3h16l-2-3V9a6 6 0 0 0-6-6M10 20h4',
  webhook: 'm8 7-5 5 5 5m8-10 5 5-5 5M13.500 5l-3 14',
  check: 'm5 12.500 4.500 4.500L19 7.500',
  cross: 'm6.500 6.500 11 11m0-11-11 11',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  send: 'm4 12 16-8-5 16-3.500-6.500zM11.500 13.500 20 4',
  system: 'M3 5h18v11H3zM9 20h6M12 16v4',
  light:
    'M8 12a4 4 0 1 0 8 0 4 4 0 1 0-8 0M12 3v1m0 16v1M3 12h1m16 0h1M5.600 5.600l.7.7m11.400 11.400.7.7m0-12.800-.7.7M6.300 17.700l-.7.7',
  dark: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z',
} as const;

export const Icon = ({ name }: { readonly name: keyof typeof DRAWING }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={DRAWING[name]} />
  </svg>
);

/** The relay's own picture. */
export const Avatar = () => (
  <span class="avatar">
    <Icon name="relay" />
  </span>
);

const SAFE = /^(?:https?:\/\/|mailto:)/i;

interface LinkProps {
  readonly url: string;
  readonly class?: string;
  readonly title?: string | undefined;
  readonly children: ComponentChildren;
}

/** A link that leaves the page, or the bare label when its address is not one a reader may follow. */
export function Link({ url, children, class: look, title }: LinkProps) {
  if (!SAFE.test(url)) return <span>{children}</span>;
  return (
    <a class={look} title={title} aria-label={title} href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

interface ButtonProps {
  readonly id?: string;
  readonly look?: string;
  readonly title?: string;
  readonly isBusy?: boolean;
  readonly press: () => void;
  readonly children: ComponentChildren;
}

export const Button = ({ look = '', isBusy, press, children, ...rest }: ButtonProps) => (
  <button {...rest} class={`button ${look}`} type="button" aria-busy={isBusy} onClick={() => press()}>
    {children}
  </button>
);

/** A button that copies a text; `what` names that for screen readers. */
export function CopyButton({ label = 'Copy', what, text }: { label?: string; what: string; text: () => string }) {
  const [done, setDone] = useState<string>();
  const copy = async (): Promise<void> => {
    const said = await navigator.clipboard.writeText(text()).then(
      () => 'Copied',
      () => 'Copy failed',
    );
    setDone(said);
    announce(`${said}: ${what}`);
    setTimeout(() => setDone(undefined), 1600);
  };
  return (
    <Button look="small" title={`Copy ${what}`} press={() => void copy()}>
      <Icon name="copy" />
      <span>{done ?? label}</span>
    </Button>
  );
}

/** A line breaks between words, and not after the hyphens of an option. */
const words = (text: string): ComponentChildren =>
  text.split(/(?<=\s)/).map((word, at) => (
    <span key={at} class="word">
      {word}
    </span>
  ));

/** A command to be run elsewhere, with a button that copies it. */
export const Command = ({ id, text, what = 'the command' }: { readonly id: string; text: string; what?: string }) => (
  <>
    <pre id={id}>{words(text)}</pre>
    <CopyButton what={what} text={() => text} />
  </>
);

/** What is too long for its place. A keyboard has to reach it. */
export const Scroll = ({ id, label, text }: { readonly id?: string; label: string; text: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to have the focus.
  <section id={id} class="scroll" tabIndex={0} aria-label={label}>
    <pre>{words(text)}</pre>
  </section>
);

/** Names with what is known of them, where it is. */
export const Terms = ({ terms, ...rest }: { readonly terms: readonly Term[]; class?: string; lang?: string }) => (
  <dl {...rest}>
    {terms.map(
      ([name, value]) =>
        value && (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
    )}
  </dl>
);

export type Term = readonly [name: ComponentChildren, value: ComponentChildren];

/** A part this page cannot draw is named in its place: a gap would look like a message without it. */
export function Unknown({ as: Tag = 'div', what, type }: { as?: 'div' | 'span'; what: string; type: unknown }) {
  const name = typeof type === 'string' ? type : 'without a type';
  return <Tag class="unknown">{`${what} “${name}” is not drawn here`}</Tag>;
}

export const counted = (amount: number, word: string): string =>
  `${amount.toLocaleString('en')} ${word}${amount === 1 ? '' : 's'}`;
