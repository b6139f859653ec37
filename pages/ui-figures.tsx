import { useState } from 'preact/hooks';
import { Button } from './parts.tsx';
import { call, download } from './ui-api.ts';
import {
  type Choice,
  capacityOf,
  choicesOf,
  drawnDays,
  type Figures,
  lastSteps,
  perDay,
  rowsOf,
  THINGS,
} from './ui-figures-data.ts';
import { Reading, refusedText, Section, Trouble, useAnswer } from './ui-parts.tsx';
import { DayOfSteps, Picture } from './ui-picture.tsx';
import { CountedUntil, LastWeek } from './ui-review.tsx';
import { refine, route } from './ui-route.ts';
import { words } from './ui-words.ts';
import type { Thing } from './words/figures-words.ts';

const SINCE = '30d';

const figuresOf = (of: Thing, signal: AbortSignal) => call<Figures>('figures', { query: { since: SINCE, of }, signal });

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, label: string])[];
  readonly pick: (value: string) => void;
}

const Pick = ({ label, value, choices, pick }: PickProps) => (
  <label class="pick">
    <span>{label}</span>
    <select value={value} onInput={({ currentTarget }) => pick(currentTarget.value)}>
      {choices.map(([each, said]) => (
        <option key={each} value={each}>
          {said}
        </option>
      ))}
    </select>
  </label>
);

function Week() {
  const { query } = route.value;
  const { figures, history } = words.value;
  const environment = query['environment'];
  const { answer } = useAnswer((signal) => figuresOf('environment', signal), []);
  const known = choicesOf(answer?.days ?? []).map(({ name }) => name);
  // What the address asks for can be chosen, whether it was counted or not.
  const names = [...new Set([...known, ...(environment ? [environment] : [])])].sort();
  return (
    <Section title={figures.week}>
      {names.length > 0 && (
        <div class="lens figures-lens">
          <Pick
            label={history.environment}
            value={environment ?? ''}
            choices={[['', history.all], ...names.map((each) => [each, each] as const)]}
            pick={(value) => refine({ environment: value })}
          />
        </div>
      )}
      <LastWeek key={environment} environment={environment} />
    </Section>
  );
}

/** Two things of one name are told apart by where they are. */
const labelOf = ({ name, environment }: Choice, all: readonly Choice[]): string =>
  environment && all.filter((each) => each.name === name).length > 1 ? `${name} (${environment})` : name;

const Csv = ({ of, name }: { readonly of: Thing; readonly name: string }) => {
  const [error, fail] = useState<unknown>();
  const save = (): void => {
    fail(undefined);
    download('figures', { since: SINCE, of, name, format: 'csv' }, 'figures.csv').catch(fail);
  };
  return (
    <>
      <p class="line">
        <Button look="small" press={save}>
          {words.value.figures.csv}
        </Button>
      </p>
      {error !== undefined && <Trouble text={refusedText(error)} />}
    </>
  );
};

function Drawings({ of, name, figures }: { readonly of: Thing; readonly name: string; readonly figures: Figures }) {
  const days = drawnDays(figures);
  const rows = rowsOf(figures.days, name);
  const capacity = of === 'set' ? capacityOf(rows, days) : undefined;
  const steps = of === 'set' ? lastSteps(rows) : undefined;
  const charts = [...(capacity ? [capacity] : []), ...perDay(rows, days)];
  if (charts.length === 0) return <p class="nothing">{words.value.figures.noDays}</p>;
  return (
    <div class="pictures" id="pictures">
      {charts.map((chart) => (
        <Picture key={chart.title} chart={chart} />
      ))}
      {steps && <DayOfSteps {...steps} />}
    </div>
  );
}

function Days() {
  const { query } = route.value;
  const { figures } = words.value;
  const of = THINGS.find((each) => each === query['of']) ?? 'all';
  const { answer, error, again } = useAnswer(async (signal) => ({ of, figures: await figuresOf(of, signal) }), [of]);
  // An answer to what was asked before names other things.
  const found = answer?.of === of ? answer.figures : undefined;
  const choices = found ? choicesOf(found.days) : [];
  const name = (choices.find(({ key }) => key === query['name']) ?? choices[0])?.key ?? '';
  return (
    <Section title={figures.days}>
      <div class="lens figures-lens">
        <Pick
          label={figures.what}
          value={of}
          choices={THINGS.map((each) => [each, figures.things[each]])}
          pick={(value) => refine({ of: value, name: undefined })}
        />
        {of !== 'all' && choices.length > 0 && (
          <Pick
            label={figures.name}
            value={name}
            choices={choices.map((each) => [each.key, labelOf(each, choices)])}
            pick={(value) => refine({ name: value })}
          />
        )}
      </div>
      {error !== undefined && <Trouble text={refusedText(error)} again={again} />}
      {found === undefined && error === undefined && <Reading />}
      {found && (
        <>
          <CountedUntil at={found.countedUntil} />
          {choices.length > 0 && <Csv of={of} name={name} />}
          <Drawings of={of} name={name} figures={found} />
        </>
      )}
    </Section>
  );
}

/** What the last week was like, and what each of the last days came to. */
export const FiguresView = () => (
  <>
    <Week />
    <Days />
  </>
);
