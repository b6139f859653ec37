import type { EventOf } from '../../event/event.ts';
import type { Severity } from '../../event/fields.ts';

type Level = EventOf<'alert'>['level'];

// There is no standard; these are the words in wide use.
const WORDS: Readonly<Record<Severity, string>> = {
  critical: 'critical crit fatal emergency disaster page p1 sev0',
  error: 'error err major high severe p2 sev1',
  warning: 'warning warn minor medium moderate average p3 sev2',
  info: 'info information informational notice low none debug ok p4 p5 sev3 sev4',
};

const SEVERITIES: ReadonlyMap<string, Severity> = new Map(
  (['critical', 'error', 'warning', 'info'] as const).flatMap((severity) =>
    WORDS[severity].split(' ').map((word) => [word, severity] as const),
  ),
);

const LEVELS: Readonly<Record<Severity, Level>> = { critical: 'Sev0', error: 'Sev1', warning: 'Sev2', info: 'Sev4' };

const LABELS = ['severity', 'level', 'priority'];

/** How bad an alert is by its labels; a warning where they do not say it in a known word. */
export function levelOf(labels: ReadonlyMap<string, string>): { severity: Severity; level?: Level; label?: string } {
  for (const label of LABELS) {
    const severity = SEVERITIES.get(labels.get(label)?.toLowerCase() ?? '');
    if (severity !== undefined) return { severity, level: LEVELS[severity], label };
  }
  return { severity: 'warning' };
}
