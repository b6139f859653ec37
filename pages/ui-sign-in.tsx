import { useState } from 'preact/hooks';
import { Button } from './parts.tsx';
import { begin, me, refusal, signIn } from './ui-api.ts';
import { Trouble } from './ui-parts.tsx';
import { words } from './ui-words.ts';

// Where to sign in is the relay's word; a script is no place.
const isAddress = (url: string | undefined): url is string =>
  url !== undefined && /^(?:https:\/\/|\/(?![/\\]))/.test(url);

function KeyForm() {
  const [isBusy, setBusy] = useState(false);
  const { key, keyHint, enter } = words.value.signIn;
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('key');
    if (!(field instanceof HTMLInputElement) || field.value.trim() === '') return;
    setBusy(true);
    await signIn(field.value.trim());
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <label>
        <span>{key}</span>
        <input type="password" name="key" autocomplete="off" aria-describedby="key-hint" required />
      </label>
      <p id="key-hint" class="hint">
        {keyHint}
      </p>
      <button class="button" type="submit" aria-busy={isBusy}>
        {enter}
      </button>
    </form>
  );
}

/** What whoever has no role sees. */
export function SignIn() {
  const { title, microsoft, noRole, wrong } = words.value.signIn;
  const { signIn: address, by } = me.value ?? {};
  return (
    <section class="card-like sign-in" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">{title}</h2>
      {refusal.value === 'wrong-key' && <Trouble text={wrong} />}
      {refusal.value === 'no-answer' && <Trouble text={words.value.page.noAnswer} again={() => void begin()} />}
      {by && <p>{noRole(by)}</p>}
      {isAddress(address) && (
        <Button look="primary large" press={() => location.assign(address)}>
          {microsoft}
        </Button>
      )}
      <KeyForm />
    </section>
  );
}
