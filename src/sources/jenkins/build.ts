import { identity } from '../../event/identity.ts';

// Both plugins of one Jenkins may tell of one build; the page's path is what they have in common.
const path = (url: string | undefined): string | undefined => {
  const parsed = URL.parse(url ?? '');
  return parsed === null ? undefined : parsed.host + parsed.pathname.replace(/(?<!\/)\/+$/, '');
};

/** What names a build: its page, which also tells apart two servers and jobs of one name in two folders. */
export const buildKey = (url: string | undefined, job: string, number: string | undefined): string =>
  path(url) ?? [job, number ?? ''].join('#');

export const buildId = (key: string, phase: string): string => identity('jenkins', key, phase);

/** A page for people, below the build's: none where the build has no https: page. */
export function pageBelow(url: string | undefined, rest = ''): string | undefined {
  const page = URL.parse(url ?? '');
  if (page === null) return undefined;
  page.username = '';
  page.password = '';
  return rest === '' ? page.href : URL.parse(rest, page.href.endsWith('/') ? page.href : `${page.href}/`)?.href;
}

/**
 * The path of a job in its folders, as people write it: "ledger / main" of "job/ledger/job/main/" and of a build's page. A
 * multibranch pipeline names its jobs after branches, and half of all are called main.
 */
export function jobIn(url: string | undefined): string | undefined {
  const path = URL.parse(url ?? '', 'https://jenkins.invalid/')?.pathname ?? '';
  const names = [...path.matchAll(/\/job\/([^/]+)/g)].map(([, name = '']) => decoded(name));
  return names.filter((name) => name !== '').join(' / ') || undefined;
}

/** Jenkins encodes a branch's slash twice. */
const decoded = (name: string): string => once(once(name));

function once(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
