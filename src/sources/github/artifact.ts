import * as z from 'zod';
import { identity } from '../../event/identity.ts';
import { date, object, required, text } from '../fields.ts';
import { linksOf } from '../links.ts';
import { madeAs } from '../phase.ts';
import { nameOf, placeOf, whereOf } from './names.ts';
import { account, envelope, part } from './payload.ts';
import { PACKAGE_ACTIONS, RELEASE_ACTION, RELEASE_NOISE } from './words.ts';

const release = z.object({
  ...envelope,
  release: z.object({
    id: text,
    tag_name: required,
    html_url: text,
    author: account,
    created_at: date,
    published_at: date,
  }),
});

export const published = part(release, (body, { receivedAt }) => {
  const { release: it } = body;
  const { action = '' } = body;
  if (action === '' || RELEASE_NOISE.has(action)) return [];
  const name = placeOf(body);
  return [
    {
      kind: 'artifact' as const,
      source: 'github',
      ...madeAs(action === RELEASE_ACTION ? 'completed' : undefined, action),
      id: identity('github', whereOf(body), 'release', it.id ?? it.tag_name, action),
      story: `github:${whereOf(body)}/releases/${it.tag_name}`.toLowerCase(),
      occurredAt: it.published_at ?? it.created_at ?? receivedAt,
      resource: { name },
      name,
      version: it.tag_name,
      actor: nameOf(it.author) ?? nameOf(body.sender),
      links: linksOf(['resource', it.html_url], ['resource', body.repository?.html_url]),
    },
  ];
});

const version = object({
  id: text,
  version: text,
  html_url: text,
  author: account,
  container_metadata: object({
    tag: object({ name: text, digest: text }),
    manifest: object({ digest: text }),
  }),
});

const packageFields = z.object({
  id: text,
  name: required,
  html_url: text,
  package_type: text,
  ecosystem: text,
  // Those of the version of a container are of the year 1.
  created_at: date,
  updated_at: date,
  package_version: version,
});
type Package = z.output<typeof packageFields>;

const registryPackage = z.object({ ...envelope, registry_package: packageFields });
const plainPackage = z.object({ ...envelope, package: packageFields });

export const pushedToRegistry = part(registryPackage, (body, { receivedAt }) =>
  pushed(body, body.registry_package, receivedAt),
);
export const pushedPackage = part(plainPackage, (body, { receivedAt }) => pushed(body, body.package, receivedAt));

/** A hook for both events gets the same package twice: the id does not name the event. */
function pushed(body: Omit<z.output<typeof plainPackage>, 'package'>, it: Package, receivedAt: string) {
  const { action = '' } = body;
  if (action === '') return [];
  const { package_version: of } = it;
  const metadata = of?.container_metadata;
  const digest = [metadata?.manifest?.digest, metadata?.tag?.digest, of?.version].find((each) => isDigest(each));
  const tag = metadata?.tag?.name ?? (isDigest(of?.version) ? undefined : of?.version);
  const type = it.ecosystem ?? it.package_type;
  return [
    {
      kind: 'artifact' as const,
      source: 'github',
      ...madeAs(PACKAGE_ACTIONS.has(action) ? 'pushed' : undefined, action),
      id: identity(
        'github',
        whereOf(body),
        'package',
        it.id ?? it.name,
        of?.id ?? '',
        action,
        tag ?? '',
        it.updated_at ?? '',
      ),
      story: `github:${whereOf(body)}/packages/${it.id ?? it.name}/${of?.id ?? ''}`.toLowerCase(),
      occurredAt: it.updated_at ?? it.created_at ?? receivedAt,
      resource: { name: placeOf(body) },
      name: it.name,
      version: tag,
      digest,
      actor: nameOf(of?.author) ?? nameOf(body.sender),
      properties: type === undefined ? undefined : { type: type.toLowerCase() },
      links: linksOf(['resource', of?.html_url], ['resource', it.html_url], ['resource', body.repository?.html_url]),
    },
  ];
}

const isDigest = (text: string | undefined): boolean => text?.startsWith('sha256:') ?? false;
