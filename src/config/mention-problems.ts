import { guides } from '../destinations/guide.ts';
import type { DestinationName } from '../destinations/registry.ts';
import { asList, asObject } from '../event/json.ts';
import { type Complaint, shown } from '../problems/complaint.ts';
import { didYouMean } from '../problems/spelling.ts';
import { EVERYBODY } from '../routing/owners-written.ts';
import { typeOf } from './receiver-problems.ts';

/** Mentions of receivers that there are not, of a type that calls nobody, or in another chat's form. */
export const mentionProblems = (owners: unknown, receivers: Readonly<Record<string, unknown>>): readonly Complaint[] =>
  asList(owners).flatMap((owner, index) =>
    Object.entries(asObject(asObject(owner)['mention'])).flatMap(([name, mention]): readonly Complaint[] => {
      const path = ['owners', index, 'mention', name];
      if (!Object.hasOwn(receivers, name)) {
        const message = `there is no receiver ${shown(name)}${didYouMean(name, Object.keys(receivers))}`;
        return [{ path, message, onKey: true }];
      }
      const type = typeOf(receivers[name]);
      if (type === undefined) return [];
      return typeof mention === 'string'
        ? everybodyProblems(type, mention, path)
        : idProblems(type, asObject(mention), path);
    }),
  );

const idProblems = (
  type: DestinationName,
  mention: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): readonly Complaint[] =>
  (['user', 'group'] as const).flatMap((key) => {
    const id = mention[key];
    if (typeof id !== 'string') return [];
    const form = guides[type][key];
    if (form === undefined) return [{ path: [...path, key], message: `messages to ${type} can call no ${key}` }];
    return form.fits.test(id) ? [] : [{ path: [...path, key], message: `expected ${form.expected}` }];
  });

function everybodyProblems(type: DestinationName, mention: string, path: readonly PropertyKey[]): readonly Complaint[] {
  const why = guides[type].callsNoChannel;
  return why === undefined || !EVERYBODY.some((each) => each === mention)
    ? []
    : [{ path, message: `there is no ${mention} here: ${why}` }];
}
