import type { ComponentChildren } from 'preact';
import { help, toggleHelp } from './keys.ts';
import { Avatar, Button, Icon, Terms } from './parts.tsx';
import { announcement, type Connection, connection, problem } from './state.ts';
import { ThemeSwitch } from './theme.tsx';

const SAID: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
};

export const ConnectionState = () => (
  <>
    <span id="connection" class="dot" data-state={connection.value} />
    <span id="connection-text" role="status">
      {SAID[connection.value]}
    </span>
  </>
);

const dismiss = (): void => {
  problem.value = undefined;
};

export const Problem = () => (
  <div id="problem" class="problem" role="alert" hidden={problem.value === undefined}>
    <Icon name="cross" />
    <p>{problem.value}</p>
    <Button look="small" press={dismiss}>
      Dismiss
    </Button>
  </div>
);

const PLACES = { Inbox: '/', Fleet: '/fleet', Team: '/api/ui' };

export const Places = ({ here }: { readonly here: keyof typeof PLACES }) => (
  <nav class="places switch" aria-label="Pages">
    {Object.entries(PLACES).map(([name, path]) => (
      <a key={name} href={path} aria-current={name === here ? 'page' : undefined}>
        {name}
      </a>
    ))}
  </nav>
);

const HELP = 'Keyboard shortcuts';

type Keys = readonly (readonly [keys: string, does: string])[];

const EVERYWHERE: Keys = [
  ['?', 'Show or hide these keys'],
  ['Esc', 'Close'],
];

const drawKeys = (keys: string) => keys.split(' ').flatMap((key) => [<kbd key={key}>{key}</kbd>, ' ']);

const Help = ({ keys }: { readonly keys: Keys }) => (
  <dialog ref={help} id="help" class="help" aria-labelledby="help-title">
    <form method="dialog">
      <h2 id="help-title">{HELP}</h2>
      <Terms terms={[...keys, ...EVERYWHERE].map(([pressed, does]) => [drawKeys(pressed), does])} />
      <button class="button" type="submit" autofocus>
        Close
      </button>
    </form>
  </dialog>
);

interface FrameProps {
  readonly name: string;
  readonly status: ComponentChildren;
  readonly tools?: ComponentChildren;
  readonly filter: ComponentChildren;
  readonly keys: Keys;
  readonly children: ComponentChildren;
}

/** What the pages have in common: the head with its tools, the help, and what a screen reader says. */
export const Frame = ({ name, status, tools, filter, keys, children }: FrameProps) => (
  <>
    <header class="top">
      <div class="top-inner">
        <div class="brand">
          <Avatar />
          <div>
            <h1>
              autoscale-relay <span>{name}</span>
            </h1>
            <p class="status">{status}</p>
          </div>
        </div>
        <div class="tools">
          {tools}
          <ThemeSwitch />
          <button class="button square" type="button" aria-label={HELP} title={`${HELP} (?)`} onClick={toggleHelp}>
            ?
          </button>
        </div>
      </div>
      {filter}
    </header>
    <main>{children}</main>
    <p id="announcer" class="unseen" role="status" aria-live="polite">
      <span key={announcement.value.count}>{announcement.value.text}</span>
    </p>
    <Help keys={keys} />
  </>
);
