import { type RelayEvent, type Severity, severities } from '../event/event.ts';

/** What conditions can look at, and where it is in an event. */
const FIELDS = {
  kind: (event) => event.kind,
  source: (event) => event.source,
  severity: (event) => event.severity,
  environment: (event) => event.environment,
  phase: (event) => ('phase' in event ? event.phase : undefined),
  state: (event) => ('state' in event ? event.state : undefined),
  level: (event) => ('level' in event ? event.level : undefined),
  resource: (event) => event.resource.name,
  group: (event) => event.resource.group,
  subscription: (event) => event.resource.subscriptionId,
  region: (event) => event.resource.region,
  type: (event) => event.resource.type,
} as const satisfies Record<string, (event: RelayEvent) => string | undefined>;

export type Field = keyof typeof FIELDS;
export const fields = Object.keys(FIELDS) as readonly Field[];

/** Per field one pattern or several, of which one must fit: a value, a glob with * and ?, or either after "!". */
export type Conditions = Readonly<Partial<Record<Field, string | readonly string[]>>>;

/** Whether an event fulfils every condition. Compared without case, as Azure compares names. */
export function matcher(conditions: Conditions): (event: RelayEvent) => boolean {
  const tests = Object.entries(conditions).map(([field, given]) => {
    const patterns = (typeof given === 'string' ? [given] : (given ?? [])).map(
      field === 'severity' ? severityPattern : pattern,
    );
    return (event: RelayEvent) => {
      const value = FIELDS[field as Field](event) ?? '';
      return patterns.some((fits) => fits(value));
    };
  });
  return (event) => tests.every((test) => test(event));
}

function pattern(text: string): (value: string) => boolean {
  if (text.startsWith('!')) {
    const fits = pattern(text.slice(1));
    return (value) => !fits(value);
  }
  const source = text
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'is');
  return (value) => expression.test(value);
}

/** Also ">=warning" and the like: severities have an order. */
function severityPattern(text: string): (value: string) => boolean {
  const [, comparison, name] = /^(>=|>|<=|<)\s*(\w+)$/.exec(text) ?? [];
  if (comparison === undefined) return pattern(text);
  const bound = severities.indexOf(name as Severity);
  const within: Record<string, (at: number) => boolean> = {
    '>=': (at) => at >= bound,
    '>': (at) => at > bound,
    '<=': (at) => at <= bound,
    '<': (at) => at < bound,
  };
  return (value) => within[comparison]?.(severities.indexOf(value as Severity)) ?? false;
}
