import type { Filter, Offer } from './filter.ts';

interface ControlProps {
  readonly offer: Offer<string>;
  readonly value: string;
  readonly choose: (event: { readonly currentTarget: { readonly value: string } }) => void;
}

const Switch = ({ offer: { label, part, choices }, value, choose }: ControlProps) => (
  <>
    <legend>{label}</legend>
    <span class="switch">
      {choices.map((each) => (
        <label key={each.value}>
          <input type="radio" name={part} value={each.value} checked={each.value === value} onInput={choose} />
          <span>{each.label}</span>
        </label>
      ))}
    </span>
  </>
);

const List = ({ offer: { part, choices }, value, choose }: ControlProps) => (
  <select name={part} value={value} onInput={choose}>
    {choices.map((each) => (
      <option key={each.value} value={each.value}>
        {each.label}
      </option>
    ))}
  </select>
);

const Find = ({ offer: { part, hint }, value, choose }: ControlProps) => {
  const words = { placeholder: hint, autocomplete: 'off', spellcheck: false } as const;
  return <input type="search" name={part} value={value} onInput={choose} {...words} />;
};

const CONTROL = { switch: Switch, list: List, find: Find } as const;

/** The controls of a filter. */
export function FilterBar<Part extends string>({
  filter,
  hidden,
}: {
  readonly filter: Filter<Part>;
  hidden?: boolean;
}) {
  const chosen = filter.chosen.value;
  return (
    <section id="lens" class="lens" aria-label="What is shown" hidden={hidden}>
      {filter.offers.value.map((offer) => {
        const { part, form, key, label } = offer;
        const Control = CONTROL[form];
        // Radios stand in a group, which has its name in a legend; anything else is in its own label.
        const Box = form === 'switch' ? 'fieldset' : 'label';
        return (
          <Box key={part} class={form === 'find' ? 'pick find' : 'pick'} title={key && `Key: ${key}`}>
            {form !== 'switch' && <span>{label}</span>}
            <Control
              offer={offer}
              value={chosen[part]}
              choose={({ currentTarget }) =>
                filter.choose({ [part]: currentTarget.value } as Partial<Record<Part, string>>)
              }
            />
          </Box>
        );
      })}
    </section>
  );
}
