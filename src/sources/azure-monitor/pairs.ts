import { isIP } from 'node:net';
import * as z from 'zod';
import { PROPERTIES } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { list, text } from '../fields.ts';
import { linkTo } from '../source.ts';
import { anyCase, holds } from './any-case.ts';
import type { Link } from './links.ts';

export type Pairs = Record<string, string>;

const pair = anyCase({ name: text, value: text });

/** [{ name, value }], or a map of them, as pairs; a pair that lacks either is left out. */
export const named = z.preprocess(
  (value) =>
    isObject(value) && !holds(value, 'name') ? Object.entries(value).map(([name, of]) => ({ name, value: of })) : value,
  list(pair).transform((members) =>
    members.flatMap((each) =>
      each?.name === undefined || each.value === undefined ? [] : [[each.name, each.value] as const],
    ),
  ),
);

/** A dictionary of anything. */
export const bag = z.preprocess(
  (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined),
  z.record(z.string(), z.unknown()).optional(),
);

const PERSONAL = new Set(['authorization', 'caller', 'claims', 'httprequest', 'upn', 'useridentity', 'username']);

/** Whether a pair tells who or where a person is; such pairs never leave. */
const isPersonal = (name: string, value: string): boolean =>
  PERSONAL.has(name.toLowerCase()) || isIP(value) !== 0 || (value.length <= 320 && /^[^\s@]+@[^\s@]+$/.test(value));

/** What tells this instance from others: at most ten pairs, without the ids that are the resource already. */
export function dimensionsOf(given: Iterable<readonly [string, string]>): Pairs | undefined {
  const kept = [...given]
    .filter(([name, value]) => value !== '' && !/^microsoft\./i.test(name) && !isPersonal(name, value))
    .slice(0, PROPERTIES.most);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** The dimensions as a part of an identity; hashed, for one of them can be somebody's address. */
export const hashed = (dimensions: readonly (readonly [string, string])[]): string =>
  dimensions.length === 0 ? '' : identity(...dimensions.map((pair) => pair.join('=').toLowerCase()));

export interface Attached {
  readonly environment?: string | undefined;
  readonly properties?: Pairs | undefined;
  readonly runbook: readonly Link[];
}

const ENVIRONMENT = new Set(['environment', 'env']);
const RUNBOOK = new Set(['runbook', 'runbook_url', 'runbookurl']);

/** What the rule's owner attached: the environment and the runbook go where they belong, the rest stays as it is. */
export function attached(...given: readonly (Readonly<Record<string, unknown>> | undefined)[]): Attached {
  const all = new Map(
    given.flatMap((each) => Object.entries(each ?? {}).map(([key, value]) => [key, word(value)] as const)),
  );
  const said = [...all].filter(([key, value]) => value !== '' && !isPersonal(key, value));
  const environment = said.find(([key]) => ENVIRONMENT.has(key.toLowerCase()))?.[1];
  const runbook = said.flatMap(([key, value]) => (RUNBOOK.has(key.toLowerCase()) ? linkTo('runbook', value) : []));
  const rest = said.filter(([key]) => {
    const name = key.toLowerCase();
    return !ENVIRONMENT.has(name) && !(runbook.length > 0 && RUNBOOK.has(name));
  });
  const properties = rest.length > 0 ? Object.fromEntries(rest.slice(0, PROPERTIES.most)) : undefined;
  return { environment, properties, runbook };
}

function word(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value.trim() : JSON.stringify(value);
}
