import type { FunctionComponent } from 'preact';
import { useState } from 'preact/hooks';
import type { InboxMessage } from './message.ts';
import { Moment } from './moment.tsx';

type Reply = NonNullable<InboxMessage['replies']>[number];

interface Drawn {
  readonly body: FunctionComponent<Pick<InboxMessage, 'payload' | 'locale'>>;
  readonly locale: string;
}

function ReplyView({ reply, body: Body, locale }: Drawn & { readonly reply: Reply }) {
  return (
    <li class="reply">
      <div class="sender">
        <strong>autoscale-relay</strong>
        <Moment at={reply.receivedAt} />
        {reply.loud && <span class="sender-badge">in the channel as well</span>}
      </div>
      <Body payload={reply.payload} locale={locale} />
    </li>
  );
}

/** What stands below a message, which a reader opens, as in its chat. It is drawn only then. */
export function Thread({ replies, ...drawn }: Drawn & { readonly replies: readonly Reply[] | undefined }) {
  const [isOpen, setOpen] = useState(false);
  if (replies === undefined || replies.length === 0) return null;
  return (
    <details class="thread" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</summary>
      {isOpen && (
        <ol>
          {replies.map((reply) => (
            <ReplyView key={reply.place.id} reply={reply} {...drawn} />
          ))}
        </ol>
      )}
    </details>
  );
}
