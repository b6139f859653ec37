import { useState } from 'preact/hooks';
import { Button } from './parts.tsx';
import { announce } from './state.ts';
import { call, mayChange } from './ui-api.ts';
import type { DeadLetters, Delivery, Replayed } from './ui-data.ts';
import { ask, Outline, Reading, refusedText, SeverityMark, Time, Trouble, useAnswer, Where } from './ui-parts.tsx';
import { hrefOf } from './ui-route.ts';
import { reasonText, words } from './ui-words.ts';
import type { PageWords } from './words/words.ts';

type Advice = keyof PageWords['dead']['advice'];

const ADVICE: Readonly<Record<string, Advice>> = {
  'no-such-receiver': 'receiver',
  'unexpected-answer': 'answer',
  connection: 'answer',
  timeout: 'slow',
  'rate-limited': 'slow',
  'failing-for-a-day': 'slow',
  'failed-too-often': 'storage',
  'never-begun': 'storage',
};

const adviceFor = ({ reason = '', attempts }: Delivery): Advice =>
  ADVICE[reason] ?? (attempts.at(-1)?.outcome === 'refused' ? 'refused' : 'other');

const keyOf = ({ receiver, event }: Delivery): string => `${receiver} ${event.id}`;

/** Sends each again, one after the other; resolves with what came of it, by its key. */
async function replayAll(rows: readonly Delivery[], tell: (key: string, outcome: string) => void): Promise<number> {
  let queued = 0;
  for (const row of rows) {
    const body = { id: row.event.id, receiver: row.receiver };
    const { replayed } = await call<Replayed>('replay', { method: 'POST', body }).catch(() => ({ replayed: [] }));
    const outcome = replayed.find(({ eventId }) => eventId === row.event.id)?.outcome ?? 'failed';
    if (outcome === 'queued') queued += 1;
    tell(keyOf(row), outcome);
  }
  return queued;
}

interface LetterProps {
  readonly row: Delivery;
  readonly outcome: string | undefined;
  readonly isChosen: boolean;
  readonly choose: (isChosen: boolean) => void;
}

const Letter = ({ row, outcome, isChosen, choose }: LetterProps) => {
  const { dead } = words.value;
  const { event, receiver, reason = '?', updatedAt } = row;
  return (
    <li class="row-card letter">
      {mayChange() && (
        <input
          type="checkbox"
          aria-label={dead.select(`${event.subject} (${receiver})`)}
          checked={isChosen}
          onInput={({ currentTarget }) => choose(currentTarget.checked)}
        />
      )}
      <div>
        <p class="line">
          <SeverityMark severity={event.severity} />
          <a class="title" href={hrefOf('history', { id: event.id })}>
            <Outline event={event} />
          </a>
          <bdi>{receiver}</bdi> <Time at={updatedAt} />
          {outcome && <strong>{dead.outcomes[outcome] ?? outcome}</strong>}
        </p>
        <p class="line">
          <Where event={event} />
        </p>
        <p class="line bad">
          <bdi>{reasonText(reason)}</bdi>
        </p>
        <p class="line where">
          {dead.toDo}: {dead.advice[adviceFor(row)]}
        </p>
      </div>
    </li>
  );
};

const withKey = (chosen: ReadonlySet<string>, key: string, isChosen: boolean): ReadonlySet<string> =>
  new Set(isChosen ? [...chosen, key] : [...chosen].filter((each) => each !== key));

function Chooser({ rows }: { readonly rows: readonly Delivery[] }) {
  const { dead } = words.value;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [outcomes, setOutcomes] = useState<Readonly<Record<string, string>>>({});
  const [said, say] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const wanted = rows.filter((row) => chosen.has(keyOf(row)));
  const send = async (): Promise<void> => {
    setBusy(true);
    const queued = await replayAll(wanted, (key, outcome) => setOutcomes((before) => ({ ...before, [key]: outcome })));
    setBusy(false);
    setChosen(new Set());
    const text = words.value.dead.done(queued, wanted.length - queued);
    say(text);
    announce(text);
  };
  const question = { title: dead.ask(wanted.length), text: dead.askWhat, yes: dead.replay(wanted.length) };
  return (
    <>
      {mayChange() && rows.length > 0 && (
        <p class="line actions">
          <label>
            <input
              type="checkbox"
              checked={wanted.length === rows.length}
              onInput={({ currentTarget }) => setChosen(new Set(currentTarget.checked ? rows.map(keyOf) : []))}
            />{' '}
            {dead.selectAll}
          </label>
          {wanted.length > 0 && (
            <Button
              id="replay"
              look="primary"
              isBusy={isBusy}
              press={() => ask({ ...question, act: () => void send() })}
            >
              {dead.replay(wanted.length)}
            </Button>
          )}
          {said && <output>{said}</output>}
        </p>
      )}
      <ul class="rows" id="letters">
        {rows.map((row) => (
          <Letter
            key={keyOf(row)}
            row={row}
            outcome={outcomes[keyOf(row)]}
            isChosen={chosen.has(keyOf(row))}
            choose={(isChosen) => setChosen(withKey(chosen, keyOf(row), isChosen))}
          />
        ))}
      </ul>
    </>
  );
}

// More than anybody reads at once; the command line replays any number.
const MOST = '200';

/** What was given up, why, what to do about it, and sending it again. */
export function DeadLettersView() {
  const { answer, error, again } = useAnswer(
    (signal) => call<DeadLetters>('dead-letters', { query: { most: MOST }, signal }),
    [],
  );
  const { dead } = words.value;
  if (error !== undefined) return <Trouble text={refusedText(error)} again={again} />;
  if (answer === undefined) return <Reading />;
  const { deliveries, unread = [], more } = answer;
  return (
    <section class="part">
      <h2>{dead.count(deliveries.length)}</h2>
      {deliveries.length === 0 && <p class="nothing">{dead.none}</p>}
      {more && <p class="where">{dead.older}</p>}
      <Chooser rows={deliveries} />
      {unread.length > 0 && <h2>{dead.unread(unread.length)}</h2>}
      {unread.map((each) => (
        <pre class="unread">{JSON.stringify(each).slice(0, 300)}</pre>
      ))}
    </section>
  );
}
