import type { Complaint } from './complaint.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** A value with every `${NAME}` in it replaced, and a complaint for each variable that is not set. */
export function filled(value: unknown, env: Env): { readonly value: unknown; readonly unset: readonly Complaint[] } {
  const unset: Complaint[] = [];
  const fill = (part: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof part === 'string') {
      return part.replace(/\$\{(\w+)\}/g, (_, name: string) => {
        const found = env[name];
        if (found !== undefined && found !== '') return found;
        unset.push({ path, message: `the environment variable ${name} is not set` });
        return 'unset';
      });
    }
    if (Array.isArray(part)) return part.map((each, index) => fill(each, [...path, index]));
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, fill(each, [...path, key])]));
  };
  return { value: fill(value, []), unset };
}
