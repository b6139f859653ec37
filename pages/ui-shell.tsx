import type { ComponentType } from 'preact';
import { help, toggleHelp } from './keys.ts';
import { Avatar, Button, Terms } from './parts.tsx';
import { announcement } from './state.ts';
import { ThemeSwitch } from './theme.tsx';
import { mayChange, me, signOut } from './ui-api.ts';
import { Asking } from './ui-parts.tsx';
import { hrefOf, route } from './ui-route.ts';
import { SignIn } from './ui-sign-in.tsx';
import { LANGUAGES, language, speak, words, zoneText } from './ui-words.ts';
import type { ViewName } from './words/words.ts';

/** The pages that there are, in their order. */
export type Views = Readonly<Partial<Record<ViewName, ComponentType>>>;

const viewsOf = (views: Views) => Object.keys(views) as ViewName[];

const Navigation = ({ views }: { readonly views: Views }) => (
  <nav class="ui-views" aria-label={words.value.page.pages}>
    {viewsOf(views).map((name) => (
      <a key={name} href={hrefOf(name)} aria-current={name === route.value.view ? 'page' : undefined}>
        {words.value.views[name]}
      </a>
    ))}
  </nav>
);

const Languages = () => (
  <label class="languages">
    <span class="unseen">{words.value.page.languages}</span>
    <select value={language.value} onInput={({ currentTarget }) => speak(currentTarget.value)}>
      {Object.entries(LANGUAGES).map(([name, { language: own }]) => (
        <option key={name} value={name} lang={name}>
          {own}
        </option>
      ))}
    </select>
  </label>
);

function Reader() {
  const { by, role, via } = me.value ?? { role: 'none' };
  if (role === 'none') return null;
  const { signIn, page } = words.value;
  const name = via === 'key' ? signIn.adminKey : via === 'local' ? signIn.local : by;
  return (
    <>
      <p class="reader" title={role === 'viewer' ? page.viewer : undefined}>
        <bdi>{name}</bdi> · {signIn.roles[role]}
      </p>
      {via !== 'local' && (
        <Button look="small" press={() => void signOut()}>
          {signIn.out}
        </Button>
      )}
    </>
  );
}

function Help({ views }: { readonly views: Views }) {
  const { help: said, page } = words.value;
  const keys = [
    [`1 – ${viewsOf(views).length}`, said.views],
    ['↑ ↓', said.move],
    ['Enter', said.open],
    ['/', said.find],
    ['?', said.help],
    ['Esc', said.close],
  ] as const;
  return (
    <dialog ref={help} id="help" class="help" aria-labelledby="help-title">
      <form method="dialog">
        <h2 id="help-title">{page.keys}</h2>
        <Terms terms={keys.map(([key, does]) => [<kbd key={key}>{key}</kbd>, does])} />
        <button class="button" type="submit" autofocus>
          {page.close}
        </button>
      </form>
    </dialog>
  );
}

function Here({ views }: { readonly views: Views }) {
  if (me.value === undefined) return <p class="progress">{words.value.page.loading}</p>;
  if (me.value.role === 'none') return <SignIn />;
  const View = views[route.value.view as ViewName];
  return (
    <>
      {!mayChange() && <p class="viewer">{words.value.page.viewer}</p>}
      {View === undefined ? <p>{words.value.page.unknownView}</p> : <View />}
      <p class="zone">{words.value.page.timesIn(zoneText())}</p>
    </>
  );
}

export const Shell = ({ views }: { readonly views: Views }) => (
  <>
    <header class="top ui-top">
      <div class="top-inner">
        <div class="brand">
          <Avatar />
          <h1>autoscale-relay</h1>
        </div>
        <div class="tools">
          <Reader />
          <Languages />
          <ThemeSwitch say={words.value.page} />
          <button class="button square" type="button" aria-label={words.value.page.keys} onClick={toggleHelp}>
            ?
          </button>
        </div>
      </div>
      {me.value !== undefined && me.value.role !== 'none' && <Navigation views={views} />}
    </header>
    <main id="main">
      <Here views={views} />
    </main>
    <p class="unseen" role="status" aria-live="polite">
      <span key={announcement.value.count}>{announcement.value.text}</span>
    </p>
    <Help views={views} />
    <Asking />
  </>
);
