import * as z from 'zod';
import { plainProblem } from '../destinations/receiver-url.ts';
import { asObject } from '../event/json.ts';
import { isTooShort, MAKE_ONE, secretFault } from '../event/webhook-secret.ts';
import { type Complaint, shown } from '../problems/complaint.ts';
import { didYouMean } from '../problems/spelling.ts';
import { setOf } from '../routing/terms-written.ts';
import { standardWebhooks } from '../sources/signature.ts';
import type { Source } from '../sources/source.ts';

/** Two values at once let a secret be rotated without a gap. */
export const secrets = z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(2)]);

/** How a source's bodies are verified, and what of it is wanted. */
export const sourceOptions = z.strictObject({
  secret: secrets.optional().describe('Key of the signature, for senders that sign: one, or two while one is rotated.'),
  token: secrets
    .optional()
    .describe('Shared token, in the query (`?token=`), the header `x-relay-token`, or as a bearer token: one or two.'),
  basic: z
    .strictObject({ user: z.string(), password: z.string().min(1) })
    .optional()
    .describe('`{ user, password }` of basic authentication.'),
  entra: z
    .strictObject({
      tenant: z.string().min(1).describe('Tenant id.'),
      audience: z
        .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
        .describe('Client id or application id URI of your app registration.'),
      callers: z
        .array(z.string().min(1))
        .min(1)
        .optional()
        .describe('App ids that may call, in place of those of the cloud.'),
      issuer: z.url().optional().describe('Only for clouds that `AZURE_CLOUD` does not know.'),
      keys: z.url().optional().describe('Likewise: the address of the JWKS.'),
    })
    .optional()
    .describe(
      "`{ tenant, audience }`: an Entra ID token of an action group's or Event Grid's secure webhook; `issuer` and `keys` for other clouds.",
    ),
  include: z
    .array(z.string())
    .optional()
    .describe("What the source leaves out as noise and is wanted all the same; each sender's page lists it."),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Where the sender's own pages are, for links that its bodies do not have."),
  set: setOf
    .optional()
    .describe('`{ severity: error }`: how severe all is that it tells, before it is routed, whatever it says itself.'),
  like: z
    .record(z.string().min(1).max(200), z.string().min(1).max(200))
    .optional()
    .describe(
      'Of a sender of your own: expressions and the values (or `*`) by which its bodies are known without its address.',
    ),
  only: z
    .string()
    .min(1)
    .optional()
    .describe('Of a sender of your own: which of its bodies are told, as an expression.'),
  samples: z
    .array(
      z
        .string()
        .regex(
          /^(?!\/)(?!.*\.\.)[^*]+(\*[^/]*)?$/,
          'expected files below that of the configuration: samples/datadog/*.json',
        ),
    )
    .optional()
    .describe(
      'Of a sender of your own: bodies that `lint` reads by the mapping, such as `samples/datadog/*.json`; `*` stands in the name alone.',
    ),
  map: z
    .record(z.string().min(1), z.unknown())
    .optional()
    .describe('Of a sender of your own: the event, as expressions over its body: [mapping](senders/mapping.md).'),
  mayChoose: z
    .boolean()
    .optional()
    .describe('Whether its custom property `relay-receivers` may name receivers, in place of the routes.'),
});

export type SourceOptions = z.infer<typeof sourceOptions>;

/** The senders that can prove themselves by an Entra ID token. */
const ENTRA_SOURCES: readonly string[] = ['azure-monitor', 'event-grid'];

/** Options that a source cannot have, addresses that may not be asked, and extras that the source does not have. */
export function optionProblems(
  { name, extras, signature }: Pick<Source, 'name' | 'extras' | 'signature'>,
  options: unknown,
  development: boolean,
): readonly Complaint[] {
  const { secret, entra, include } = asObject(options);
  const at = (...rest: (string | number)[]) => ['sources', name, ...rest];
  return [
    ...(secret !== undefined && signature === undefined
      ? [{ path: at('secret'), message: 'this sender does not sign; use token or basic' }]
      : []),
    ...(signature === standardWebhooks ? [secret ?? []].flat() : []).flatMap((each: unknown, index) => {
      const message = keyFault(`${each}`);
      return message === undefined ? [] : [{ path: at('secret', ...(Array.isArray(secret) ? [index] : [])), message }];
    }),
    ...(entra !== undefined && !ENTRA_SOURCES.includes(name)
      ? [{ path: at('entra'), message: `only ${ENTRA_SOURCES.join(' and ')} send Entra ID tokens` }]
      : []),
    ...(['issuer', 'keys'] as const).flatMap((key) => {
      const url = asObject(entra)[key];
      const message = typeof url === 'string' ? plainProblem(url, development) : undefined;
      return message === undefined ? [] : [{ path: at('entra', key), message }];
    }),
    ...(Array.isArray(include) ? include : []).flatMap((extra: unknown, index) =>
      typeof extra !== 'string' || Object.hasOwn(extras, extra)
        ? []
        : [{ path: at('include', index), message: knownExtra(extra, Object.keys(extras)) }],
    ),
  ];
}

const keyFault = (secret: string): string | undefined =>
  secretFault(secret) ?? (isTooShort(secret) ? `expected a key of at least 16 bytes; ${MAKE_ONE}` : undefined);

const knownExtra = (given: string, names: readonly string[]): string =>
  names.length === 0
    ? `nothing is left out, so "${shown(given)}" cannot be included`
    : `expected one of ${names.join(', ')}${didYouMean(given, names)}`;
