import * as z from 'zod';
import type { EventOf } from '../../event/event.ts';
import { identity } from '../../event/identity.ts';
import { isObject } from '../../event/json.ts';
import { date, list, loginOf, object, required, text } from '../fields.ts';
import { madeAs, said } from '../phase.ts';
import { hmacHeader, signedIn } from '../signature.ts';
import { defineSource, type SourceContext } from '../source.ts';

// https://developer.hashicorp.com/hcp/docs/packer/webhooks

/** What is told of a version. The rest is noise: "create", which comes before "complete", and "assign". */
const ACTIONS: ReadonlyMap<string, EventOf<'artifact'>['action']> = new Map([
  ['complete', 'completed'],
  ['restore', 'completed'],
  ['revoke', 'revoked'],
  ['delete', 'deleted'],
]);
const NOISE: ReadonlySet<string> = new Set(['create', 'assign', 'update']);
const NOTICES: ReadonlyMap<string, 'warning' | 'info'> = new Map([
  ['schedule-revocation', 'warning'],
  ['cancel-revocation', 'info'],
]);

// Versions were called iterations, with an `incremental_version` and a bucket's `slug`.
const version = object({
  id: text,
  name: text,
  incremental_version: text,
  fingerprint: text,
  revocation_message: text,
  revocation_author: text,
  revoke_at: date,
});

// Other services of HCP share the envelope. The oldest bodies have its keys in camel case.
const envelope = z.preprocess(
  (body) =>
    isObject(body)
      ? Object.fromEntries(Object.entries(body).map(([key, value]) => [key.replace(/[A-Z]/g, underscored), value]))
      : body,
  z.object({
    event_source: text,
    event_action: required,
    event_id: text,
    event_description: text,
    resource_name: text,
    event_payload: object({
      timestamp: date,
      project_id: text,
      bucket: object({ id: text, name: text, slug: text }),
      version,
      iteration: version,
      builds: list(object({ platform: text })),
    }),
  }),
);
const underscored = (letter: string): string => `_${letter.toLowerCase()}`;

// The header and the digest are not in the documentation; public handlers verify SHA-512, and some SHA-256.
const long = hmacHeader('x-hcp-webhook-signature', 'sha512');
const short = hmacHeader('x-hcp-webhook-signature', 'sha256');
const signature = signedIn(long.header, (signed, secret) => long(signed, secret) || short(signed, secret));

export const hcpPacker = defineSource({
  name: 'hcp-packer',
  detects: (body, headers) =>
    headers.get('x-hcp-webhook-signature') !== null ||
    [body['event_source'], body['eventSource']].some(
      (each) => typeof each === 'string' && each.startsWith('hashicorp.'),
    ),
  payload: envelope,
  keys: ['event_source', 'event_action', 'event_id', 'event_description', 'event_payload', 'event_version'],
  normalize: (body, context) => {
    const { event_source: from = '', event_action: did } = body;
    // Sent when a webhook is enabled, which it can only be when the answer is 2xx.
    if (did === 'test') return { reply: {} };
    if (!/^hashicorp\.packer\.(version|iteration)$/.test(from)) return [];
    if (NOISE.has(did)) return [];
    const severity = NOTICES.get(did);
    return [severity === undefined ? artifactOf(body, ACTIONS.get(did), context) : noticeOf(body, severity, context)];
  },
  signature,
});

type Envelope = z.output<typeof envelope>;

function artifactOf(body: Envelope, action: EventOf<'artifact'>['action'] | undefined, context: SourceContext) {
  const { bucket, of, builds } = partsOf(body);
  const revoked = action === 'revoked';
  const platforms = [...new Set(builds.flatMap((each) => each?.platform ?? []))].slice(0, 10).join(', ');
  return {
    ...commonOf(body, context),
    kind: 'artifact' as const,
    ...madeAs(action, body.event_action),
    name: bucket,
    version: of?.name ?? of?.incremental_version ?? of?.fingerprint,
    // An author may be an e-mail address.
    actor: revoked ? loginOf(of?.revocation_author) : undefined,
    properties: said({ platforms: platforms || undefined, reason: revoked ? of?.revocation_message : undefined }),
  };
}

function noticeOf(body: Envelope, severity: 'warning' | 'info', context: SourceContext) {
  const { bucket, of } = partsOf(body);
  const { name, incremental_version: old, revocation_message: reason, revoke_at } = of ?? {};
  return {
    ...commonOf(body, context),
    kind: 'custom' as const,
    severity,
    title: body.event_description ?? body.event_action,
    properties: said({ bucket, version: name ?? old, reason, revoke_at }),
  };
}

function commonOf(body: Envelope, { receivedAt }: SourceContext) {
  const { event_payload: given, event_id, event_action } = body;
  const { bucket, of } = partsOf(body);
  const version = of?.id ?? of?.fingerprint ?? of?.name ?? of?.incremental_version;
  const key = [given?.project_id, given?.bucket?.id ?? bucket, version].join('/');
  return {
    source: 'hcp-packer',
    id: identity('hcp-packer', event_id ?? `${key} ${given?.timestamp ?? ''}`, event_action),
    story: `hcp-packer:${key}`.toLowerCase(),
    occurredAt: given?.timestamp ?? receivedAt,
    resource: { name: bucket },
    links: [],
  };
}

const partsOf = ({ event_payload: given, resource_name }: Envelope) => ({
  bucket: given?.bucket?.name ?? given?.bucket?.slug ?? resource_name?.split('/').at(-1) ?? 'packer',
  of: given?.version ?? given?.iteration,
  builds: given?.builds ?? [],
});
