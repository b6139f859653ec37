import type { Step } from '../event/trail.ts';
import { figured, stateWord } from '../locales/parts.ts';
import type { Fact, Voice } from './slots.ts';
import { BUDGET } from './trim.ts';

/**
 * The steps of a conversation in one line: "Deployment started 41 → Scaled out 3 → 6 → Deployment succeeded 41 (14 min)". None
 * where there is only one, which the message itself tells.
 */
export function trailFact(steps: readonly Step[], { say }: Pick<Voice, 'say'>): Fact[] {
  const said = steps.map((each) => stepText(each, say)).filter((text, at, all) => text !== all[at - 1]);
  return said.length < 2 ? [] : [{ label: say.label.trail, value: inOneLine(said) }];
}

// A step does not break within: its own arrow would read as one between two.
function stepText({ kind, state, figure, seconds }: Step, say: Voice['say']): string {
  const words = [stateWord(kind, state, say.state), figured(figure, say)].filter(Boolean).join(' ');
  return (seconds ? `${words} (${say.duration(seconds)})` : words).replaceAll(' ', '\u00a0');
}

const ARROW = ' → ';
const LEFT_OUT = '…';

/** The first and the last, and as many of those before the last as there is room for. */
function inOneLine(said: readonly string[]): string {
  for (let from = 1; from < said.length; from += 1) {
    const line = [...said.slice(0, 1), ...(from > 1 ? [LEFT_OUT] : []), ...said.slice(from)].join(ARROW);
    if (line.length <= BUDGET.value) return line;
  }
  return said.at(-1) ?? '';
}
