import * as z from 'zod';
import { type EventKind, event, eventKinds } from '../event/event.ts';
import { glob } from '../routing/glob.ts';
import type { Conditions, Field, Patterns } from '../routing/match.ts';
import { covers, listed, partsOf, wanted } from './idle-environments.ts';
import { routeNumber, type WrittenRoute } from './route-verdicts.ts';

/** Routes, or parts of them, that no event can come to, as far as the file shows it, and why. */
export function idleRoutes(
  routes: readonly WrittenRoute[],
  around?: readonly string[],
  within = '',
): readonly string[] {
  const all = routes.map(({ match }) => partsOf(match));
  const takers = routes.map((route) => takesAlone(route, around));
  return routes.flatMap(({ match, tell, to = around, routes: inner = [] }, index) => {
    const at = `${within}routes.${index}`;
    const number = routeNumber(at);
    const parts = all[index] ?? [];
    const before = all.findIndex((earlier, place) => place < index && takers[place] === true && covers(earlier, parts));
    const why =
      before < 0
        ? unfulfilled(match)
        : `route ${routeNumber(`${within}routes.${before}`)} takes everything that it would, and does not \`continue\``;
    return [
      ...(why === undefined ? [] : [`No event comes to route ${number}: ${why}.`]),
      ...(tell !== undefined && tell !== 'both' && !kindsOf(match).some(hasEnds)
        ? [`Route ${number} has \`tell: ${tell}\`, which is about scalings and deployments alone: it takes none.`]
        : []),
      ...idleRoutes(inner, to, `${at}.`),
    ];
  });
}

/** Whether what a route takes comes to none after it. */
const takesAlone = ({ to, ...rest }: WrittenRoute, around: readonly string[] | undefined): boolean =>
  (to ?? around) !== undefined && rest.continue !== true;

const hasEnds = (kind: EventKind): boolean => kind === 'scale' || kind === 'deployment';

/** The kinds that conditions let through. */
function kindsOf({ kind = [] }: Conditions = {}): readonly EventKind[] {
  const given = listed(kind);
  const unwanted = given.filter((each) => each.startsWith('!')).map((each) => glob(each.slice(1)));
  const some = wanted(given).map(glob);
  return eventKinds.filter(
    (each) => (some.length === 0 || some.some((fits) => fits(each))) && !unwanted.some((fits) => fits(each)),
  );
}

/** Where the events of some kinds alone have a field of conditions. */
const KEYS: Readonly<Partial<Record<Field, readonly string[]>>> = {
  phase: ['phase'],
  state: ['state', 'action', 'verdict', 'topic'],
  level: ['level'],
  version: ['version'],
};

/** What a kind's field can be: some words, any text, or nothing at all. */
function wordsOf(kind: EventKind, keys: readonly string[]): readonly string[] | 'any' {
  const shape: Readonly<Record<string, unknown>> =
    event.options.find((each) => each.shape.kind.value === kind)?.shape ?? {};
  const schemas = keys.flatMap((key) => (key in shape ? [bare(shape[key])] : []));
  if (schemas.some((schema) => !(schema instanceof z.ZodEnum))) return 'any';
  const words = schemas.flatMap((schema) => (schema instanceof z.ZodEnum ? schema.options.map(String) : []));
  return kind === 'drift' && keys.includes('verdict') ? [...words, 'resolved'] : words;
}

function bare(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}

/** A condition that no event of the wanted kinds can fulfil. */
function unfulfilled(match: Conditions = {}): string | undefined {
  if (match.kind === undefined) return undefined;
  const kinds = kindsOf(match);
  const fields = Object.entries(KEYS) as readonly (readonly [Field, readonly string[]])[];
  for (const [field, keys] of fields) {
    const given: Patterns | undefined = match[field];
    const some = given === undefined ? [] : wanted(listed(given));
    // A comparison is of severity and level, and any level may be meant.
    const fits = (words: readonly string[] | 'any') =>
      words === 'any' || some.some((each) => (/^[<>]/.test(each) ? words.length > 0 : words.some(glob(each))));
    if (some.length > 0 && !kinds.some((kind) => fits(wordsOf(kind, keys)))) {
      return `no event of the kind ${kinds.join(' or ')} has the ${field} ${some.join(' or ')}`;
    }
  }
  return undefined;
}
