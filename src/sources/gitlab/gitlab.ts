import * as z from 'zod';
import { isObject } from '../../event/json.ts';
import { eitherSigned, secretHeader, standardWebhooks } from '../signature.ts';
import { defineSource, type Source, type SourceContext } from '../source.ts';
import { deployment } from './deployment.ts';
import { job } from './job.ts';
import { pipeline } from './pipeline.ts';
import { release } from './release.ts';
import { EXTRAS } from './words.ts';

// https://docs.gitlab.com/user/project/integrations/webhook_events/

/** Who reads which `object_kind`; every other body is read and not reported. Jobs are still called builds. */
const readers: ReadonlyMap<string, Source> = new Map([
  ['pipeline', pipeline],
  ['deployment', deployment],
  ['release', release],
  ['build', job],
  ['job', job],
]);

type Body = Readonly<Record<string, unknown>>;

/** The body names its kind; the header, "Pipeline Hook", is for a body that lost it. */
function kindOf({ object_kind: kind }: Body, headers: SourceContext['headers']): string {
  const header = headers.get('x-gitlab-event') ?? '';
  return (typeof kind === 'string' && kind !== '' ? kind : header.replace(/ Hook$/i, '')).trim().toLowerCase();
}

const base = defineSource({
  name: 'gitlab',
  detects: (body, headers) =>
    headers.get('x-gitlab-event') !== null ||
    (typeof body['object_kind'] === 'string' && (isObject(body['project']) || 'project_id' in body)),
  payload: z.looseObject({}),
  keys: ['object_kind', 'object_attributes', 'project', 'user', 'commit', 'builds', 'build_id', 'deployable_id'],
  normalize: () => [],
  // https://docs.gitlab.com/user/project/integrations/webhooks/#signing-tokens
  signature: eitherSigned(standardWebhooks, secretHeader('x-gitlab-token')),
  extras: EXTRAS,
});

export const gitlab: Source = {
  ...base,
  read: (payload, context) =>
    ((isObject(payload) ? readers.get(kindOf(payload, context.headers)) : undefined) ?? base).read(payload, context),
};
