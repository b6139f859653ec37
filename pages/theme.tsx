import { computed, effect, signal } from '@preact/signals';
import type { Scheme } from './host-config.ts';
import { Icon } from './parts.tsx';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const KEY = 'autoscale-relay.theme';

// A browser may refuse storage; the theme then lasts as long as the page.
function remembered(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';
  } catch {
    return 'system';
  }
}

function remember(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    return;
  }
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const isDark = signal(prefersDark.matches);
prefersDark.addEventListener('change', ({ matches }) => {
  isDark.value = matches;
});

const theme = signal(remembered());

export const scheme = computed<Scheme>(() => {
  if (theme.value !== 'system') return theme.value;
  return isDark.value ? 'dark' : 'light';
});

// The script of a page stands in its head: the chosen theme is there before anything is painted.
effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
});

function choose(chosen: Theme): void {
  theme.value = chosen;
  remember(chosen);
}

interface ThemeWords {
  readonly theme: string;
  readonly themes: Readonly<Record<Theme, string>>;
}

const ENGLISH: ThemeWords = {
  theme: 'Theme',
  themes: { system: 'System theme', light: 'Light theme', dark: 'Dark theme' },
};

export const ThemeSwitch = ({ say = ENGLISH }: { readonly say?: ThemeWords }) => (
  <fieldset id="themes" class="themes switch">
    <legend class="unseen">{say.theme}</legend>
    {THEMES.map((each) => (
      <label key={each} title={say.themes[each]}>
        <input type="radio" name="theme" checked={each === theme.value} onInput={() => choose(each)} />
        <Icon name={each} />
        <span class="unseen">{say.themes[each]}</span>
      </label>
    ))}
  </fieldset>
);
