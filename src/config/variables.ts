import type { Complaint } from './complaint.ts';

// Schemas pass over it in silence.
const PROTOTYPE = '__proto__';

export type Env = Readonly<Record<string, string | undefined>>;

/**
 * A value with every `${NAME}` in it replaced, and a complaint for each variable that is not set, each alias that stands
 * inside of what it stands for, and each name that no object can have.
 */
export function filled(value: unknown, env: Env): { readonly value: unknown; readonly unset: readonly Complaint[] } {
  const unset: Complaint[] = [];
  const fill = (part: unknown, path: readonly PropertyKey[], around: readonly unknown[] = []): unknown => {
    if (typeof part === 'string') {
      return part.replace(/\$\{(\w+)\}/g, (_, name: string) => {
        const found = env[name];
        if (found !== undefined && found !== '') return found;
        unset.push({ path, message: `the environment variable ${name} is not set` });
        return 'unset';
      });
    }
    if (typeof part !== 'object' || part === null) return part;
    if (around.includes(part)) {
      unset.push({ path, message: 'an alias cannot stand inside of what it stands for' });
      return undefined;
    }
    const within = [...around, part];
    if (Array.isArray(part)) return part.map((each, index) => fill(each, [...path, index], within));
    const entries = Object.entries(part).filter(([key]) => key !== PROTOTYPE);
    if (Object.hasOwn(part, PROTOTYPE)) {
      unset.push({ path: [...path, PROTOTYPE], message: 'this name cannot be used', onKey: true });
    }
    return Object.fromEntries(entries.map(([key, each]) => [key, fill(each, [...path, key], within)]));
  };
  return { value: fill(value, []), unset };
}
