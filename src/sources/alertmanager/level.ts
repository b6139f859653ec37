import type { EventOf } from '../../event/event.ts';
import { levels, type Severity } from '../../event/fields.ts';

type Level = EventOf<'alert'>['level'];

// There is no standard; these are the words in wide use.
const WORDS: Readonly<Record<Severity, string>> = {
  critical: 'critical crit fatal emergency disaster blocker page p0 p1 sev0',
  error: 'error err major high severe urgent p2 sev1',
  warning: 'warning warn minor medium moderate average p3 sev2',
  info: 'info information informational notice low none debug ok p4 p5 sev3 sev4 sev5',
};

const SEVERITIES: ReadonlyMap<string, Severity> = new Map(
  (['critical', 'error', 'warning', 'info'] as const).flatMap((severity) =>
    WORDS[severity].split(' ').map((word) => [word, severity] as const),
  ),
);

const LEVELS: Readonly<Record<Severity, Level>> = { critical: 'Sev0', error: 'Sev1', warning: 'Sev2', info: 'Sev4' };

const LABELS = ['severity', 'level', 'priority'];

/** "SEV-1", "Sev 1", "S1" and "sev1" are one word. */
const wordOf = (said = ''): string =>
  said
    .trim()
    .toLowerCase()
    .replace(/^(?:s|sev|severity)[-_ ]?(\d)$/, 'sev$1')
    .replace(/^(?:p|prio|priority)[-_ ]?(\d)$/, 'p$1');

/** Of a level of Azure Monitor, that level; of other words, the one that is as severe. */
const levelIn = (word: string, severity: Severity): Level =>
  levels.find((level) => level.toLowerCase() === word) ?? LEVELS[severity];

/** How bad an alert is by its labels; a warning where they do not say it in a known word. */
export function levelOf(labels: ReadonlyMap<string, string>): { severity: Severity; level?: Level; label?: string } {
  for (const label of LABELS) {
    const word = wordOf(labels.get(label));
    const severity = SEVERITIES.get(word);
    if (severity !== undefined) return { severity, level: levelIn(word, severity), label };
  }
  return { severity: 'warning' };
}
