interface TabsProps {
  readonly label: string;
  readonly names: readonly string[];
  /** The id of the one panel that they are over. */
  readonly panel: string;
  readonly chosen: number;
  readonly choose: (index: number) => void;
}

export const tabId = (panel: string, index: number): string => `${panel}-${index}`;

/**
 * Tabs over one panel, as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ has them: Tab reaches the chosen one, arrows
 * go to the others.
 */
export function Tabs({ label, names, panel, chosen, choose }: TabsProps) {
  const press = ({ key, currentTarget }: KeyboardEvent & { readonly currentTarget: HTMLElement }): void => {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
    const next = (chosen + (key === 'ArrowRight' ? 1 : -1) + names.length) % names.length;
    currentTarget.parentElement?.querySelectorAll('button')[next]?.focus();
    choose(next);
  };
  return (
    <div class="tabs" role="tablist" aria-label={label}>
      {names.map((name, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={tabId(panel, index)}
          aria-controls={panel}
          aria-selected={index === chosen}
          tabIndex={index === chosen ? 0 : -1}
          onClick={() => choose(index)}
          onKeyDown={press}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
