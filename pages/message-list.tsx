import type { FunctionComponent } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Destination, type InboxMessage, keyOf, NAME, oneLine } from './message.ts';
import { MessageView } from './message-view.tsx';
import type { Row } from './rows.ts';

const SIDES: readonly Destination[] = [
  'slack',
  'teams-bot',
  'teams',
  'slack-app',
  'mattermost',
  'google-chat',
  'pagerduty',
  'email',
  'webhook',
];

/** Those that get every event of a run without receivers of its own. */
const USUAL: readonly Destination[] = ['slack', 'teams'];

export const firstOf = ({ messages }: Row): InboxMessage | undefined =>
  SIDES.map((side) => messages[side]).find((message) => message !== undefined);

/** The sentence that a row's messages say. */
function Title({ row }: { readonly row: Row }) {
  const message = firstOf(row);
  return <h2 lang={message?.locale}>{message && oneLine(message)}</h2>;
}

/**
 * Both chats get every event that comes through a run without receivers of its own; a digest is for one. Where neither has it, nobody
 * waits for it.
 */
function Ghost({ side, row }: { readonly side: Destination; readonly row: Row }) {
  const kind = Object.values(row.messages).find(({ about }) => about)?.about?.kind ?? 'digest';
  const isAwaited = USUAL.includes(side) && USUAL.some((each) => row.messages[each]);
  return (
    <p class="ghost" hidden={!isAwaited || kind === 'digest' || row.isMore}>
      No {NAME[side]} message for this event yet
    </p>
  );
}

interface RowProps {
  readonly row: Row;
  readonly head: FunctionComponent<{ readonly row: Row }>;
  /** Whether it came while somebody looked. */
  readonly isNew: boolean;
}

function RowView({ row, head: Head, isNew }: RowProps) {
  const [wasNew] = useState(isNew);
  const { isMore } = row;
  // Rows are made anew each time, of the same messages. A card takes its time, so it is drawn where its message changed.
  return useMemo(
    () => (
      <li class={wasNew ? 'row is-new' : 'row'}>
        <div class="row-head">
          <Head row={row} />
          <Title row={row} />
        </div>
        <div class="pair">
          {SIDES.map((side) => {
            const message = row.messages[side];
            return (
              <div key={side} class="slot" data-side={side}>
                {message ? <MessageView key={keyOf(message)} message={message} /> : <Ghost side={side} row={row} />}
              </div>
            );
          })}
        </div>
      </li>
    ),
    [...SIDES.map((side) => row.messages[side]), isMore],
  );
}

interface ListProps extends Pick<RowProps, 'head'> {
  readonly rows: readonly Row[];
  readonly label: string;
}

export function MessageList({ rows, head, label }: ListProps) {
  const wasShown = useRef(false);
  useLayoutEffect(() => {
    wasShown.current = true;
  }, []);
  return (
    <ol id="messages" class="messages" aria-label={label}>
      {rows.map((row) => (
        <RowView key={row.key} row={row} head={head} isNew={wasShown.current} />
      ))}
    </ol>
  );
}
