/** The short names our messages use, and a few a vendor's text is likely to bring. */
const EMOJI: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  rotating_light: '🚨',
  chart_with_upwards_trend: '📈',
  chart_with_downwards_trend: '📉',
  bar_chart: '📊',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  mag: '🔍',
  red_circle: '🔴',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  large_purple_circle: '🟣',
  white_circle: '⚪',
  black_square_for_stop: '⏹️',
  double_vertical_bar: '⏸️',
  information_source: 'ℹ️',
  rocket: '🚀',
  bell: '🔔',
  no_bell: '🔕',
  repeat: '🔁',
  arrows_counterclockwise: '🔄',
  wrench: '🔧',
  lock: '🔒',
  fire: '🔥',
  tada: '🎉',
  eyes: '👀',
  question: '❓',
  wave: '👋',
};

const fromCodePoints = (unicode: string): string | undefined => {
  const points = unicode.split('-').map((point) => Number.parseInt(point, 16));
  return points.every((point) => point > 0 && point <= 0x10ffff) ? String.fromCodePoint(...points) : undefined;
};

export const emojiOf = (name: string, unicode = ''): string =>
  (unicode === '' ? undefined : fromCodePoints(unicode)) ?? EMOJI[name] ?? `:${name}:`;
