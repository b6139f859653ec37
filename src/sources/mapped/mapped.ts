import { common } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { iso } from '../../event/time/units.ts';
import { PayloadError } from '../../problems/errors.ts';
import { didYouMean } from '../../problems/spelling.ts';
import { custom } from '../custom/custom.ts';
import { isSecret } from '../drafts.ts';
import { membersOf } from '../fields.ts';
import { firstOf } from '../ignored.ts';
import { MOST_LINKS } from '../links.ts';
import { problemsOf } from '../problems.ts';
import { standardWebhooks } from '../signature.ts';
import { type Ignored, MOST_EVENTS, type Source, type SourceContext } from '../source.ts';
import { isTrue } from './expression.ts';
import { FIELDS } from './fields.ts';
import { attributesOf, formsOf } from './forms.ts';
import { type Meter, newMeter, TooCostly } from './meter.ts';
import { type Fault, find, template } from './template.ts';

/** A sender of one's own, as relay.yaml describes it. */
export interface Mapping {
  /** By which values of which expressions its bodies are known where the address does not name it: all must hold. */
  readonly like?: Readonly<Record<string, string>> | undefined;
  /** Which of its bodies are told: an expression; without it, all. */
  readonly only?: string | undefined;
  /** The event: expressions, by the fields of an event of one's own. */
  readonly map?: Readonly<Record<string, unknown>> | undefined;
}

// Instances are counted; what else a mapping finds in numbers is told as text.
const COUNTS = ['from', 'to', 'value', 'threshold'];

/** What is wrong with a mapping. */
export const mappingFaults = (mapping: Mapping): readonly Fault[] => prepared(mapping).faults;

function prepared({ like = {}, only, map = {} }: Mapping) {
  const faults: Fault[] = [];
  for (const key of Object.keys(map)) {
    const message = `an event has no such field${didYouMean(key, FIELDS)}`;
    if (!FIELDS.includes(key)) faults.push({ path: ['map', key], message });
  }
  const marks = Object.entries(like).map(([at, value]) => ({ look: find(at, ['like', at], faults), value }));
  const wanted = only === undefined ? undefined : find(only, ['only'], faults);
  return { faults, marks, wanted, fill: template(map, ['map'], faults) };
}

/** Reads a sender by its mapping, which is to be without a fault. */
export function mapped(name: string, mapping: Mapping): Source {
  const { marks, wanted, fill } = prepared(mapping);
  const isMarked = (body: unknown): boolean =>
    marks.length > 0 && metered(name, (meter) => marks.every(({ look, value }) => fits(look(body, meter), value)));
  const markedIn = (member: unknown, headers: SourceContext['headers']): unknown =>
    formsOf(member, headers).find(isMarked);

  function ownOf(member: unknown, context: SourceContext) {
    const body = markedIn(member, context.headers) ?? member;
    const made = metered(name, (meter) =>
      wanted === undefined || isTrue(wanted(body, meter)) ? { own: fill(body, meter) } : undefined,
    );
    if (made === undefined) return undefined;
    const own = { ...attributesOf(member, context.headers), ...(isObject(made.own) ? readable(made.own) : {}) };
    const time = own['occurredAt'] ?? context.receivedAt;
    // A post that is sent again is one event, by its own id or by the standard's.
    const occurrence = own['id'] ?? [JSON.stringify(body), context.headers.get('webhook-id') ?? time].join();
    return { ...own, id: identity(name, String(occurrence)) };
  }

  function eventsOf(member: unknown, context: SourceContext) {
    const own = ownOf(member, context);
    if (own === undefined) return [];
    try {
      const read = custom.read(withFitLinks(own), context);
      return 'reply' in read ? [] : read.map((each) => ({ ...each, source: name }));
    } catch (error) {
      if (!(error instanceof PayloadError)) throw error;
      const problems = error.problems.map(({ path, message }) => ({ path: `sources.${name}.map.${path}`, message }));
      throw new PayloadError(name, problems);
    }
  }

  return {
    name,
    extras: {},
    signature: standardWebhooks,
    detects: (payload, headers) => markedIn(membersOf(payload)[0], headers) !== undefined,
    problems: () => [],
    ignored: (payload, context) =>
      firstOf(membersOf(payload).flatMap((member) => leftOut(ownOf(member, context), context))),
    cut: (payload) => (Array.isArray(payload) ? Math.max(0, payload.length - MOST_EVENTS) : 0),
    likeness: () => 0,
    read: (payload, context) => membersOf(payload).flatMap((body) => eventsOf(body, context)),
  };
}

