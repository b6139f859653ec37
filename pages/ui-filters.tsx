import { useEffect, useRef, useState } from 'preact/hooks';
import { type Delivery, SEVERITIES, STATES } from './ui-data.ts';
import type { Filters } from './ui-reader.ts';
import { refine } from './ui-route.ts';
import { severityText, stateText, words } from './ui-words.ts';

// So long after the last letter, somebody has typed what they look for.
const TYPED_MS = 300;

interface FieldProps {
  readonly name: keyof Filters;
  readonly label: string;
  readonly value: string | undefined;
  readonly hint?: string;
  readonly choices?: readonly (readonly [value: string, label: string])[];
  /** What has been seen so far: any other can be typed. */
  readonly known?: readonly string[];
}

export const Choice = ({ name, label, value = '', choices = [] }: FieldProps) => (
  <label class="pick">
    <span>{label}</span>
    <select name={name} value={value} onInput={({ currentTarget }) => refine({ [name]: currentTarget.value })}>
      <option value="">{words.value.history.all}</option>
      {choices.map(([each, said]) => (
        <option key={each} value={each}>
          {said}
        </option>
      ))}
    </select>
  </label>
);

export function Typed({ name, label, value = '', hint, known }: FieldProps) {
  const [text, setText] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => setText(value), [value]);
  const type = (typed: string): void => {
    setText(typed);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => refine({ [name]: typed.trim() }), TYPED_MS);
  };
  const list = known && `known-${name}`;
  return (
    <label class={name === 'text' ? 'pick find' : 'pick'}>
      <span>{label}</span>
      <input
        type="search"
        id={name === 'text' ? 'find' : undefined}
        {...{ name, list, placeholder: hint, autocomplete: 'off', spellcheck: false, maxLength: 200 }}
        value={text}
        onInput={({ currentTarget }) => type(currentTarget.value)}
      />
      {known && (
        <datalist id={list}>
          {known.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </label>
  );
}

const MOST_KNOWN = 50;
const LOOKED_AT = 1_000;

const seen = (rows: readonly Delivery[], read: (row: Delivery) => string | undefined): readonly string[] =>
  [...new Set(rows.slice(0, LOOKED_AT).flatMap((row) => read(row) ?? []))].sort().slice(0, MOST_KNOWN);

/** How the history is narrowed down. The address keeps it. */
export function FilterForm({ filters, rows }: { readonly filters: Filters; readonly rows: readonly Delivery[] }) {
  const { history } = words.value;
  const of = (name: keyof Filters) => ({ name, value: filters[name] });
  return (
    <search class="lens ui-lens" aria-label={history.filters}>
      <Typed {...of('text')} label={history.find} hint={history.findHint} />
      <Typed {...of('receiver')} label={history.receiver} known={seen(rows, ({ receiver }) => receiver)} />
      <Typed {...of('source')} label={history.source} known={seen(rows, ({ event }) => event.source)} />
      <Typed {...of('resource')} label={history.resource} known={seen(rows, ({ event }) => event.resource)} />
      <Typed {...of('environment')} label={history.environment} known={seen(rows, ({ event }) => event.environment)} />
      <Choice
        {...of('severity')}
        label={history.severity}
        choices={SEVERITIES.map((each) => [each, severityText(each)])}
      />
      <Choice {...of('state')} label={history.outcome} choices={STATES.map((each) => [each, stateText(each)])} />
    </search>
  );
}
