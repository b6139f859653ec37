import { loginOf } from '../fields.ts';
import { linksOf } from '../links.ts';
import { SEVERITY, said, standingOf, type Words, words } from '../phase.ts';
import { common, type Meaning, type Message } from './message.ts';

// https://github.com/cdevents/spec/blob/main/continuous-deployment.md
const SERVICES = words({
  deployed: { phase: 'succeeded' },
  upgraded: { phase: 'succeeded' },
  rolledback: { phase: 'succeeded' },
  removed: { phase: 'succeeded' },
  published: { phase: 'succeeded' },
});

const ENVIRONMENTS = words({
  created: { phase: 'succeeded' },
  modified: { phase: 'succeeded' },
  deleted: { phase: 'succeeded' },
});

// Of what is closed, how it ended: https://github.com/cdevents/spec/blob/main/schemas/approvalclosed.json
const APPROVALS = words(
  {
    created: { phase: 'waiting' },
    approved: { phase: 'approved' },
    rejected: { phase: 'rejected' },
    cancelled: { phase: 'cancelled' },
    expired: { phase: 'cancelled' },
  },
  { noise: ['updated'] },
);

/** The deployment of a message whose word is one of the known ones; `facts` are what this subject has of its own. */
const told =
  (known: Words, wordOf: (given: Message) => string, factsOf: (given: Message) => Facts): Meaning =>
  (given, context) => {
    const standing = standingOf(known, wordOf(given), context);
    if (standing === undefined) return 'is no news';
    const { name = given.about, properties, ...facts } = factsOf(given);
    const shared = common(given, context);
    const severity = given.predicate === 'rolledback' ? 'warning' : SEVERITY[standing.phase];
    return [
      {
        ...shared,
        kind: 'deployment',
        ...standing,
        severity,
        resource: { name },
        subject: name,
        properties: said({ ...shared.properties, ...properties }),
        ...facts,
      },
    ];
  };

interface Facts {
  readonly name?: string | undefined;
  readonly step?: string | undefined;
  readonly version?: string | undefined;
  readonly actor?: string | undefined;
  readonly properties?: Readonly<Record<string, string | undefined>>;
  readonly links: ReturnType<typeof linksOf>;
}

const predicateOf = ({ predicate }: Message): string => predicate;

const ARRIVED: readonly string[] = ['deployed', 'upgraded'];

const service = told(SERVICES, predicateOf, ({ predicate, content: { artifactId } }) => ({
  step: SERVICES.known.has(predicate) && !ARRIVED.includes(predicate) ? predicate : undefined,
  version: versionIn(artifactId),
  properties: { artifact: artifactId },
  links: [],
}));

const environment = told(ENVIRONMENTS, predicateOf, ({ predicate, content: { name, uri, url } }) => ({
  name,
  step: ENVIRONMENTS.known.has(predicate) ? predicate : undefined,
  links: linksOf(['resource', uri ?? url]),
}));

const approval = told(
  APPROVALS,
  ({ predicate, content: { status } }) => (predicate === 'closed' ? (status ?? predicate) : predicate),
  ({ content: { requestor, responder, approvalDetailsUrl, resourceTargetUrl } }) => ({
    actor: personIn(responder ?? requestor),
    links: linksOf(['review', approvalDetailsUrl], ['resource', resourceTargetUrl]),
  }),
);

/** Who a URN names: "urn:user:alice". */
const personIn = (urn: string | undefined): string | undefined => loginOf(urn?.replace(/^urn:[^:]*:/i, ''));

const PURL = /^pkg:[^@?#]+(?:@(?<version>[^?#]+))?(?:\?(?:.*&)?tag=(?<tag>[^&#]+))?/;

/**
 * The version of an artifact: of an image the tag, where that is said. What is no package URL is a version itself.
 * https://github.com/package-url/purl-spec
 */
function versionIn(artifactId: string | undefined): string | undefined {
  const { tag, version } = PURL.exec(artifactId ?? '')?.groups ?? {};
  const found = tag ?? version ?? (artifactId?.startsWith('pkg:') ? undefined : artifactId);
  return found === undefined ? undefined : decoded(found);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const deployments: ReadonlyMap<string, Meaning> = new Map([
  ['service', service],
  ['environment', environment],
  ['approval', approval],
]);