/** Throws a PayloadError where it would go on without end. */
function metered<T>(name: string, work: (meter: Meter) => T): T {
  try {
    return work(newMeter());
  } catch (error) {
    if (!(error instanceof TooCostly)) throw error;
    throw new PayloadError(name, [{ path: `sources.${name}`, message: error.message }]);
  }
}

/** Whether what was found is a value of `like`, which may end in `*`. */
function fits(found: unknown, value: string): boolean {
  if (found === null || typeof found === 'object') return value === '*' && found !== null;
  return value.endsWith('*') ? String(found).startsWith(value.slice(0, -1)) : String(found) === value;
}

/** What was found, as an event of one's own has it: times as ISO, names as resources, values as text. */
function readable(own: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const all = Object.entries(own).map(([key, value]) => [key, COUNTS.includes(key) ? value : textual(value)] as const);
  const { occurredAt, resource, properties, links, ...rest } = Object.fromEntries(all);
  return {
    ...rest,
    ...(occurredAt !== undefined && { occurredAt: timeOf(occurredAt) }),
    ...(resource !== undefined && { resource: typeof resource === 'string' ? { name: resource } : resource }),
    ...(isObject(properties) && { properties: pairsOf(properties) }),
    ...(links !== undefined && { links: linksOf(links) }),
  };
}

const textual = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, textual(each)]))
      : value;

/** Seconds or milliseconds since 1970, as ISO; whatever else came, as it came. */
function timeOf(given: unknown): unknown {
  const number = typeof given === 'string' && /^\d{9,13}(\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
  if (Number.isNaN(number)) return given;
  return iso(number < 1e11 ? number * 1000 : number);
}

const pairsOf = (given: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(given).flatMap(([key, value]) => {
      if (value === null || value === undefined || value === '') return [];
      return [
        [key, typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value)],
      ];
    }),
  );

/** A list of links as it came, or `{ alert: url }`. */
const linksOf = (given: unknown): unknown =>
  isObject(given)
    ? Object.entries(given).flatMap(([rel, url]) => (typeof url === 'string' && url !== '' ? [{ rel, url }] : []))
    : given;

type Own = Readonly<Record<string, unknown>>;

/** The links that an event can have: another one costs the link, and not the event. */
const fitLinks = (links: readonly unknown[]): readonly unknown[] =>
  links.filter((link) => !isSecret(link) && whyUnfit(link) === undefined).slice(0, MOST_LINKS);

const withFitLinks = (own: Own): Own => (Array.isArray(own['links']) ? { ...own, links: fitLinks(own['links']) } : own);

/** What an event of one's own does not hold, and the links that it cannot have. */
const leftOut = (own: Own | undefined, context: SourceContext): readonly Ignored[] =>
  own === undefined ? [] : [...(custom.ignored?.(own, context) ?? []), ...unfitLinks(own)];

// An event of one's own names those with secrets itself.
function unfitLinks({ links }: Own): readonly Ignored[] {
  if (!Array.isArray(links)) return [];
  const fit = fitLinks(links);
  return links.flatMap((link, at) =>
    fit.includes(link) || isSecret(link)
      ? []
      : [{ key: `links.${at}`, because: whyUnfit(link) ?? `at most ${MOST_LINKS} links are kept` }],
  );
}

function whyUnfit(link: unknown): string | undefined {
  const { error } = common.links.element.safeParse(link);
  return error && problemsOf(error, link)[0]?.message;
}
