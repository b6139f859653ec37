import type { EventOf } from './event.ts';

type Deployed = Pick<EventOf<'deployment'>, 'subject' | 'step' | 'project' | 'resource'>;

/**
 * What is deployed, as people find it: "tide-works/ledger · CI / build". Half of all workflows are called CI, so that the
 * repository, project or application stands before a name that does not say it.
 */
export const deployedName = ({ subject, step, project, resource }: Deployed): string =>
  [within(project || resource.name, subject), step].filter(Boolean).join(' / ');

function within(owner: string, subject: string): string {
  if (says(subject, owner)) return subject;
  // A job at the end of its own path, a repository after its organization.
  return spaced(owner).endsWith(` / ${spaced(subject)}`) ? owner : `${owner} · ${subject}`;
}

const spaced = (text: string): string =>
  wordsOf(text)
    .map(({ word }) => word)
    .join(' ');

/**
 * Whether a text names something: as whole words, however it is spelt, with spaces and capitals where the name itself has
 * hyphens. "shop-web-cpu" names shop-web; it does not name web, which may be another machine.
 */
export function says(text: string, name: string): boolean {
  const [said, wanted] = [wordsOf(text), wordsOf(name)];
  return (
    wanted.length > 0 &&
    said.some(
      ({ isJoined }, start) => !isJoined && wanted.every(({ word }, index) => said[start + index]?.word === word),
    )
  );
}

// A sign between two letters makes one name of what stands at both its sides.
const WORDS = /(?<joint>(?<=[\p{L}\p{N}])[-_.])?(?<word>[\p{L}\p{N}]+|\/)/gu;

const wordsOf = (text: string): readonly { readonly word: string; readonly isJoined: boolean }[] =>
  [...text.toLowerCase().matchAll(WORDS)].map(({ groups }) => ({
    word: groups?.['word'] ?? '',
    isJoined: groups?.['joint'] !== undefined,
  }));
