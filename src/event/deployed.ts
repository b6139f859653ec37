import type { EventOf } from './event.ts';

type Deployed = Pick<EventOf<'deployment'>, 'subject' | 'step' | 'project' | 'resource'>;

/**
 * What is deployed, as people find it: "tide-works/ledger · CI / build". Half of all workflows are called CI, so that the
 * repository, project or application stands before a name that does not say it.
 */
export const deployedName = ({ subject, step, project, resource }: Deployed): string =>
  [within(project || resource.name, subject), step].filter(Boolean).join(' / ');

function within(owner: string, subject: string): string {
  const [large, small] = [plain(owner), plain(subject)];
  if (says(subject, owner)) return subject;
  // A job at the end of its own path, a repository after its organization.
  return large.endsWith(`/${small}`) ? owner : `${owner} · ${subject}`;
}

/** Whether a text names something: as whole words, however it is spelt. */
export const says = (text: string, name: string): boolean => plain(text).includes(plain(name));

// A display name has spaces and capitals where the name itself has hyphens. With a space at both ends, no name is found in
// the middle of another.
const plain = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll('/', ' / ')
    .replace(/[^\p{L}\p{N}/]+/gu, ' ')
    .trim()} `;
