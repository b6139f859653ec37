export type Scheme = 'light' | 'dark';

interface Palette {
  readonly text: string;
  readonly subtle: string;
  readonly accent: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly line: string;
  readonly fill: Readonly<Record<'default' | 'emphasis' | 'accent' | 'good' | 'attention' | 'warning', string>>;
}

// The words keep a contrast of 4.5 to 1 on every fill of their own scheme.
const PALETTE: Readonly<Record<Scheme, Palette>> = {
  light: {
    text: '#252424',
    subtle: '#505050',
    accent: '#464775',
    good: '#0b5a2b',
    warning: '#744400',
    attention: '#8f1a12',
    line: '#e1e1e1',
    fill: {
      default: '#ffffff',
      emphasis: '#f9f8f7',
      accent: '#C7DEF9',
      good: '#CCFFCC',
      attention: '#FFC5B2',
      warning: '#FFE2B2',
    },
  },
  dark: {
    text: '#ffffff',
    subtle: '#d0d0d0',
    accent: '#b9bcff',
    good: '#9fe3b0',
    warning: '#ffd28a',
    attention: '#ffb4a8',
    line: '#484644',
    fill: {
      default: '#2d2c2c',
      emphasis: '#292828',
      accent: '#153a5f',
      good: '#15432a',
      attention: '#5c2320',
      warning: '#513a0c',
    },
  },
};

// Selawik and Arial are about as wide as Segoe UI, which Teams has; a wider letter would cut what Teams does not.
const SANS = '"Segoe UI", Selawik, -apple-system, "Helvetica Neue", Arial, sans-serif';
const MONO = '"Cascadia Mono", Consolas, "Liberation Mono", Menlo, monospace';

const font = (fontFamily: string): object => ({
  fontFamily,
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
});

const both = (colour: string, subtle = colour): object => ({ default: colour, subtle });

const foreground = ({ text, subtle, accent, good, warning, attention }: Palette): object => ({
  default: both(text, subtle),
  dark: both(text, subtle),
  light: both(text, subtle),
  accent: both(accent),
  good: both(good),
  warning: both(warning),
  attention: both(attention),
});

function containerStyles(palette: Palette): object {
  const foregroundColors = foreground(palette);
  const styles = Object.entries(palette.fill).map(([name, backgroundColor]) => [
    name,
    { backgroundColor, foregroundColors },
  ]);
  return Object.fromEntries(styles);
}

/** How Teams sets its cards, as far as a card of ours can show it. */
export function hostConfig(scheme: Scheme): object {
  const palette = PALETTE[scheme];
  return {
    supportsInteractivity: true,
    fontTypes: { default: font(SANS), monospace: font(MONO) },
    lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
    spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
    separator: { lineThickness: 1, lineColor: palette.line },
    imageSizes: { small: 32, medium: 52, large: 100 },
    containerStyles: containerStyles(palette),
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 12 },
    textStyles: { heading: { size: 'medium', weight: 'bolder' } },
    textBlock: { headingLevel: 3 },
  };
}
