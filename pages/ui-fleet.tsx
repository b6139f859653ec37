import { useEffect, useState } from 'preact/hooks';
import { Button } from './parts.tsx';
import { announce } from './state.ts';
import { call, mayChange } from './ui-api.ts';
import { Choice, Typed } from './ui-filters.tsx';
import { FleetTable } from './ui-fleet-table.tsx';
import { Reading, refusedText, Section, Trouble, useAnswer } from './ui-parts.tsx';
import type { Fleet, ListedSet, SetDays, UnseenScope } from './ui-place-data.ts';
import { refine, route } from './ui-route.ts';
import { reasonText, timeText, words } from './ui-words.ts';

const EVERY_MS = 5_000;
// The longest that a check may take.
const PATIENCE_MS = 600_000;

type Checking = { readonly ranAt: string | undefined; readonly until: number };

/** Has the fleet checked, and looks again until that has come to something. */
function useCheck(fleet: Fleet | undefined, again: () => void) {
  const [checking, setChecking] = useState<Checking>();
  const [said, say] = useState<string>();
  const tell = (text: string): void => {
    say(text);
    announce(text);
  };
  useEffect(() => {
    if (checking === undefined) return undefined;
    const isDone = fleet?.ranAt !== checking.ranAt;
    if (isDone || Date.now() > checking.until) {
      setChecking(undefined);
      tell(isDone ? words.peek().fleet.checked(fleet?.sets.length ?? 0) : words.peek().fleet.slow);
      return undefined;
    }
    const timer = setInterval(() => {
      if (Date.now() > checking.until) setChecking({ ...checking });
      else if (!document.hidden) again();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [checking, fleet?.ranAt]);
  const start = (): void => {
    setChecking({ ranAt: fleet?.ranAt, until: Date.now() + PATIENCE_MS });
    call('drift', { method: 'POST' }).then(
      () => tell(words.peek().fleet.queued),
      (error: unknown) => {
        setChecking(undefined);
        tell(refusedText(error));
      },
    );
  };
  return { isBusy: checking !== undefined, said, start };
}

/** A fleet that the report does not know: why. */
const Unknown = ({ text, hint }: { readonly text: string; readonly hint?: string }) => (
  <div class="nothing">
    <p>{text}</p>
    {hint && <p class="where">{hint}</p>}
  </div>
);

const MOST_NAMED = 20;

const Unseen = ({ scopes }: { readonly scopes: readonly UnseenScope[] }) => {
  const { fleet, now } = words.value;
  return (
    <Section title={fleet.unseen(scopes.length)}>
      <ul class="rows">
        {scopes.slice(0, MOST_NAMED).map(({ id, name, why, since, part }) => (
          <li key={id} class="row-card" data-state="held">
            <p class="line">
              <strong>
                <bdi>{name}</bdi>
              </strong>
              {part && <span class="where">{fleet.part}</span>}
              {why && <bdi class="where">{reasonText(why)}</bdi>}
              <span class="where" title={since}>
                {now.since(timeText(since))}
              </span>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
};

const textOf = ({ name, group, environment, verdict, why, id }: ListedSet): string =>
  [name, group, environment, words.value.fleet.verdicts[verdict] ?? verdict, why, id].join('\n').toLowerCase();

const isWanted = (set: ListedSet, { text = '', environment = '' }: Readonly<Record<string, string>>): boolean =>
  (environment === '' || set.environment === environment) &&
  text
    .toLowerCase()
    .split(/\s+/)
    .every((each) => textOf(set).includes(each));

function Filters({ sets }: { readonly sets: readonly ListedSet[] }) {
  const { fleet, history } = words.value;
  const { text, environment } = route.value.query;
  const known = [...new Set([...sets.map((set) => set.environment), environment])].filter((each) => !!each).sort();
  return (
    <search class="lens ui-lens" aria-label={history.filters}>
      <Typed name="text" label={history.find} hint={fleet.findHint} value={text} />
      <Choice
        name="environment"
        label={history.environment}
        value={environment}
        choices={known.map((each = '') => [each, each])}
      />
    </search>
  );
}

function Sets({ fleet }: { readonly fleet: Fleet }) {
  const { fleet: say, history } = words.value;
  const days = useAnswer(
    (signal) => call<SetDays>('figures', { query: { of: 'set', since: '30d' }, signal }),
    [fleet.ranAt],
  );
  const { query } = route.value;
  const shown = fleet.sets.filter((set) => isWanted(set, query));
  return (
    <>
      <Filters sets={fleet.sets} />
      {days.error !== undefined && <Trouble text={say.noDays} again={days.again} />}
      {shown.length > 0 && <FleetTable sets={shown} figures={days.answer} />}
      {shown.length === 0 && (
        <div class="nothing">
          <p>{say.nothing}</p>
          <Button press={() => refine({ text: undefined, environment: undefined })}>{history.clear}</Button>
        </div>
      )}
    </>
  );
}

function Known({ fleet }: { readonly fleet: Fleet }) {
  const { fleet: say } = words.value;
  const { on, ranAt, sets, unseen = [], blindSince } = fleet;
  if (!on) return <Unknown text={say.off} hint={say.offHint} />;
  if (ranAt === undefined) return <Unknown text={say.unchecked} />;
  return (
    <>
      {blindSince !== undefined && <Trouble text={say.blind(timeText(blindSince))} />}
      <Section title={say.sets(sets.length)}>
        {sets.length === 0 ? <p class="nothing">{say.none}</p> : <Sets fleet={fleet} />}
      </Section>
      {unseen.length > 0 && <Unseen scopes={unseen} />}
    </>
  );
}

/** What of the fleet is off its model, since when, and how it was in the last 30 days. */
export function FleetView() {
  const { answer, error, again } = useAnswer((signal) => call<Fleet>('fleet', { signal }), []);
  const check = useCheck(answer, again);
  const { fleet } = words.value;
  return (
    <>
      {error !== undefined && <Trouble text={refusedText(error)} again={again} />}
      {answer === undefined && error === undefined && <Reading />}
      {answer?.on && (
        <p class="line actions">
          {answer.ranAt && (
            <span class="where" title={answer.ranAt}>
              {fleet.ranAt(timeText(answer.ranAt))}
            </span>
          )}
          {mayChange() && (
            <Button id="check" look="primary" isBusy={check.isBusy} press={() => check.isBusy || check.start()}>
              {fleet.check}
            </Button>
          )}
          {check.said && <output>{check.said}</output>}
        </p>
      )}
      {answer && <Known fleet={answer} />}
    </>
  );
}
