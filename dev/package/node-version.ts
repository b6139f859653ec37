/** What package.json says under `engines`. */
const LEAST = [22, 18] as const;

/** What to do where this Node is older than the relay can run on; undefined where it is not. `version`: "22.18.0". */
export function tooOld(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return undefined;
  return `This is Node.js ${version}, and autoscale-relay needs ${LEAST.join('.')} or newer: install one from https://nodejs.org, then run it again.`;
}
