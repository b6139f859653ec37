import { type Signal, signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { receiverOf } from './inbox-filter.ts';
import { oneLine } from './message.ts';
import { firstOf, MessageList } from './message-list.tsx';
import { Moment } from './moment.tsx';
import { Button } from './parts.tsx';
import type { Row } from './rows.ts';
import { VirtualList } from './virtual-list.tsx';

const ROW_PX = 40;

const SIGN = { critical: '✖', error: '✖', warning: '▲', info: '●' } as const;

/** One event in one line: how bad, what, of what, where, who was told, when. */
function Line({ row }: { readonly row: Row }) {
  const first = firstOf(row);
  const all = Object.values(row.messages);
  const about = all.find((message) => message.about)?.about;
  return (
    <>
      <span class="line-severity" data-severity={about?.severity ?? 'info'}>
        <span aria-hidden="true">{SIGN[about?.severity ?? 'info']}</span> {about?.severity ?? ''}
      </span>
      <strong lang={first?.locale}>{first && oneLine(first)}</strong>
      <span>{about?.resource.name}</span>
      <span>{about?.environment}</span>
      <span>{all.map(receiverOf).join(', ')}</span>
      <Moment at={new Date(row.startedAt).toISOString()} />
    </>
  );
}

/** The key of the row whose cards are shown. */
const opened: Signal<string> = signal('');

export const closeCards = (): boolean => {
  if (opened.value === '') return false;
  opened.value = '';
  document.querySelector<HTMLElement>('.virtual')?.focus();
  return true;
};

interface Props {
  readonly rows: readonly Row[];
  readonly head: FunctionComponent<{ readonly row: Row }>;
}

/** Every event in a line; of one of them, the cards. */
export function InboxList({ rows, head }: Props) {
  const open = rows.find(({ key }) => key === opened.value);
  return (
    <div class="lines" data-open={open ? '' : undefined}>
      <VirtualList
        items={rows}
        label="Messages, newest first"
        rowHeight={ROW_PX}
        idOf={({ key }) => key}
        open={({ key }) => {
          opened.value = key;
        }}
        draw={(row) => <Line row={row} />}
      />
      {open && (
        <section class="opened" aria-label="The message">
          <Button id="close-cards" look="small" press={() => void closeCards()}>
            Close
          </Button>
          <MessageList rows={[open]} head={head} label="The messages of this line" />
        </section>
      )}
    </div>
  );
}
