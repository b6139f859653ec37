import { event } from '../event/event.ts';
import { common, PROPERTIES } from '../event/fields.ts';
import { isObject } from '../event/json.ts';
import { withoutSecrets } from '../event/secrets/secrets.ts';
import { clean, cut } from '../event/text.ts';
import { nearest } from '../problems/spelling.ts';
import { isSecret } from './drafts.ts';
import type { Ignored } from './source.ts';

const MOST = 20;

const RESOURCE = Object.keys(common.resource.shape);
const LINK = Object.keys(common.links.element.shape);

/** The keys of an event of one's own that no event of its kind has, and the properties that are too many. */
export function ignoredIn(body: unknown, kind: string): readonly Ignored[] {
  if (!isObject(body)) return [];
  const schema = event.options.find(({ shape }) => shape.kind.value === kind);
  const links = Array.isArray(body['links']) ? body['links'].slice(0, MOST) : [];
  const all = [
    ...strange(body, Object.keys(schema?.shape ?? {})),
    ...strange(body['resource'], RESOURCE, 'resource.'),
    ...links.flatMap((link, at) => strange(link, LINK, `links.${at}.`)),
    ...links.flatMap((link, at) => (isSecret(link) ? { key: `links.${at}`, because: 'its URL carries a secret' } : [])),
    ...tooMany(body['properties']),
  ];
  return firstOf(all);
}

/** As many as an answer holds, and how many more there are. */
export function firstOf(all: readonly Ignored[]): readonly Ignored[] {
  const more = all.length - MOST;
  return more > 0 ? [...all.slice(0, MOST), { key: '…', because: `${more} more` }] : all;
}

function strange(given: unknown, known: readonly string[], where = ''): readonly Ignored[] {
  if (!isObject(given)) return [];
  const free = known.filter((key) => !Object.hasOwn(given, key));
  return Object.keys(given)
    .filter((key) => !known.includes(key))
    .map((key, at) => {
      // Only the first are told, and to look for what was meant takes its time.
      const meant = at < MOST ? nearest(key.slice(0, 80), free) : undefined;
      return { key: shown(where + key), ...(meant !== undefined && { didYouMean: where + meant }) };
    });
}

const tooMany = (given: unknown): readonly Ignored[] =>
  isObject(given)
    ? Object.keys(given)
        .slice(PROPERTIES.most)
        .map((key) => ({ key: shown(`properties.${key}`), because: `at most ${PROPERTIES.most} properties are kept` }))
    : [];

/** A name or a key of a body, as it may be repeated. */
export const shown = (key: string): string => cut(withoutSecrets(clean(key).replace(/\s+/g, ' ').trim()), 60);

/** One of them for people: "sevrity (did you mean severity?)". */
export const ignoredText = ({ key, didYouMean, because }: Ignored): string =>
  key + (didYouMean ? ` (did you mean ${didYouMean}?)` : because ? ` (${because})` : '');
