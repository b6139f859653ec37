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
