import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { date, loginOf, object, required, text } from '../fields.ts';
import { madeAs } from '../phase.ts';
import { defineSource, wordOf } from '../source.ts';

// https://learn.microsoft.com/azure/container-registry/container-registry-webhook-reference

const fields = {
  id: text,
  timestamp: date,
  target: object({
    digest: text,
    // All charts have the repository of the registry's charts; their tag is "<name>-<version>.tgz".
    repository: text,
    tag: text,
    name: text,
    version: text,
  }),
  // Absent for charts. Its `useragent` and `addr` are about people and are not read.
  request: object({ id: text, host: text }),
  actor: object({ name: text }),
};

type Fields = z.output<z.ZodObject<typeof fields>>;

const hasName = (given: Fields | undefined): boolean =>
  (given?.target?.repository ?? given?.target?.name) !== undefined;
const NAMELESS = { path: ['target', 'repository'], error: 'expected text' };

/** What happened in a registry, as Event Grid passes it on. */
export const notification = object(fields).refine(hasName, NAMELESS);

/** What a notification says of the image or chart itself. */
export const imageOf = (given: Fields | undefined) => ({
  name: given?.target?.repository ?? given?.target?.name ?? '',
  version: given?.target?.tag ?? given?.target?.version,
  digest: given?.target?.digest,
  actor: loginOf(given?.actor?.name),
});

const ACTIONS = ['push', 'delete', 'chart_push', 'chart_delete', 'quarantine', 'ping'] as const;
const MADE: ReadonlyMap<string, 'pushed' | 'deleted'> = new Map([
  ['push', 'pushed'],
  ['chart_push', 'pushed'],
  ['quarantine', 'pushed'],
  ['delete', 'deleted'],
  ['chart_delete', 'deleted'],
]);

const payload = z
  .object({
    ...fields,
    action: required.transform((given) => given.toLowerCase()),
  })
  .refine((given) => given.action === 'ping' || hasName(given), NAMELESS);

export const acr = defineSource({
  name: 'acr',
  detects: ({ action, target, timestamp, repository }, headers) =>
    /^AzureContainerRegistry\//i.test(headers.get('user-agent') ?? '') ||
    (ACTIONS.some((known) => known === wordOf(action).toLowerCase()) &&
      (isObject(target) || timestamp !== undefined) &&
      !isObject(repository)),
  payload,
  keys: [...Object.keys(fields), 'action'],
  extras: { quarantine: 'an image was pushed and is held back until it has been scanned' },
  normalize: (given, { receivedAt, includes }) => {
    const { action, id, timestamp, request } = given;
    // "Ping" in the portal, and `az acr webhook ping`.
    if (action === 'ping') return { reply: {} };
    if (action === 'quarantine' && !includes('quarantine')) return [];
    const image = imageOf(given);
    return [
      {
        ...image,
        kind: 'artifact',
        id: identity(
          'acr',
          action,
          id ?? JSON.stringify([request?.id, image.name, image.version, image.digest, timestamp]),
        ),
        source: 'acr',
        ...madeAs(MADE.get(action), action),
        occurredAt: timestamp ?? receivedAt,
        resource: { name: request?.host ?? given.target?.name ?? image.name },
        links: [],
        properties: action === 'quarantine' ? { action } : undefined,
      },
    ];
  },
});
