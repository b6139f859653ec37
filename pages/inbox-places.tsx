import { useState } from 'preact/hooks';
import { Avatar, Button, Command, CopyButton, Icon, Scroll } from './parts.tsx';
import { curlCommand, receiversHere, sendSample } from './sample.ts';
import { problem } from './state.ts';

export function SendButton({ id, look = '' }: { readonly id: string; readonly look?: string }) {
  const [isBusy, setBusy] = useState(false);
  const send = async (): Promise<void> => {
    setBusy(true);
    problem.value = await sendSample();
    setBusy(false);
  };
  return (
    <Button id={id} look={`primary ${look}`} isBusy={isBusy} press={() => void send()}>
      <Icon name="send" />
      Send a test scale-out
    </Button>
  );
}

const Way = () => (
  <p class="way" aria-hidden="true">
    <span class="stop">Azure autoscale</span>
    <span class="hop" />
    <Avatar />
    <span class="hop" />
    <span class="stop">
      <Icon name="slack" />
      Slack
    </span>
    <span class="stop">
      <Icon name="teams" />
      Teams
    </span>
  </p>
);

/** What a newcomer does while nothing has come. */
export function Waiting() {
  const command = curlCommand(location.origin);
  return (
    <section id="waiting" class="waiting" aria-labelledby="waiting-title">
      <div class="waiting-head">
        <Way />
        <h2 id="waiting-title">Nothing has scaled yet</h2>
        <p>
          Post an Azure autoscale webhook to this relay, and the Slack and Teams messages it makes appear here at once,
          side by side.
        </p>
        <SendButton id="send-first" look="large" />
      </div>
      <div class="terminal">
        <div class="terminal-head">
          <span>or from a terminal</span>
          <CopyButton what="the command" text={() => command} />
        </div>
        <Scroll id="curl" label="Command that posts a webhook" text={command} />
      </div>
    </section>
  );
}

/** That messages are sent to other addresses than this page's, and how they come here. */
export const Elsewhere = ({ names, isAll }: { readonly names: readonly string[]; readonly isAll: boolean }) => (
  <section id="elsewhere" class="card-like" aria-labelledby="elsewhere-title">
    <h2 id="elsewhere-title">{isAll ? 'Your' : 'Some of your'} messages go elsewhere</h2>
    <p>
      What these receivers get does not appear here: <strong id="receivers">{names.join(', ')}</strong>. The relay posts
      it to their own addresses, and a test scale-out too, where a route leads to them.
    </p>
    <p>
      To try a <code>relay.yaml</code> on this page, give its receivers these addresses, and start the relay again.
      Nobody answers at the last one, to rehearse a dead letter and its fallback.
    </p>
    <div class="commands wide">
      <Command id="try-here" text={receiversHere(location.origin)} what="the receivers" />
    </div>
  </section>
);
