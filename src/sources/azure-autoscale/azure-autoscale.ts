import * as z from 'zod';
import { count, PROPERTIES } from '../../event/fields.ts';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { isUnseen } from '../../event/text.ts';
import { instant, whyNoInstant } from '../../event/time/instant.ts';
import { armResource, scaledKey } from '../arm.ts';
import { defineSource, linkTo, portalUrl } from '../source.ts';

// Field names: https://learn.microsoft.com/azure/azure-monitor/autoscale/autoscale-webhook-email

const TOO_MANY = `expected at most ${count.maxValue}`;

// Autoscale sends the counts as strings ("3"); numbers are read as well.
const capacity = z.union(
  [
    z
      .string()
      .trim()
      .regex(/^\d{1,9}$/)
      .transform(Number),
    z.number(),
  ],
  {
    error: ({ input }) =>
      typeof input === 'string' && /^\d{10,}$/.test(input.trim())
        ? TOO_MANY
        : 'expected a whole number of instances, as a number or a string of digits',
  },
);

// Seven digits of a second, which JavaScript's own dates do not hold.
const timestamp = z.string().transform((text, context) => {
  const at = instant(text);
  if (at !== undefined) return { text, at };
  context.addIssue(whyNoInstant(text));
  return z.NEVER;
});

/** What nobody can see says nothing. */
const seen = (given: unknown): unknown => (typeof given === 'string' && isUnseen(given) ? undefined : given);

const text = z.preprocess(seen, z.string().nullish());

/** What is scaled: by its name, its id or, where the body has neither, its setting's name. */
const nameIn = ({ resourceName, resourceId, name }: Named): string | undefined =>
  resourceName ?? armResource(resourceId)?.name ?? name ?? undefined;

interface Named {
  readonly resourceName?: string | null | undefined;
  readonly resourceId?: string | null | undefined;
  readonly name?: string | null | undefined;
}

const payload = z.object({
  // The documentation knows "Activated" alone, which test senders leave out.
  status: z.unknown().optional(),
  operation: z.enum(['Scale Out', 'Scale In']),
  context: z
    .object({
      timestamp,
      id: text,
      name: text,
      details: text,
      subscriptionId: text,
      resourceGroupName: text,
      resourceName: text,
      resourceType: text,
      resourceId: text,
      // Older bodies leave the region out.
      resourceRegion: text,
      portalLink: z.string().nullish(),
      oldCapacity: z.preprocess(seen, capacity.pipe(count).nullish()),
      newCapacity: capacity.pipe(count),
    })
    .refine((context) => nameIn(context) !== undefined, { path: ['resourceName'], error: 'expected text' }),
  // Strings by the documentation; whatever else a template puts there is shown as text.
  properties: z.record(z.string(), z.unknown()).nullish(),
});

export const azureAutoscale = defineSource({
  name: 'azure-autoscale',
  detects: ({ operation, context }) =>
    operation === 'Scale Out' ||
    operation === 'Scale In' ||
    (isObject(context) && ('oldCapacity' in context || 'newCapacity' in context)),
  payload,
  normalize: ({ status, operation, context, properties }) => {
    const strange = strangeIn(status);
    const name = nameIn(context) ?? '';
    const { oldCapacity: from, newCapacity: to } = context;
    return [
      {
        kind: 'scale',
        // The body has no id of its own. The text of the timestamp is kept whole: its seven digits tell steps apart.
        id: identity(
          'azure-autoscale',
          context.id ?? context.resourceId ?? name,
          context.timestamp.text,
          operation,
          `${from ?? ''}>${to}`,
          ...(strange === undefined ? [] : [strange]),
        ),
        story: scaledKey({ id: context.resourceId, name, type: context.resourceType }, placeOf(context)),
        source: 'azure-autoscale',
        severity: strange === undefined ? 'info' : 'warning',
        occurredAt: context.timestamp.at,
        environment: word(properties?.['environment'] ?? properties?.['env']),
        resource: {
          id: context.resourceId ?? undefined,
          name,
          type: context.resourceType ?? undefined,
          ...placeOf(context),
          region: context.resourceRegion || undefined,
        },
        links: [
          ...linkTo('resource', context.portalLink ?? portalUrl(context.resourceId ?? '')),
          ...linkTo('scale-history', portalUrl(context.id ?? '')),
        ],
        properties: words(properties ?? {}),
        direction: directionOf(operation, from ?? to, to),
        from: from ?? undefined,
        to,
        // Autoscale calls when it has started the operation; no webhook tells how it ended.
        phase: strange === undefined ? 'started' : 'unknown',
        word: strange,
        setting: context.name ?? undefined,
        reason: context.details || undefined,
      },
    ];
  },
});

/** The counts say it, whatever the operation is called. */
const directionOf = (operation: string, from: number, to: number): 'out' | 'in' =>
  (from === to ? operation === 'Scale Out' : to > from) ? 'out' : 'in';

/** A status other than the documented one: whatever it is, it says that something has not just begun as it should. */
function strangeIn(status: unknown): string | undefined {
  const said = word(status)?.trim();
  return said === undefined || said === '' || said.toLowerCase() === 'activated' ? undefined : said;
}

/** Where the resource is: beside its setting, where the body names it without saying. */
function placeOf({ id, resourceId, resourceGroupName, subscriptionId }: z.output<typeof payload>['context']) {
  const told = armResource(resourceId) ?? armResource(id);
  return { group: resourceGroupName || told?.group, subscriptionId: subscriptionId || told?.subscriptionId };
}

const word = (value: unknown): string | undefined =>
  value === undefined || value === null || value === ''
    ? undefined
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

const words = (properties: Readonly<Record<string, unknown>>): Record<string, string> | undefined => {
  const pairs = Object.entries(properties)
    .slice(0, PROPERTIES.most)
    .flatMap(([key, value]) => {
      const said = word(value);
      return said === undefined ? [] : [[key, said] as const];
    });
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined;
};
