import { useState } from 'preact/hooks';
import { announce } from './state.ts';
import { call, me } from './ui-api.ts';
import { type Brief, type Deliveries, SEVERITIES, type Silence } from './ui-data.ts';
import { fitsWish, MATCH_FIELDS, type MatchField, type Wish } from './ui-match.ts';
import { Outline, refusedText, SeverityMark, Time, Trouble, useAnswer } from './ui-parts.tsx';
import { timeText, words } from './ui-words.ts';

const MINUTES = [15, 30, 60, 120, 240, 480, 1_440, 4_320] as const;

const spanText = (minutes: number): string =>
  minutes < 60 ? words.value.mute.minutes(minutes) : words.value.mute.hours(minutes / 60);

const KINDS = ['scale', 'deployment', 'alert', 'drift', 'artifact', 'custom'];
const OFFERED: Readonly<Partial<Record<MatchField, readonly string[]>>> = { kind: KINDS, severity: SEVERITIES };

interface FieldProps {
  readonly field: MatchField;
  readonly value: string;
  readonly set: (value: string) => void;
}

const Field = ({ field, value, set }: FieldProps) => {
  const offered = OFFERED[field];
  const list = offered && `offered-${field}`;
  return (
    <label class="pick">
      <span>{words.value.mute.fields[field]}</span>
      <input
        {...{ name: field, list, value, maxLength: 300, autocomplete: 'off', spellcheck: false }}
        onInput={({ currentTarget }) => set(currentTarget.value)}
      />
      {offered && (
        <datalist id={list}>
          {offered.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </label>
  );
};

const MOST_SHOWN = 8;

/** What the silence would have kept back of the last day: nobody has to guess. */
function Preview({ wish }: { readonly wish: Wish }) {
  const query = { since: '1d', most: '1000' };
  const { answer, error } = useAnswer((signal) => call<Deliveries>('deliveries', { query, signal }), []);
  const { mute } = words.value;
  if (error !== undefined) return <p class="where">{refusedText(error)}</p>;
  if (answer === undefined) return <p class="where">{words.value.page.loading}</p>;
  const events = new Map(answer.deliveries.map(({ event }) => [event.id, event] as const));
  const kept: readonly Brief[] = [...events.values()].filter((event) => fitsWish(wish, event));
  return (
    <div id="preview" role="status">
      <p>{kept.length === 0 ? mute.previewNone : mute.preview(kept.length, answer.more === true)}</p>
      <ul class="fates">
        {kept.slice(0, MOST_SHOWN).map((event) => (
          <li key={event.id}>
            <Time at={event.occurredAt} /> <SeverityMark severity={event.severity} /> <Outline event={event} />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Draft {
  readonly match: Readonly<Partial<Record<MatchField, string>>>;
  readonly minutes: number;
  readonly reason: string;
  readonly author: string;
}

const wishOf = ({ match }: Draft): Wish =>
  Object.fromEntries(MATCH_FIELDS.flatMap((field) => (match[field]?.trim() ? [[field, match[field].trim()]] : [])));

async function made({ minutes, reason, author }: Draft, match: Wish): Promise<Silence> {
  const body = { match, for: `${minutes}m`, ...(reason && { reason }), ...(author && { author }) };
  return (await call<{ readonly silence: Silence }>('silences', { method: 'POST', body })).silence;
}

const Lines = ({ draft, set }: { readonly draft: Draft; readonly set: (part: Partial<Draft>) => void }) => {
  const { mute } = words.value;
  return (
    <>
      <label class="pick">
        <span>{mute.forHow}</span>
        <select
          name="for"
          value={draft.minutes}
          onInput={({ currentTarget }) => set({ minutes: +currentTarget.value })}
        >
          {MINUTES.map((each) => (
            <option key={each} value={each}>
              {spanText(each)}
            </option>
          ))}
        </select>
      </label>
      <label class="pick find">
        <span>{mute.reason}</span>
        <input
          {...{ name: 'reason', value: draft.reason, maxLength: 300, required: true }}
          onInput={({ currentTarget }) => set({ reason: currentTarget.value })}
        />
      </label>
      <label class="pick">
        <span>{mute.author}</span>
        <input
          {...{ name: 'author', value: draft.author, maxLength: 120, required: true }}
          onInput={({ currentTarget }) => set({ author: currentTarget.value })}
        />
      </label>
    </>
  );
};

/** Makes a silence; `done` when one was made. */
export function SilenceForm({ done }: { readonly done: () => void }) {
  const { mute } = words.value;
  const [draft, setDraft] = useState<Draft>({ match: {}, minutes: 60, reason: '', author: me.value?.by ?? '' });
  const [trouble, setTrouble] = useState<string>();
  const set = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const wish = wishOf(draft);
  const isEmpty = Object.keys(wish).length === 0;
  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isEmpty) return setTrouble(mute.needsField);
    try {
      const { endsAt } = await made(draft, wish);
      announce(mute.made(timeText(endsAt)));
      setTrouble(undefined);
      setDraft({ ...draft, match: {}, reason: '' });
      done();
    } catch (error) {
      setTrouble(refusedText(error));
    }
  };
  return (
    <form class="card-like silence-form" onSubmit={(event) => void send(event)} aria-labelledby="make-title">
      <h2 id="make-title">{mute.make}</h2>
      <p class="hint">{mute.whichHint}</p>
      <fieldset class="fields">
        <legend>{mute.which}</legend>
        {MATCH_FIELDS.map((field) => (
          <Field
            key={field}
            field={field}
            value={draft.match[field] ?? ''}
            set={(value) => set({ match: { ...draft.match, [field]: value } })}
          />
        ))}
      </fieldset>
      <div class="fields">
        <Lines draft={draft} set={set} />
      </div>
      {!isEmpty && <Preview wish={wish} />}
      {trouble && <Trouble text={trouble} />}
      <button class="button primary" type="submit">
        {mute.make}
      </button>
    </form>
  );
}
