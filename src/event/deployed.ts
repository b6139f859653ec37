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
export const says = (text: string, name: string): boolean => behind(text, name).length > 0;

/** The same, where what follows makes no other name of it: "shop-web-2-cpu" is of shop-web-2 as likely as of shop-web. */
export const saysAlone = (text: string, name: string): boolean =>
  behind(text, name).some((next) => next === undefined || !(next.isJoined ? /^\d/ : /^\d+$/).test(next.word));

/** What follows a name at each place where a text says it; undefined at its end. */
function behind(text: string, name: string): readonly (Word | undefined)[] {
  const [said, wanted] = [wordsOf(text), wordsOf(name)];
  if (wanted.length === 0) return [];
  return said.flatMap(({ isJoined }, start) =>
    !isJoined && wanted.every(({ word }, index) => said[start + index]?.word === word)
      ? [said[start + wanted.length]]
      : [],
  );
}

// A sign between two letters makes one name of what stands at both its sides.
const WORDS = /(?:(?<=[\p{L}\p{N}])[-_.])?(?:[\p{L}\p{N}]+|\/)/gu;
const JOINT = /^[-_.]/;

interface Word {
  readonly word: string;
  readonly isJoined: boolean;
}

const wordsOf = (text: string): readonly Word[] =>
  [...text.toLowerCase().matchAll(WORDS)].map(({ 0: found }) => ({
    word: found.replace(JOINT, ''),
    isJoined: JOINT.test(found),
  }));
