import { useEffect, useState } from 'preact/hooks';
import { call } from './ui-api.ts';
import type { Now, OpenStory, ReceiverNow } from './ui-data.ts';
import { Outline, Reading, refusedText, Section, SeverityMark, StateMark, Time, Trouble, Where } from './ui-parts.tsx';
import { hrefOf } from './ui-route.ts';
import { reasonText, timeText, words } from './ui-words.ts';

const EVERY_MS = 15_000;

interface LastReading {
  readonly now?: Now;
  readonly at?: string;
  readonly error?: unknown;
}

/** Reads every 15 s while somebody can see it, and at once when they come back. */
function useNow(): readonly [LastReading, () => void] {
  const [reading, set] = useState<LastReading>({});
  const [round, again] = useState(0);
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      clearTimeout(timer);
      if (document.hidden || ended.signal.aborted) return;
      await call<Now>('now', { signal: ended.signal }).then(
        (now) => set({ now, at: new Date().toISOString() }),
        (error: unknown) => ended.signal.aborted || set((before) => ({ ...before, error })),
      );
      clearTimeout(timer);
      timer = setTimeout(() => void read(), EVERY_MS);
    };
    const shown = (): void => void read();
    document.addEventListener('visibilitychange', shown);
    void read();
    return () => {
      ended.abort();
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
    };
  }, [round]);
  return [reading, () => again((before) => before + 1)];
}

const Receiver = ({ receiver }: { readonly receiver: ReceiverNow }) => {
  const { now, receiverStates } = words.value;
  const { name, type, state, since, until, reason, parked = 0 } = receiver;
  return (
    <li class="row-card" data-state={state}>
      <p class="line">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        {type && <span class="where">{type}</span>}
        <span class="mark" data-state={state === 'broken' ? 'dead' : 'parked'}>
          {receiverStates[state] ?? state}
        </span>
      </p>
      <p class="line where">
        {since && <span title={since}>{now.since(timeText(since))}</span>}
        {until && <span title={until}>{now.until(timeText(until))}</span>}
        {parked > 0 && <span>{now.waiting(parked)}</span>}
        {reason && <bdi>{reasonText(reason)}</bdi>}
      </p>
    </li>
  );
};

const isWell = ({ state, parked = 0 }: ReceiverNow): boolean => state === 'ok' && parked === 0;

const Receivers = ({ receivers }: { readonly receivers: readonly ReceiverNow[] }) => {
  const ill = receivers.filter((each) => !isWell(each));
  return (
    <>
      {ill.length > 0 && (
        <Section title={words.value.now.trouble}>
          <ul class="rows">
            {ill.map((each) => (
              <Receiver key={each.name} receiver={each} />
            ))}
          </ul>
        </Section>
      )}
      <p class="where well">{words.value.now.wellReceivers(receivers.length - ill.length)}</p>
    </>
  );
};

const TheirState = ({
  of: { receiver, state, updatedAt, until, reason },
}: {
  readonly of: OpenStory['receivers'][number];
}) => (
  <li>
    <bdi>{receiver}</bdi> <StateMark state={state} /> {updatedAt && <Time at={updatedAt} />}
    {until && <span title={until}> {words.value.now.until(timeText(until))}</span>}
    {reason && <bdi class="where"> {reasonText(reason)}</bdi>}
  </li>
);

const Story = ({ story: { event, since, receivers, acknowledged } }: { readonly story: OpenStory }) => {
  const { now } = words.value;
  return (
    <li class="row-card" data-severity={event.severity}>
      <p class="line">
        <SeverityMark severity={event.severity} />
        <a class="title" href={hrefOf('history', { id: event.id })}>
          <Outline event={event} />
        </a>
        <span class="where" title={since}>
          {now.since(timeText(since))}
        </span>
      </p>
      <p class="line">
        <Where event={event} />
      </p>
      {receivers.length === 0 ? (
        <p class="line where">{now.nobody}</p>
      ) : (
        <ul class="fates">
          {receivers.map((each) => (
            <TheirState key={each.receiver} of={each} />
          ))}
        </ul>
      )}
      {acknowledged && (
        <p class="line good" title={acknowledged.at}>
          <bdi>{now.acknowledged(acknowledged.by, timeText(acknowledged.at))}</bdi>
        </p>
      )}
    </li>
  );
};

/** What is open at the moment, and whether those who are to hear of it can. */
export function NowView() {
  const [{ now, at, error }, again] = useNow();
  const { page, now: say } = words.value;
  const trouble = at === undefined ? refusedText(error) : page.cannotRead(timeText(at));
  return (
    <>
      {error !== undefined && <Trouble text={trouble} again={again} />}
      {now === undefined && error === undefined && <Reading />}
      {now && (
        <>
          <Receivers receivers={now.receivers} />
          <Section title={say.stories(now.stories.length)}>
            {now.stories.length === 0 && <p class="nothing">{say.none}</p>}
            <ul class="rows" id="stories">
              {now.stories.map((each) => (
                <Story key={each.event.id} story={each} />
              ))}
            </ul>
          </Section>
        </>
      )}
      {at && <p class="where read-at">{page.readAt(timeText(at))}</p>}
    </>
  );
}
