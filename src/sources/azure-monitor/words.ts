import * as z from 'zod';
import { BY_LEVEL, levels, type Severity } from '../../event/fields.ts';
import { numberIn } from '../fields.ts';
import type { EventDraft } from '../source.ts';

type Alert = Extract<EventDraft, { kind: 'alert' }>;
type Level = (typeof levels)[number];

// Words of activity logs, security alerts and old log alerts.
const BY_WORD: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['error', 'error'],
  ['high', 'error'],
  ['warning', 'warning'],
  ['medium', 'warning'],
  ['informational', 'info'],
  ['information', 'info'],
  ['low', 'info'],
  ['verbose', 'info'],
]);

const ORDER: readonly Severity[] = ['info', 'warning', 'error', 'critical'];

/** "Sev3" in its usual spelling; old schemas send the digit alone. */
export function levelOf(given: string | undefined): Level | undefined {
  const digit = /^(?:sev)?\s*([0-4])$/i.exec(given?.trim() ?? '')?.[1];
  return levels.find((level) => level === `Sev${digit}`);
}

export function severityOf(given: string | undefined): Severity | undefined {
  const level = levelOf(given);
  return level === undefined ? BY_WORD.get(given?.trim().toLowerCase() ?? '') : BY_LEVEL[level];
}

/** The sender's word for how bad it is, as a pair to show, where it is neither a level nor what we call it. */
export const strangeSeverity = (given: string | undefined): readonly (readonly [string, string])[] =>
  given === undefined || levelOf(given) !== undefined || severityOf(given) === given.toLowerCase()
    ? []
    : [['severity', given]];

export const worst = (...given: readonly (Severity | undefined)[]): Severity | undefined =>
  ORDER.findLast((severity) => given.includes(severity));

const OPERATORS: ReadonlyMap<string, NonNullable<Alert['operator']>> = new Map([
  ['greaterthan', '>'],
  ['greaterthanorequal', '>='],
  ['greaterthanorequalto', '>='],
  ['greaterorequal', '>='],
  ['lessthan', '<'],
  ['lowerthan', '<'],
  ['lessthanorequal', '<='],
  ['lessthanorequalto', '<='],
  ['lowerthanorequal', '<='],
  ['lowerorequal', '<='],
  ['equal', '='],
  ['equals', '='],
  ['equalto', '='],
  ['notequal', '!='],
  ['notequals', '!='],
  ['notequalto', '!='],
]);

/** The symbol of "GreaterThan", "Greater Than", "LowerThan" and so on; none for words that are no comparison. */
export const operatorOf = (word: string | undefined): Alert['operator'] =>
  OPERATORS.get(word?.toLowerCase().replaceAll(/[\s_-]/g, '') ?? '');

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ['percent', '%'],
  ['seconds', 's'],
  ['milliseconds', 'ms'],
  ['bytes', 'B'],
  ['bytespersecond', 'B/s'],
]);

/** The unit that classic alerts name, or "%" where the metric's name tells it ("Percentage CPU", "cpu_percent"). */
export function unitOf(metric: string | undefined, named?: string): string | undefined {
  const symbol = SYMBOLS.get(named?.toLowerCase() ?? '');
  if (symbol !== undefined || metric === undefined) return symbol;
  return /percentage|percent$|^%/i.test(metric) ? '%' : undefined;
}

const resolvedWords = new Set(['resolved', 'deactivated']);
const firedWords = new Set(['', 'fired', 'activated', 'new']);

export const stateOf = (word: string | undefined): Alert['state'] =>
  resolvedWords.has(word?.toLowerCase() ?? '') ? 'resolved' : 'fired';

/** A word that says neither: such an alert counts as fired, because somebody has to look. */
export const strangeState = (word: string | undefined): string | undefined =>
  firedWords.has(word?.toLowerCase() ?? '') || stateOf(word) === 'resolved' ? undefined : word;

/** A number, also as text; other text ("0.45 sec", "12.7m") as it is. */
export const quantity = z.preprocess((value) => {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' ? measure(value.trim()) : undefined;
}, z.union([z.number(), z.string()]).optional());

const measure = (text: string): number | string | undefined => numberIn(text) ?? (text || undefined);

// What is no amount stays whole: a secret without its ends is known by nobody.
const AMOUNT = /^[^\d.,+-]{0,4}([+-]?[\d.,]+)[^\d.,]{0,4}$/;

/** An amount with the sign of its currency: "$11,111.00". */
export const amount = z.preprocess(
  (value) => (typeof value === 'string' ? value.trim().replace(AMOUNT, '$1') : value),
  quantity,
);
