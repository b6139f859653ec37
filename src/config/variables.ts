import type { Complaint } from '../problems/complaint.ts';

// Schemas pass over it in silence.
const PROTOTYPE = '__proto__';

export type Env = Readonly<Record<string, string | undefined>>;

interface Filled {
  readonly value: unknown;
  readonly unset: readonly Complaint[];
  /** A complaint with what was written in the place of what a variable holds: that may be a secret, also where a name is expected. */
  unfilled(complaint: Complaint): Complaint;
}

/**
 * A value with every `${NAME}` in it replaced, and a complaint for each variable that is not set, each alias that stands
 * inside of what it stands for, and each name that no object can have.
 */
export function filled(value: unknown, env: Env): Filled {
  const unset: Complaint[] = [];
  const texts: { readonly path: readonly PropertyKey[]; readonly written: string; readonly text: string }[] = [];
  const fill = (part: unknown, path: readonly PropertyKey[], around: readonly unknown[] = []): unknown => {
    if (typeof part === 'string') {
      const text = part.replace(/\$\{(\w+)\}/g, (_, name: string) => {
        const found = env[name];
        if (found !== undefined && found !== '') return found;
        unset.push({ path, message: `the environment variable ${name} is not set` });
        return 'unset';
      });
      if (text !== part) texts.push({ path, written: part, text });
      return text;
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
  const unfilled = (complaint: Complaint): Complaint => {
    const within = texts.filter(({ path }) => complaint.path.every((key, at) => path[at] === key));
    const message = within.reduce(
      (said, { written, text }) => said.replace(wholly(text), () => written),
      complaint.message,
    );
    return { ...complaint, message };
  };
  return { value: fill(value, []), unset, unfilled };
}

/** A text where it stands by itself: what a variable holds may be a part of a word of ours. */
const wholly = (text: string): RegExp => new RegExp(`(?<![\\w-])${text.replace(/[^\w\s]/g, '\\$&')}(?![\\w-])`, 'g');
