import type { Scheme } from './host-config.ts';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const KEY = 'autoscale-relay.theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

const themeOf = (value: unknown): Theme => THEMES.find((theme) => theme === value) ?? 'system';

// A browser may refuse storage; the theme then lasts as long as the page.
function remembered(): Theme {
  try {
    return themeOf(localStorage.getItem(KEY));
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

export function applyTheme(theme: Theme = remembered()): void {
  document.documentElement.dataset['theme'] = theme;
}

export function scheme(): Scheme {
  const theme = themeOf(document.documentElement.dataset['theme']);
  if (theme !== 'system') return theme;
  return prefersDark.matches ? 'dark' : 'light';
}

export function startThemeSwitch(group: HTMLElement, changed: () => void): void {
  for (const input of group.querySelectorAll('input')) {
    input.checked = input.value === remembered();
    input.addEventListener('change', () => {
      applyTheme(themeOf(input.value));
      remember(themeOf(input.value));
      changed();
    });
  }
  prefersDark.addEventListener('change', changed);
}
